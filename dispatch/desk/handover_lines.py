"""The lines of a hand-over list in words: what the report's list, the rows and the ticks say."""

from __future__ import annotations

from dataclasses import replace

from dispatch.desk.masks import masked
from dispatch.desk.ownership import owner_shift
from dispatch.desk.reference import Reference
from dispatch.desk.views_shift import DutyLine, ListLine, Signed
from dispatch.domain.codes import Light, SignPart
from dispatch.domain.shift import Line, Shift
from dispatch.reports.handover import Entry
from dispatch.store.reader import Reader


def lines_of(reader: Reader, tables: Reference, made: tuple[Entry, ...]) -> list[ListLine]:
    """Return the lines of incidents with names and places."""
    rows = {row.id: row for row in reader.rows({each.incident for each in made})}
    version = {id_: row.catalogue for id_, row in rows.items()}
    return [
        ListLine(
            key=each.key,
            list=each.list,
            incident=each.incident,
            number=each.number,
            item=each.item,
            item_name=tables.names.item(each.item, version.get(each.incident)),
            place=rows[each.incident].place if each.incident in rows else "",
            priority=each.priority,
            state=each.state,
            light=each.light,
            contested=each.contested,
            due=each.due,
            owner=each.owner,
            what=tables.names.unit(each.what) if each.list == "told_off" else each.what,
        )
        for each in made
    ]


def promise_key(line: Line) -> str:
    """Return the key under which a promise stands on the list."""
    return f"promise:{line.hash}"


def of_promise(reader: Reader, tables: Reference, line: Line) -> ListLine:
    """Return a promise to a caller as a line: what was promised stands where the place would."""
    row = reader.row(line.incident) if line.incident else None
    text = reader.plain((line.hash,)).get(line.hash, {}).get("text", "")
    return ListLine(
        key=promise_key(line),
        list="promise",
        incident=line.incident,
        number=(row.number or row.temp) if row else "",
        item=(row.item or "") if row else "",
        item_name=tables.names.item(row.item or "", row.catalogue) if row else "",
        place=text,
        priority=(row.priority or "") if row else "",
        state=(row.state or "") if row else "",
        light=Light.NONE,
        contested=False,
        due=line.due,
        owner=tables.person(line.by),
        what="",
    )


def ticked(line: ListLine, folded: Shift, tables: Reference, here: tuple[Reader, str]) -> ListLine:
    """Return the line with its tick and the shift that answers for it; `here`: reader, running."""
    reader, running = here
    tick = folded.ticks.get(line.key)
    shift = owner_shift(reader, running, line.incident) if line.incident else ""
    if tick is None:
        return replace(line, shift=shift)
    if folded.handed_over and not shift:
        shift = tick.to
    person = tables.person(tick.by)
    return replace(line, shift=shift, ticked_by=person, ticked_at=tick.at)


def signed_by(folded: Shift, tables: Reference, *, stale: bool) -> tuple[Signed, ...]:
    """Return the signatures under the last report, or (`stale`) those under another one."""
    parts: set[SignPart] = set()
    found: list[Signed] = []
    for each in folded.signed:
        if folded.is_of_report(each.figures) is stale or (not stale and each.part in parts):
            continue
        parts.add(each.part)
        found.append(Signed(each.part, each.by, tables.person(each.by), each.at))
    return tuple(found)


def on_duty(reader: Reader, tables: Reference, shift: str) -> tuple[DutyLine, ...]:
    """Return who is planned on a shift and who was on it, by seat; the unplanned ones last."""
    folded = reader.shift(shift)
    planned = [each for each in tables.duty if each.shift == shift]
    names = {each.account for each in planned}
    found = [
        _duty(tables, each.account, (each.seat, each.phone), on=each.account in folded.worked)
        for each in planned
    ]
    # Who has left again was on the shift all the same: the seat is not known any more.
    found += [
        _duty(tables, each, (folded.present.get(each, ""), ""), on=True, planned=False)
        for each in sorted(folded.worked - names)
    ]
    return tuple(sorted(found, key=lambda each: (not each.planned, each.seat, each.account)))


def _duty(
    tables: Reference, account: str, place: tuple[str, str], *, on: bool, planned: bool = True
) -> DutyLine:
    known = tables.accounts.get(account)
    role = known.roles[0].value if known else ""
    seat, phone = place
    return DutyLine(seat, account, tables.person(account), role, masked(phone), on, planned)
