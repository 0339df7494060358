"""Sites: one-time codes, certificates, incarnations, what the hub knows of each."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.citywide import Citywide, towns_of
from dispatch.hub.folding import head_of
from dispatch.hub.hub_log import LETTER, make_writer
from dispatch.hub.life import agrees, last_common, notice, timeline
from dispatch.hub.numbering import lock_head
from dispatch.hub.places import Office, Site
from dispatch.hub.reference import Reference
from dispatch.hub.schema import ENROL_CODE, SITE, TOKEN, WRITER
from dispatch.wire.protocol import (
    MOST,
    PROTOCOL,
    PUSH_BYTES,
    PUSH_EVENTS,
    Certificate,
    Enrol,
    Enrolled,
    SessionAnswer,
    SessionAsk,
    WriterMark,
    certificate_digest,
)

CODE_DAYS: Final = 7
SITE_DAYS: Final = 730
LEAST_VERSION: Final = "0.1"
_LEVELS: Final = frozenset({Level.TOWN, Level.VILLAGE, Level.DEPARTMENT, Level.SQUAD})
_CITY_LETTERS: Final = "XX"
"""Begins a city site's letters: its temporary numbers stand beside those of every town's sites."""
_LETTERS: Final = [chr(code) for code in range(ord("A"), ord("Z") + 1) if chr(code) != LETTER]
_KEY_BYTES: Final = 32
_LONGEST_NAME: Final = 60
_LONGEST_INC: Final = 36
_WRITER: Final = select(WRITER.c.site, WRITER.c.pubkey, WRITER.c.town).where(
    WRITER.c.inc == bindparam("name")
)
MOST_MARKS: Final = 100
"""How many places of a chain are compared at once."""
_OF_TOKEN: Final = (
    select(SITE)
    .join(TOKEN, TOKEN.c.site == SITE.c.id)
    .where(TOKEN.c.hash == bindparam("token"), TOKEN.c.revoked.is_(False))
    .where(TOKEN.c.expires_at > bindparam("now"), SITE.c.revoked.is_(False))
)


def token_hash(token: str) -> str:
    """Return the name under which a token or code is kept; its text is nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


