"""Who sits at the desk and what is recorded of it: sessions, shift, what was revealed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from dispatch.acts.perform import Author, new_id, record_one
from dispatch.desk.chaining import failed, then
from dispatch.desk.masks import masked
from dispatch.desk.people import Person, Sessions, check, expires, limited
from dispatch.domain.bodies import Audited
from dispatch.domain.bodies_shift import LoggedIn, LoggedOut, ShiftOff, ShiftOn
from dispatch.domain.codes import Kind
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused, ZhiwangError
from dispatch.domain.rules import Account
from dispatch.domain.shift import shift_of
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire.tables import parse_accounts

LAST_CONTACT = "last_contact"
"""Fact of the store: when the hub last answered, UTC milliseconds."""

LONGEST_SEAT = 64
_WHEN_LIMITED = frozenset({Verb.REPORT, Verb.NOTE})
REVEALABLE = frozenset({"phone", "reporter", "person"})


def last_contact(reader: Reader) -> int | None:
    """Return when the hub last answered, None when it never did."""
    text = reader.fact(LAST_CONTACT)
    return int(text) if text else None


class Seat:
    """The person at a desk. Safe from any thread."""

    def __init__(self, site: SiteStore, now: Callable[[], int], sessions: Sessions) -> None:
        self._site = site
        self._now = now
        self.sessions = sessions
        self.person: Person | None = None

    def known(self) -> Person:
        """Return the person, or refuse when nobody is logged in or the session is over."""
        if self.person is None:
            raise Refused("not_logged_in", name="")
        if self.person.expires_at <= self._now():
            raise Refused("session_over", name=self.person.account)
        return self.person

    def acting(self, verb: Verb) -> Person:
        """Return the person for an act; long away from the hub only few acts are allowed."""
        person = self.known()
        if person.limited and verb not in _WHEN_LIMITED:
            raise Refused("offline_too_long", verb=verb)
        return person

    def login(self, name: str, password: str) -> Future[Person]:
        """Check the password against the hub's table as it is kept here; record the log-in."""
        now = self._now()
        try:
            self.sessions.check_not_locked(name, now)
        except ZhiwangError as error:
            return failed(error)

        def verified(reader: Reader) -> tuple[Account, str, int | None]:
            table = reader.table("accounts")
            if table is None:
                raise BadInput("账号表", "尚未取得，先与市平台同步一次")
            accounts = {each.name: each for each in parse_accounts(table.body)}
            try:
                account = check(accounts.get(name), name, password)
            except Refused:
                if self.sessions.failed(name, now):
                    self._note_locked(name, now)
                raise
            return account, table.version, last_contact(reader)

        def recorded(found: tuple[Account, str, int | None]) -> Person:
            account, version, contact = found
            self.sessions.succeeded(name)
            return self._open(account, version, contact, now)

        return then(self._site.read(verified), recorded)

    def _note_locked(self, name: str, now: int) -> None:
        """Leave a trace of who is locked out from here on; nobody waits for it."""
        body = Audited(what="locked_out", about=name)

        def job(log: SiteLog) -> None:
            record_one(log, (Kind.AUDIT, new_id()), "audited", body, Author("", "", ""), now)

        self._site.write(job)

    def _open(self, account: Account, version: str, contact: int | None, now: int) -> Person:
        session = new_id()
        body = LoggedIn(
            node=account.node,
            roles=tuple(role.value for role in account.roles),
            offline=contact is None or now - contact > 60_000,
            accounts=version,
        )
        author = Author(account.name, account.roles[0].value, "")

        def job(log: SiteLog) -> str:
            return record_one(log, (Kind.SESSION, session), "logged_in", body, author, now).hash

        person = Person(
            account=account.name,
            roles=account.roles,
            node=account.node,
            session=self._site.write(job).result(),
            expires_at=expires(now),
            limited=limited(contact, now),
            subject=session,
        )
        self.sessions.save(person)
        self.person = person
        return person

    def resume(self, name: str) -> Person:
        """Go on in a session of this site's sessions folder.

        One whose log-in is lost with a damaged disk is over: no act may name what nobody has.
        """
        person = self.sessions.load(name, self._now())
        if not self._site.read(lambda reader: reader.has(person.session)).result():
            self.sessions.close(name)
            raise Refused("session_over", name=name)
        self.person = person
        return person

    def prolong(self) -> None:
        """Begin the 30 minutes anew: the person is still at the window."""
        if self.person is not None:
            now = self._now()
            if self.person.expires_at > now:
                self.person = self.person.until(expires(now))

    def logout(self) -> Future[None]:
        """End the session; its last event says so."""
        person = self.known()
        self.sessions.close(person.account)
        self.person = None

        def job(log: SiteLog) -> None:
            subject = (Kind.SESSION, person.subject)
            record_one(log, subject, "logged_out", LoggedOut(), author_of(person), self._now())

        return self._site.write(job)

    def shift_on(self, seat: str) -> Future[None]:
        """Record that the person takes a seat in the shift of this half day."""
        if len(seat) > LONGEST_SEAT or not seat.isprintable():
            raise BadInput("seat", f"席位名须在 {LONGEST_SEAT} 字以内，不含控制字符")
        return self._shift("shift_on", ShiftOn(seat=seat))

    def shift_off(self) -> Future[None]:
        """Record that the person leaves the shift."""
        return self._shift("shift_off", ShiftOff())

    def _shift(self, type_: str, body: ShiftOn | ShiftOff) -> Future[None]:
        person, now = self.known(), self._now()

        def job(log: SiteLog) -> None:
            subject = (Kind.SHIFT, shift_of(self._site.identity.scope, now))
            record_one(log, subject, type_, body, author_of(person), now)

        return self._site.write(job)

    def reveal(self, incident: str, field: str, reason: str) -> Future[str]:
        """Record who looked at what and why, then give the plaintext."""
        person, now = self.known(), self._now()
        if field not in REVEALABLE:
            raise BadInput("field", f"{field} 不能查看")

        def job(log: SiteLog) -> str:
            found = log.incident(incident)
            hash_ = dict(found.sealed).get(field) if found else None
            if hash_ is None:
                raise Refused("nothing_to_reveal", field=field)
            body = Audited(what="revealed", about=f"{incident}:{field}", reason=reason[:200])
            subject = (Kind.AUDIT, person.subject)
            record_one(log, subject, "audited", body, author_of(person), now)
            return hash_

        def clear(hash_: str) -> str:
            reading = self._site.read(lambda reader: reader.plain((hash_,)))
            return reading.result().get(hash_, {}).get(field, masked(""))

        return then(self._site.write(job), clear)

    def reveal_phone(self, whose: str, phone: Future[str], reason: str) -> Future[str]:
        """Record who looked at a phone of the tables and why, then give it."""
        person, now = self.known(), self._now()

        def job(log: SiteLog) -> None:
            body = Audited(what="revealed", about=f"{whose}:phone", reason=reason[:200])
            subject = (Kind.AUDIT, person.subject)
            record_one(log, subject, "audited", body, author_of(person), now)

        def recorded(clear: str) -> str:
            self._site.write(job).result()
            return clear

        return then(phone, recorded)


def author_of(person: Person) -> Author:
    """Return the person as the author of events outside incidents."""
    return Author(person.account, person.roles[0].value, person.session)
