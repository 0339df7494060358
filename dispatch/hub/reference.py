"""Reference tables: kept in every version, signed for each reader, the hub's own rules."""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select

from dispatch.domain.codes import Level, Role
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.domain.rules import Account, Rules
from dispatch.domain.shift import scope_of
from dispatch.hub.places import Office, Site
from dispatch.hub.schema import ACCOUNT, TABLE_VERSION
from dispatch.hub.writers import writers_table
from dispatch.wire import tables, writers
from dispatch.wire.protocol import Table, table_digest

_BY_SCOPE: Final = frozenset({"accounts", "duty", "geometry", "roster"})
"""Tables of which a site gets its own part."""
_LATEST: Final = select(TABLE_VERSION.c.name, func.max(TABLE_VERSION.c.rev)).group_by(
    TABLE_VERSION.c.name
)


class Reference:
    """The hub's tables. What was parsed or signed once is kept by its revision."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._rules: tuple[tuple[int, ...], Rules] | None = None
        self._signed: dict[tuple[str, int, str], tuple[Table, str]] = {}

    def publish(self, connection: Connection, name: str, body: str) -> bool:
        """Keep a new version of a table; False when it says what the last one said.

        A body that a site could not read is a BadInput.
        """
        tables.check(name, body)
        last = self._latest(connection).get(name, 0)
        if last and self._body(connection, name, last) == body:
            return False
        version = msgspec.json.decode(body)["version"]
        values = {
            "name": name,
            "rev": last + 1,
            "version": version,
            "body": body,
            "at": self._office.clock(),
        }
        connection.execute(insert(TABLE_VERSION).values(**values))
        return True

    def publish_missing(self, connection: Connection, name: str, body: str) -> bool:
        """Keep a table that the hub has no version of; False when it has one, whatever it says."""
        return name not in self._latest(connection) and self.publish(connection, name, body)

    def publish_accounts(self, connection: Connection) -> None:
        """Make a new version of the accounts' table from the accounts."""
        last = self._latest(connection).get("accounts", 0)
        people = accounts(connection)
        if last:
            before = tables.parse_accounts(self._body(connection, "accounts", last))
            if before == people:
                return
        self.publish(connection, "accounts", tables.write_accounts(people, str(last + 1)))

    def rules(self, connection: Connection) -> Rules:
        """Return the rules in force."""
        latest = self._latest(connection)
        revisions = tuple(latest.get(name, 0) for name in tables.DECIDED_BY)
        if self._rules is None or self._rules[0] != revisions:
            bodies = {
                name: self._body(connection, name, rev)
                for name, rev in zip(tables.DECIDED_BY, revisions, strict=True)
                if rev
            }
            self._rules = (revisions, tables.rules(bodies))
        return self._rules[1]

    def table(self, connection: Connection, name: str, site: Site) -> Table:
        """Return a table as this site gets it; an unknown or empty one is a BadInput."""
        if name == writers.NAME:
            return writers_table(self._office, connection, site.town)
        rev = self._latest(connection).get(name, 0)
        if not rev:
            raise BadInput(f"表 {name}", "没有这样的参考表")
        return self._for(connection, (name, rev), site)[0]

    def etags(self, connection: Connection, site: Site) -> dict[str, str]:
        """Return the ETags of all tables as this site gets them."""
        return {
            name: self._for(connection, (name, rev), site)[1]
            for name, rev in sorted(self._latest(connection).items())
        }

    def _for(self, connection: Connection, at: tuple[str, int], site: Site) -> tuple[Table, str]:
        """Return a table as a site gets it, and its ETag."""
        name, rev = at
        # Outlines are a town's; the large table must not be held once for each station.
        part = site.town if name == "geometry" else site.scope
        place = (name, rev, part if name in _BY_SCOPE else "")
        found = self._signed.get(place)
        if found is None:
            for old in [each for each in list(self._signed) if each[0] == name and each[1] < rev]:
                self._signed.pop(old, None)
            body = self._body(connection, name, rev)
            if name in _BY_SCOPE:
                body = self._part(connection, name, body, site)
            sig = self._office.keys.signer.sign(table_digest(name, body))
            version = msgspec.json.decode(body)["version"]
            table = Table(name, version, body, sig)
            found = (table, etag(table))
            self._signed[place] = found
        return found

    def _part(self, connection: Connection, name: str, body: str, site: Site) -> str:
        """Return the part of a table that lies in a site's scope."""
        organisation = self.rules(connection).organisation
        version = msgspec.json.decode(body)["version"]
        if name == "accounts":
            people = [
                each
                for each in tables.parse_accounts(body)
                if organisation.within(each.node, site.scope)
                # The city's people act on a town's incidents at its centre's seats (T18, T19).
                or (site.level is Level.TOWN and _at_city(organisation, each.node))
            ]
            return tables.write_accounts(people, version)
        if name == "duty":
            planned = [
                each
                for each in tables.parse_duty(body)
                if organisation.within(scope_of(each.shift), site.scope)
            ]
            return tables.write_duty(planned, version)
        if name == "roster":
            workers = [
                each
                for each in tables.parse_roster(body)
                if organisation.within(each.grid, site.scope) or site.level is Level.TOWN
            ]
            return tables.write_roster(workers, version)
        features = [
            each
            for each in tables.parse_geometry(body).features
            if each.level in {Level.CITY, Level.TOWN} or each.code.startswith(site.town)
        ]
        return tables.write_geometry(features, version)

    def _latest(self, connection: Connection) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(_LATEST)}

    def _body(self, connection: Connection, name: str, rev: int) -> str:
        query = select(TABLE_VERSION.c.body).where(
            TABLE_VERSION.c.name == name, TABLE_VERSION.c.rev == rev
        )
        body: str = connection.execute(query).scalar_one()
        return body


def _at_city(organisation: Organisation, node: str) -> bool:
    known = organisation.get(node)
    return known is not None and known.level is Level.CITY


def etag(table: Table) -> str:
    """Return the name of exactly this content of a table."""
    return table_digest(table.name, table.body).hex()


def accounts(connection: Connection) -> tuple[Account, ...]:
    """Return all people in order of name."""
    query = select(ACCOUNT).order_by(ACCOUNT.c.name)
    return tuple(
        Account(
            row.name,
            tuple(Role(role) for role in row.roles.split()),
            row.node,
            row.verifier,
            row.disabled,
            row.person,
        )
        for row in connection.execute(query)
    )
