"""Managed objects: kept row by row, given to sites as what has changed since they asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dispatch.hub.places import Office, Site
from dispatch.hub.reference import Reference
from dispatch.hub.schema import OBJECT
from dispatch.wire.objects import (
    NAME,
    Delta,
    ManagedObject,
    parse_row,
    write_delta,
    write_row,
)
from dispatch.wire.protocol import Table, table_digest

PAGE: Final = 1_000
"""Rows of one delta: some 200 KB."""
_LAST: Final = select(func.max(OBJECT.c.rev)).where(OBJECT.c.town == bindparam("name"))


class Objects:
    """The objects of all towns."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference

    def put(self, connection: Connection, town: str, objects: Iterable[ManagedObject]) -> int:
        """Keep objects of a town; return how many were new or other than before."""
        there = iter(objects)
        rev = self._last(connection, town)
        before = rev
        while some := {each.code: each for each in islice(there, PAGE)}:
            rev = self._put(connection, town, some, rev)
        return rev - before

    def _put(
        self, connection: Connection, town: str, some: dict[str, ManagedObject], rev: int
    ) -> int:
        here = OBJECT.c.town == town
        query = select(OBJECT.c.code, OBJECT.c.row).where(here, OBJECT.c.code.in_(list(some)))
        known = {row.code: row.row for row in connection.execute(query)}
        fresh: list[dict[str, object]] = []
        for code, each in some.items():
            text = write_row(each)
            if known.get(code) == text:
                continue
            rev += 1
            fresh.append(
                {"town": town, "code": code, "rev": rev, "grid": each.grid, "row": text}
                | {"gone": False}
            )
        if fresh:
            codes = [str(each["code"]) for each in fresh]
            connection.execute(delete(OBJECT).where(here, OBJECT.c.code.in_(codes)))
            connection.execute(insert(OBJECT), fresh)
        return rev

    def keep_only(self, connection: Connection, town: str, codes: set[str]) -> int:
        """Mark as gone what is not among the codes; return how many."""
        query = select(OBJECT.c.code).where(OBJECT.c.town == town, OBJECT.c.gone.is_(False))
        left = sorted(code for code in connection.execute(query).scalars() if code not in codes)
        rev = self._last(connection, town)
        for code in left:
            rev += 1
            place = (OBJECT.c.town == town) & (OBJECT.c.code == code)
            # The row's text goes: who no longer is looked after is no longer named.
            changed = {"gone": True, "rev": rev, "row": ""}
            connection.execute(update(OBJECT).where(place).values(**changed))
        return len(left)

    def grid_of(self, connection: Connection, town: str, code: str) -> str | None:
        """Return the grid of an object that is looked after; None where there is none such."""
        query = select(OBJECT.c.grid).where(
            OBJECT.c.town == town, OBJECT.c.code == code, OBJECT.c.gone.is_(False)
        )
        return connection.execute(query).scalar()

    def mark(self, connection: Connection, town: str) -> str | None:
        """Return the name of the objects as they stand; None when there never were any."""
        last = self._last(connection, town)
        return str(last) if last else None

    def delta(self, connection: Connection, site: Site, since: int) -> Table:
        """Return the next page of what has changed for a site after a revision, signed.

        A site whose revision lies ahead (the hub was put back) begins anew.
        """
        anew = since > self._last(connection, site.town)
        begin = 0 if anew else since
        query = (
            select(OBJECT.c.code, OBJECT.c.rev, OBJECT.c.grid, OBJECT.c.row, OBJECT.c.gone)
            .where(OBJECT.c.town == site.town, OBJECT.c.rev > begin)
            .order_by(OBJECT.c.rev)
            .limit(PAGE + 1)
        )
        found = connection.execute(query).all()
        page, more = found[:PAGE], len(found) > PAGE
        tree = self._reference.rules(connection).organisation
        mine = [
            each
            for each in page
            if not each.gone and each.grid in tree and tree.within(each.grid, site.scope)
        ]
        codes = {each.code for each in mine}
        # Who has nothing yet need not be told what is not for them.
        gone = tuple(each.code for each in page if begin and each.code not in codes)
        last = page[-1].rev if page else begin
        body = write_delta(
            Delta(
                version=str(last),
                town=site.town,
                since=since,
                next=last,
                more=more,
                anew=anew,
                rows=tuple(parse_row(each.row) for each in mine),
                gone=gone,
            )
        )
        sig = self._office.keys.signer.sign(table_digest(NAME, body))
        return Table(NAME, str(last), body, sig)

    def _last(self, connection: Connection, town: str) -> int:
        return connection.execute(_LAST, {"name": town}).scalar() or 0
