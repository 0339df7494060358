"""A shift's log, its hand-over list and the exceptions on their way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dispatch.desk.export_lists import Source, time
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.views_shift import LogLine, Wanted
from dispatch.domain.errors import BadInput
from dispatch.domain.shift import before, next_of, scope_of, shift_of
from dispatch.files.sheet import Cell, Line

MOST_SHIFTS: Final = 800
"""Of one file: more than a year of days and nights."""

Point = tuple[float, float]


def journal(source: Source) -> Iterator[Line]:
    """Return the log of a shift, or of a span with the shifts in it; the running one by itself."""
    cut, desk, done = source.cut, HandoverDesk(source.desk), 0
    shifts = _shifts(source)
    for nth, shift in enumerate(shifts, 1):
        lines = desk.logbook(Wanted(shift, cut.account, cut.kind)).result()
        points = _points(source, {each.incident for each in lines})
        for each in lines:
            if (cut.from_at or 0) <= each.at < (cut.to_at or 1 << 53):
                done += 1
                yield Line(_written(source, shift, each), points.get(each.incident))
        source.tell(nth / len(shifts), done)


def _written(source: Source, shift: str, line: LogLine) -> tuple[Cell, ...]:
    word = source.word
    return (
        *(time(line.at), shift, line.account, line.person, word("role", line.role)),
        *(word("line", line.kind), word("event", line.type), line.number, line.item_name),
        *(line.text, time(line.due), line.kept_by),
    )


def _shifts(source: Source) -> list[str]:
    cut, scope = source.cut, source.desk.site.identity.scope
    if cut.shift:
        if scope_of(cut.shift) != scope:
            raise BadInput("--shift", f"{cut.shift} 不是本站（{scope}）的班次")
        return [cut.shift]
    if cut.from_at is None and cut.to_at is None:
        return [source.desk.shift_now()]
    if cut.from_at is None:
        raise BadInput("--from", "值班日志要写从何时起")
    last = shift_of(scope, (cut.to_at or source.now + 1) - 1)
    found = [shift_of(scope, cut.from_at)]
    while found[-1] != last:
        found.append(next_of(found[-1]))
        if len(found) > MOST_SHIFTS:
            raise BadInput("--from", f"一次最多 {MOST_SHIFTS} 班")
    return found


def handover(source: Source) -> Iterator[Line]:
    """Return the hand-over list of a shift; of the one that ended last by itself."""
    desk, word = HandoverDesk(source.desk), source.word
    shift = source.cut.shift or before(source.desk.shift_now())
    lines = desk.look(shift).result().lines
    points = _points(source, {each.incident for each in lines})
    for each in lines:
        cells = (
            *(shift, word("list", each.list), each.number, each.item, each.item_name, each.place),
            *(each.priority, each.state, word("state", each.state)),
            *(word("light", each.light.value), time(each.due), each.owner, each.what),
            *(each.ticked_by, time(each.ticked_at)),
        )
        yield Line(cells, points.get(each.incident))


def exceptions(source: Source) -> Iterator[Line]:
    """Return the exceptions tray, oldest first."""
    lines = source.desk.exceptions().result()
    ids = {each.incident for each in lines}
    numbers = source.desk.asked(
        lambda reader, _: {row.id: row.number or row.temp for row in reader.rows(ids - {""})}
    ).result()
    points = _points(source, ids)
    for each in lines:
        cells = (
            *(each.kind, source.word("exception", each.kind)),
            *(source.word("tray", f"{each.kind} {each.what}"), time(each.since)),
            *(source.word("role", each.owner), numbers.get(each.incident, "")),
        )
        yield Line(cells, points.get(each.incident))


def _points(source: Source, ids: Iterable[str]) -> dict[str, Point]:
    named = {each for each in ids if each}
    rows = source.desk.asked(lambda reader, _: reader.rows(named)).result()
    return {
        row.id: (row.lon, row.lat) for row in rows if row.lon is not None and row.lat is not None
    }
