"""Limits that stood still by the town's orders, counted anew from raw bytes.

Imports nothing of the product. Working time is read from the calendar's files.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.recount.facts import ENDS, Fact, Story

HOUR = 3_600_000
GRAVE = {"IV": 1, "III": 2, "II": 3, "I": 4}
OVER = {
    "accept": {"filed", "refusal_granted", "void_granted", "merged"},
    "verify": {"verified"},
    "dispatch": {"dispatched"},
    "sign_in": {"signed", "returned"},
    "first_answer": {"arrived"},
    "disposal": {"fed_back", "escalation_granted", "city_done"},
    "check": {"inspected_pass", "inspected_fail"},
    "visit": {"called_back"},
    "close": {"closed"},
}
"""What a stage is over with."""
Spans = list[tuple[int, int]]
CALENDAR = Path(__file__).parents[2] / "resources" / "calendar"


class Orders:
    """The responses that were known at an instant: when which priority stood still."""

    def __init__(self, records: Iterable[bytes], until: int) -> None:
        self.until = until
        told = {hashlib.sha256(raw).hexdigest(): json.loads(raw) for raw in records}
        self.found: dict[str, Spans] = {}
        self.kinds: dict[str, dict[str, dict[str, Any]]] = {}  # Any: JSON
        for hash_, each in told.items():
            if each["type"] == "response_set" and each["at"] + each["offset_ms"] < until:
                self.kinds.setdefault(each["open"]["kind"], {})[hash_] = each

    def spans(self, priority: str) -> Spans:
        """When limits of a priority stood still, up to the instant."""
        if priority not in self.found:
            self.found[priority] = self._spans(priority)
        return self.found[priority]

    def _spans(self, priority: str) -> Spans:
        turns = {e["open"]["since"] for kind in self.kinds.values() for e in kind.values()}
        edges = sorted({*(turn for turn in turns if turn < self.until), self.until})
        return [(one, two) for one, two in pairwise(edges) if self._still(priority, one)]

    def _still(self, priority: str, moment: int) -> bool:
        for kind in self.kinds.values():
            known = {h: e for h, e in kind.items() if e["open"]["since"] <= moment}
            seen = {hash_ for each in known.values() for hash_ in each["base"]}
            last = [
                (GRAVE.get(e["open"]["level"], 0), h) for h, e in known.items() if h not in seen
            ]
            if not last:
                continue
            level, hash_ = max(last)
            body = known[hash_]["open"]
            least = GRAVE.get(body.get("freeze_from") or "", 9)
            if level >= least and priority in body.get("freeze", ()):
                return True
        return False


def moved(story: Story, limit: dict[str, Any], orders: Orders) -> dict[str, Any]:  # Any: JSON
    """A limit with what stood still of it added to its end and its yellow."""
    end = _end(story, limit, orders.until)
    spans = [
        (max(one, limit["start"]), min(two, end))
        for one, two in orders.spans(story.value("priority") or "")
    ]
    spans = [(one, two) for one, two in spans if one < two]
    if (story.value("sla") or {}).get("working"):
        lost = sum(_work_in(one, two) for one, two in spans)
        add = _worked
    else:
        lost = sum(two - one for one, two in spans)
        add = _plain
    if not lost:
        return limit
    return limit | {"amber": add(limit["amber"], lost), "due": add(limit["due"], lost)}


def _end(story: Story, limit: dict[str, Any], until: int) -> int:  # Any: JSON
    if story.stage == limit["stage"]:
        return until
    over: list[Fact] = [
        f
        for f in story.live
        if f.type in OVER.get(limit["stage"], ()) and f.machine >= limit["start"]
    ]
    if over:
        return over[0].machine
    ended = [f.machine for f in story.live if f.leads == story.state]
    return min(until, ended[-1]) if story.state in ENDS and ended else until


def _work_in(one: int, two: int) -> int:
    return sum(max(0, min(two, b) - max(one, a)) for a, b in _open(one))


def _plain(moment: int, span: int) -> int:
    return moment + span


def _worked(moment: int, span: int) -> int:
    for opens, closes in _open(moment):
        start = max(moment, opens)
        if start >= closes:
            continue
        if span <= closes - start:
            return start + span
        span -= closes - start
    raise AssertionError("no working time is left")


def _open(moment: int) -> Iterator[tuple[int, int]]:
    """Working time in spans, from the day of an instant on."""
    day = (datetime.fromtimestamp(moment / 1000, UTC) + timedelta(hours=8)).date()
    for number in range(90):
        yield from _hours(day + timedelta(days=number))


@functools.cache
def _hours(day: date) -> tuple[tuple[int, int], ...]:
    kind = _days().get(day.isoformat())
    if kind == "holiday" or (kind is None and day.weekday() > 4):
        return ()
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000 - 8 * HOUR
    return (
        (midnight + 17 * HOUR // 2, midnight + 12 * HOUR),
        (midnight + 14 * HOUR, midnight + 35 * HOUR // 2),
    )


@functools.cache
def _days() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in CALENDAR.glob("*.csv"):
        with file.open(encoding="utf-8") as rows:
            found |= {row["date"]: row["kind"] for row in csv.DictReader(rows)}
    return found
