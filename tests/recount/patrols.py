"""The recount of led patrols, squads, calls, objects and covered grids, from raw bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.recount.recount import MIN, Recount

if TYPE_CHECKING:
    from tests.recount.around import Around, Other

_EAST = timedelta(hours=8)


def patrols(whole: Recount, given: Around, others: list[Other]) -> None:
    """Note every number of page 6 that comes of patrols and objects."""
    known = [e for e in others if e.time < whole.cut]
    mine = [e for e in known if e.time >= whole.start]
    _led(whole, known, mine)
    _squads(whole, known, mine)
    calls = [e for e in mine if e.type == "radio_checked"]
    silent = (e.hash for e in calls if e.body.get("silent_since") is not None)
    whole.count("radio.silent", silent)
    heard = (e.hash for e in calls if e.body["answer"] in {"answered", "relayed"})
    whole.rate("radio.answered", heard, (e.hash for e in calls))
    _ground(whole, given, known)


def _of(others: Iterable[Other], kind: str) -> dict[str, dict[str, Any]]:  # Any: JSON
    heads = (e for e in others if e.type == "campaign_issued")
    return {e.about: e.body for e in heads if e.body.get("kind", "check") == kind}


def _led(whole: Recount, known: list[Other], mine: list[Other]) -> None:
    heads = _of(mine, "led")
    for post in {None, *(body.get("leader") for body in heads.values())}:
        end = f".{post}" if post else ""
        here = {id_ for id_, body in heads.items() if post in {None, body.get("leader")}}
        whole.count(f"led.patrols{end}", here)
        grids = {e.about for e in known if e.type == "task_issued" and e.body["campaign"] in here}
        whole.count(f"led.grids{end}", grids)
        found = [e for e in known if e.type == "task_found" and e.about.split(":")[0] in here]
        whole.count(f"led.found{end}", (e.hash for e in found))


def _squads(whole: Recount, known: list[Other], mine: list[Other]) -> None:
    heads = _of(mine, "squad")
    tasks = [e for e in known if e.type == "task_issued" and e.body["campaign"] in heads]
    looked = {
        (e.about, e.body["target"])
        for e in known
        if e.type == "task_answered" and e.body["finding"] != "absent"
    }
    done = (
        e.about for e in tasks if all((e.about, each["no"]) in looked for each in e.body["targets"])
    )
    whole.rate("squad.tasks", done, (e.about for e in tasks))


def _ground(whole: Recount, given: Around, known: list[Other]) -> None:
    """Days are those of which 08:30 to 17:30 lies in the span, if only for a minute."""
    days = sorted(
        {
            moment.date()
            for moment in (_local(at) for at in range(whole.start, whole.cut, MIN))
            if (8, 30) <= (moment.hour, moment.minute) < (17, 30)
        }
    )
    due = {f"{day:%Y%m%d} {code}" for day in days for code in _due(given, day)}
    seen = {
        f"{_local(e.time):%Y%m%d} {e.body['object']}"
        for e in known
        if e.type == "object_checked" and e.body["finding"] != "absent"
    }
    _share(whole, "force.objects", due & seen, due)
    grids = {f"{day:%Y%m%d} {grid}" for day in days for grid in given.mine}
    there = {f"{day} {grid}" for day, grid in given.tracked}
    _share(whole, "force.tracked", grids & there, grids)


def _due(given: Around, day: date) -> Iterable[str]:
    for code, first, every in given.objects:
        begin = date.fromisoformat(first)
        step = timedelta(days=every or 100_000)
        while begin < day:
            begin += step
        if begin == day:
            yield code


def _share(whole: Recount, id_: str, part: set[str], of: set[str]) -> None:
    """Without an object that is due, or without a single fix, nothing is known."""
    if of if id_ == "force.objects" else part:
        whole.rate(id_, part, of)
    else:
        whole.told[id_] = {"text": "—", "ratio": "—"}


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC) + _EAST
