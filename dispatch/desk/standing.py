"""How things stand: the top strip and the exceptions tray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dispatch.desk.claims import Held
from dispatch.desk.keeping import Kept
from dispatch.desk.modes import moment
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.seat import last_contact
from dispatch.desk.views import Strip, WorkerRow, WorkerStatus
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Role
from dispatch.store.identity import SiteIdentity
from dispatch.store.reader import Reader
from dispatch.store.reissue import COPIED_MARK

UNSENT_LONG_MS = 5 * MINUTE
CUT_MS = 2 * MINUTE
"""Without an answer from the hub for so long, the line counts as cut."""


@dataclass(frozen=True, slots=True)
class Here:
    """Whose strip it is: the site, the person at the desk, the shift's id, now, the store."""

    identity: SiteIdentity
    person: Person | None
    shift: str
    now: int
    kept: Kept


def strip(reader: Reader, tables: Reference, here: Here) -> Strip:
    """Return what the top strip says."""
    identity, person, shift = here.identity, here.person, here.shift
    unsent, contact = reader.unsent(), last_contact(reader)
    node = tables.rules.organisation.get(identity.scope)
    return Strip(
        town=identity.town,
        town_name=tables.names.node(identity.scope),
        level=node.level.value if node else "",
        shift=shift,
        chief=chief_on(reader, tables, shift),
        account=person.account if person else "",
        person=tables.person(person.account) if person else "",
        role=person.roles[0].value if person else "",
        synthetic=tables.geometry.synthetic,
        unsent=unsent.count,
        oldest_unsent_at=unsent.oldest_at,
        last_contact_at=contact,
        hub_word=_line(contact, here.now),
        disk=here.kept.room,
        backup_at=here.kept.backup_at,
        **_modes(reader, tables),
    )


def _modes(reader: Reader, tables: Reference) -> dict[str, Any]:  # Any: fields of a strip
    modes = moment(reader, tables, 0).modes
    signals = [each.fact.body for each in modes.signals]
    responses = [each.fact.body for each in modes.responses]
    return {
        "signals": tuple(
            (each.kind, each.colour.value)
            for each in signals
            if isinstance(each, SignalSet) and each.colour is not None
        ),
        "responses": tuple(
            (each.kind, each.level.value)
            for each in responses
            if isinstance(each, ResponseSet) and each.level is not None
        ),
        "modes_contested": modes.contested,
    }


def _line(contact: int | None, now: int) -> str:
    """How the line to the hub stands: none yet, cut since a while, or ok."""
    if contact is None:
        return "none"
    return "cut" if now - contact > CUT_MS else "ok"


def chief_on(reader: Reader, tables: Reference, shift: str) -> str:
    """Return the name of the chief who is on the shift, empty when none is."""
    for account in reader.shift(shift).present:
        known = tables.accounts.get(account)
        if known is not None and Role.CHIEF in known.roles:
            return tables.person(account)
    return ""


def exceptions(reader: Reader, now: int) -> tuple[Exceptional, ...]:
    """Return what needs a person's eye, apart from silent workers and what is due; oldest first."""
    found = [
        Exceptional("contested", row.number or row.temp, row.entered_at, "chief", row.id)
        for row in reader.open_rows()
        if row.contested
    ]
    held_back = reader.quarantine()
    found += [
        Exceptional("quarantined", held.type, held.received_at or now, "admin", held.subject)
        for held in held_back
        if not held.why.endswith(COPIED_MARK)
    ]
    copies = sum(held.why.endswith(COPIED_MARK) for held in held_back)
    if copies:
        found.append(Exceptional("copied", str(copies), now, "admin", ""))
    unsent = reader.unsent()
    if unsent.oldest_at is not None and now - unsent.oldest_at > UNSENT_LONG_MS:
        found.append(Exceptional("unsent", str(unsent.count), unsent.oldest_at, "", ""))
    contact = last_contact(reader)
    if contact is not None and now - contact > CUT_MS:
        found.append(Exceptional("cut", "", contact, "", ""))
    return tuple(sorted(found, key=lambda each: each.since))


def dead_seats(
    reader: Reader, tables: Reference, gone: tuple[Held, ...]
) -> tuple[Exceptional, ...]:
    """Return what dead seats had open: it waits to be taken over."""
    rows = {row.id: row for row in reader.rows({each.incident for each in gone})}
    return tuple(
        Exceptional(
            "seat_gone",
            f"{row.number or row.temp} {tables.person(each.account)}",
            each.heard_at,
            "",
            each.incident,
        )
        for each in gone
        if (row := rows.get(each.incident)) is not None
    )


def with_silent(
    found: tuple[Exceptional, ...], board: tuple[WorkerRow, ...]
) -> tuple[Exceptional, ...]:
    """Return the tray with the silent workers added."""
    silent = [
        Exceptional("silent", row.name, row.since or 0, "dispatcher", "")
        for row in board
        if row.status is WorkerStatus.SILENT
    ]
    return tuple(sorted((*found, *silent), key=lambda each: each.since))