class Sites:
    """Enrolment and acquaintance."""

    def __init__(self, office: Office, reference: Reference, citywide: Citywide) -> None:
        self._office = office
        self._reference = reference
        self._citywide = citywide

    def code(self, scope: str, name: str) -> str:
        """Return a new one-time code for a site at this node."""
        if len(name) > _LONGEST_NAME:
            raise BadInput("--name", f"名称最多 {_LONGEST_NAME} 个字")
        code = "-".join(secrets.token_hex(2).upper() for _ in range(4))
        expires = self._office.clock() + CODE_DAYS * DAY

        def job(connection: Connection) -> str:
            self._town(connection, scope)
            row = {"hash": token_hash(code), "scope": scope, "name": name, "expires_at": expires}
            connection.execute(insert(ENROL_CODE).values(**row))
            return code

        return self._office.database.write(job)

    def _town(self, connection: Connection, scope: str) -> tuple[str, Level]:
        organisation = self._reference.rules(connection).organisation
        node = organisation.get(scope)
        if node is None:
            raise BadInput("--scope", f"组织表中没有 {scope}")
        if node.level is Level.CITY:
            return scope, node.level
        town = organisation.ancestor(scope, Level.TOWN)
        if town is None or node.level not in _LEVELS:
            raise BadInput("--scope", f"{scope} 不是市、镇街、村（社区）、部门或队伍")
        return town, node.level

    def enrol(self, ask: Enrol) -> Enrolled:
        """Bind a new site to its node; a code that is unknown, used or over is refused."""
        if len(ask.pubkey) != _KEY_BYTES or len(ask.inc_pubkey) != _KEY_BYTES:
            raise BadInput("pubkey", "公钥不是 32 字节")
        if not 0 < len(ask.inc) <= _LONGEST_INC:
            raise BadInput("inc", f"化身名应为 1 至 {_LONGEST_INC} 个字符")
        return self._office.database.write(lambda connection: self._enrol(connection, ask))

    def _enrol(self, connection: Connection, ask: Enrol) -> Enrolled:
        here = ENROL_CODE.c.hash == token_hash(ask.code.strip().upper())
        query = self._office.database.dialect.locked(select(ENROL_CODE).where(here))
        row = connection.execute(query).first()
        now = self._office.clock()
        if row is None or row.used_by is not None or row.expires_at < now:
            raise Refused("bad_code")
        town, level = self._town(connection, row.scope)
        # Two sites that enrol at once must not get the same letter.
        lock_head(self._office.database, connection, town)
        make_writer(self._office, connection, town)
        certificate = Certificate(
            site=new_id(),
            scope=row.scope,
            level=level,
            letter=(_CITY_LETTERS if level is Level.CITY else "") + self._letter(connection, town),
            town=town,
            pubkey=ask.pubkey,
            expires_at=now + SITE_DAYS * DAY,
        )
        values = msgspec.structs.asdict(certificate)
        values["id"] = values.pop("site")
        name = (ask.name or row.name)[:_LONGEST_NAME]
        connection.execute(insert(SITE).values(**values, name=name, revoked=False))
        site = Site(certificate.site, town, row.scope, level, certificate.letter)
        self._register(connection, site, (ask.inc, ask.inc_pubkey))
        connection.execute(update(ENROL_CODE).where(here).values(used_by=site.id))
        token = f"zs_{secrets.token_urlsafe(32)}"
        bearer = {"hash": token_hash(token), "id": new_id(), "site": site.id, "scope": site.scope}
        expires = certificate.expires_at
        connection.execute(insert(TOKEN).values(**bearer, expires_at=expires, revoked=False))
        text = msgspec.json.encode(certificate).decode()
        signer = self._office.keys.signer
        return Enrolled(
            text, signer.sign(certificate_digest(text)), signer.public, token, timeline(connection)
        )

    def _letter(self, connection: Connection, town: str) -> str:
        """Return the next site letter of the town: A to Z without the hub's, then AA and on."""
        query = select(func.count()).select_from(SITE).where(SITE.c.town == town)
        count = connection.execute(query).scalar_one()
        more, place = divmod(count, len(_LETTERS))
        return (_LETTERS[more - 1] if more else "") + _LETTERS[place]

    def _register(
        self, connection: Connection, site: Site, mark: tuple[str, bytes], town: str = ""
    ) -> None:
        """Let an incarnation of the site write; the name of another's is refused.

        `town`: which one's log it writes, of a city site's; nothing: the site's own.
        """
        inc, pubkey = mark
        row = connection.execute(_WRITER, {"name": inc}).first()
        if row is None:
            values = {"town": town or site.town, "inc": inc, "site": site.id, "pubkey": pubkey}
            place = {"state": "active", "last_sseq": 0, "last_hash": "", "temps": 0}
            # The same request may be registering it at another process just now.
            self._office.database.insert_missing(connection, WRITER, [{**values, **place}])
            row = connection.execute(_WRITER, {"name": inc}).one()
        if (row.site, row.pubkey, row.town) != (site.id, pubkey, town or site.town):
            raise Refused("writer", inc=inc)

    def session(self, site: Site, ask: SessionAsk) -> SessionAnswer:
        """Get acquainted: register new incarnations, say what is known, compare the chains."""
        if ask.protocol != PROTOCOL:
            raise Refused("protocol", hub=PROTOCOL, site=ask.protocol)
        for mark in ask.writers:
            if len(mark.pubkey) != _KEY_BYTES or not 0 < len(mark.inc) <= _LONGEST_INC:
                raise BadInput("writers", "化身名或公钥的长度不对")
        if any(not 0 <= at.seq < MOST for at in ask.cursors.values()):
            raise BadInput("cursors", "应为 0 以上的整数")
        for marks in ask.marks.values():
            if len(marks) > MOST_MARKS or any(not 0 <= at.seq < MOST for at in marks):
                raise BadInput("marks", f"应为 0 以上的整数，最多 {MOST_MARKS} 个")
        return self._office.database.write(lambda connection: self._session(connection, site, ask))

    def _session(self, connection: Connection, site: Site, ask: SessionAsk) -> SessionAnswer:
        towns = towns_of(self._reference.rules(connection).organisation, site)
        for mark in ask.writers:
            self._register(connection, site, (mark.inc, mark.pubkey), mark.town)
        notice(self._office, connection, site, ask)
        return SessionAnswer(
            timeline=timeline(connection),
            known=_known(connection, ask.writers),
            cursors={
                town: "ok" if agrees(connection, town, at) else "differs"
                for town, at in ask.cursors.items()
                if town in towns
            },
            server_time=self._office.clock(),
            push_events=PUSH_EVENTS,
            push_bytes=PUSH_BYTES,
            least_version=LEAST_VERSION,
            site=site.id,
            letter=site.letter,
            scope=site.scope,
            hub_key=self._office.keys.signer.public,
            rewind={
                town: last_common(connection, town, marks)
                for town, marks in ask.marks.items()
                if town in towns
            },
            heads={town: head_of(connection, town) for town in sorted(towns)},
            floors=self._citywide.floors(connection, towns) if site.level is Level.CITY else {},
        )

    def of_token(self, token: str) -> Site | None:
        """Return the site whose token this is; None when it is unknown, over or revoked."""
        return self._office.database.read(lambda connection: self.bearer(connection, token))

    def shut_out(self, token: str) -> Refused | None:
        """Return why a site that was enrolled once is let in no more; None: nobody knows it."""
        found = (
            select(SITE.c.revoked, SITE.c.expires_at, TOKEN.c.revoked.label("taken"))
            .join(TOKEN, TOKEN.c.site == SITE.c.id)
            .where(TOKEN.c.hash == token_hash(token))
        )
        row = self._office.database.read(lambda connection: connection.execute(found).first())
        if row is None:
            return None
        if row.revoked or row.taken:
            return Refused("site_revoked")
        return Refused("certificate_expired", at=row.expires_at)

    def revoke(self, id_: str) -> None:
        """Shut a site out: its token opens nothing, its writers' events are refused."""

        def job(connection: Connection) -> None:
            here = update(SITE).where(SITE.c.id == id_).values(revoked=True)
            if not connection.execute(here).rowcount:
                raise BadInput("--site", f"没有站点 {id_[:36]}")
            connection.execute(update(TOKEN).where(TOKEN.c.site == id_).values(revoked=True))

        self._office.database.write(job)

    def bearer(self, connection: Connection, token: str) -> Site | None:
        """Return what `of_token` does, within a transaction."""
        given = {"token": token_hash(token), "now": self._office.clock()}
        row = connection.execute(_OF_TOKEN, given).first()
        return Site(row.id, row.town, row.scope, Level(row.level), row.letter) if row else None


def _known(connection: Connection, marks: tuple[WriterMark, ...]) -> dict[str, int]:
    query = select(WRITER.c.inc, WRITER.c.last_sseq).where(
        WRITER.c.inc.in_([mark.inc for mark in marks])
    )
    return {row.inc: row.last_sseq for row in connection.execute(query)}
