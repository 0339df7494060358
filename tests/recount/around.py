"""The recount of pages 5 to 7: places, units, people, checks, the log. Nothing of the product."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.recount.facts import Fact
from tests.recount.patrols import patrols
from tests.recount.rates import AGAIN, closed, first_filing, had, own_time, to_close
from tests.recount.recount import MIN, WORK, Case, Recount, light_of, tenth, words_of


@dataclass(frozen=True, slots=True)
class Around:
    """What the report was given beside the incidents: codes, roster, posts, other events.

    `objects`: code, a day on which it is due, every so many days; `mine`: the scope's own grids.
    """

    scope: str
    villages: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    roster: tuple[tuple[str, str, str], ...] = ()
    posts: dict[str, str] = field(default_factory=dict)
    records: tuple[bytes, ...] = ()
    objects: tuple[tuple[str, str, int | None], ...] = ()
    mine: tuple[str, ...] = ()
    tracked: tuple[tuple[str, str], ...] = ()


class Other:
    """An event about no incident, from its bytes."""

    def __init__(self, raw: bytes) -> None:
        told: dict[str, Any] = json.loads(raw)  # Any: JSON
        self.hash = hashlib.sha256(raw).hexdigest()
        self.about: str = told["subject"]["id"]
        self.type: str = told["type"]
        self.body: dict[str, Any] = told["open"]  # Any: JSON
        self.actor: str = told["actor"]
        self.time: int = told["at"] + told["offset_ms"]


def around(whole: Recount, given: Around, rows: dict[str, str]) -> None:
    """Note every number of pages 5 to 7. `rows`: who wrote each fact."""
    others = [Other(raw) for raw in given.records]
    _places(whole, given)
    _units(whole)
    _hot(whole, given)
    _force(whole, given, others)
    _checks(whole, others)
    patrols(whole, given, others)
    _links(whole, given, rows)
    _orders(whole, others)


def _everywhere(whole: Recount, given: Around) -> list[str]:
    seen = {c.now.value("village") for c in whole.here} - {None}
    return sorted(seen | {v for v in given.villages if v.startswith(given.scope)})


def _ids(cases: Iterable[Case]) -> list[str]:
    return [c.id for c in cases]


def _moves(whole: Recount, row: str, cases: Iterable[Case]) -> list[str]:
    return list(whole.moved(row, cases, (whole.start, whole.end)))


def _places(whole: Recount, given: Around) -> None:
    rates = {}
    for code in _everywhere(whole, given):
        mine = [c for c in whole.cases if c.now.value("village") == code]
        here = [c for c in mine if c.here]
        whole.count(f"village.new.{code}", _moves(whole, "new", mine))
        whole.count(f"village.closed.{code}", _moves(whole, "closed", mine))
        due = [c for c in whole.due() if c in here]
        done = [c for c in due if whole.on_time(c)]
        whole.rate(f"village.on_time.{code}", _ids(done), _ids(due))
        rates[code] = Fraction(len(done), len(due)) if due else None
        _state(whole, "village", code, here)
        back = (c for c in here if had(c, "returned"))
        whole.count(f"village.returned.{code}", _ids(back))
    _rank(whole, "village.rank", rates)


def _state(whole: Recount, kind: str, code: str, here: list[Case]) -> None:
    late = (c for c in here if c.now.state is not None and light_of(c.now, whole.cut) == "red")
    whole.count(f"{kind}.overdue.{code}", _ids(late))
    whole.count(f"{kind}.reworked.{code}", _ids(c for c in here if had(c, *AGAIN)))


def _rank(whole: Recount, id_: str, told: dict[str, Fraction | None]) -> None:
    order = sorted((each for each in told.values() if each is not None), reverse=True)
    for code, each in told.items():
        place = None if each is None else order.index(each) + 1
        whole.told[f"{id_}.{code}"] = {"value": place, "text": "—" if place is None else str(place)}


def _unit(case: Case) -> str | None:
    told: str | None = case.now.value("unit", ("returned", "reopened"))
    return told


def _ordered(case: Case) -> set[str]:
    """Units that got a standing order in the shift."""
    orders = ("dispatched", "reassigned")
    return {f.body["unit"] for f in case.now.live if f.type in orders and case.inside(f)}


def _units(whole: Recount) -> None:
    units = {u for c in whole.here if (u := _unit(c))} | {
        u for c in whole.here for u in _ordered(c)
    }
    of = {u: [c for c in whole.here if _unit(c) == u] for u in units}
    filed = {u: [c for c in of[u] if c.inside(first_filing(c))] for u in units}
    most = max((len(each) for each in filed.values()), default=0)
    scores: dict[str, Fraction | None] = {}
    for unit, mine in of.items():
        whole.count(f"unit.ordered.{unit}", _ids(c for c in whole.here if unit in _ordered(c)))
        ended = _moves(whole, "closed", whole.cases)
        whole.count(f"unit.closed.{unit}", (i for i in ended if i in set(_ids(mine))))
        due = [c for c in whole.due() if c in mine]
        whole.rate(f"unit.on_time.{unit}", _ids(c for c in due if own_time(c)), _ids(due))
        _state(whole, "unit", unit, mine)
        back = (
            c.id
            for c in whole.here
            for f in c.now.live
            if f.type == "returned" and c.inside(f) and f.body["from_unit"] == unit
        )
        whole.count(f"unit.returned.{unit}", back)
        shares = _shares(whole, mine)
        shares["volume"] = Fraction(len(filed[unit]), most) if most else None
        for name, weights in _WEIGHTS.items():
            score = _points(shares, weights)
            text = "—" if score is None else tenth(score.numerator, score.denominator)
            told: dict[str, Any] = {"ids": sorted(_ids(mine)), "text": text}  # Any: JSON
            if score is not None:
                told |= {"num": score.numerator, "den": score.denominator}
            whole.told[f"unit.score.{name}.{unit}"] = told
        scores[unit] = _points(shares, _WEIGHTS["A"])
    _rank(whole, "unit.rank", scores)


_WEIGHTS = {
    "A": {"own": 60, "closed": 30, "rework": -10},
    "B": {"volume": 10, "closed": 30, "own": 30, "rework": -30},
    "C": {"disposed": 30, "own": 20, "rework": -20, "overdue": -20, "extended": -10},
}


def _points(shares: dict[str, Fraction | None], weights: dict[str, int]) -> Fraction | None:
    """Weights times rates; a rate that is better low counts as 1 - rate."""
    total = Fraction(0)
    for name, weight in weights.items():
        share = shares[name]
        if share is None:
            return None
        total += weight * share if weight > 0 else -weight * (1 - share)
    return total


def _shares(whole: Recount, mine: list[Case]) -> dict[str, Fraction | None]:
    due = [c for c in whole.due() if c in mine]
    ending = [c for c in to_close(whole) if c in mine]

    def part(of: list[Case], good: Iterable[Case]) -> Fraction | None:
        return Fraction(len(list(good)), len(of)) if of else None

    return {
        "own": part(due, (c for c in due if own_time(c))),
        "disposed": part(due, (c for c in due if c.feedback)),
        "overdue": part(due, (c for c in due if c.now.state in WORK)),
        "extended": part(due, (c for c in due if c.now.latest("extension_granted"))),
        "closed": part(ending, (c for c in ending if closed(c))),
        "rework": part(ending, (c for c in ending if had(c, *AGAIN))),
    }


def _hot(whole: Recount, given: Around) -> None:
    new = set(_moves(whole, "new", whole.cases))
    cases = [c for c in whole.here if c.id in new]
    items = Counter(c.now.value("item") for c in cases if c.now.value("item"))
    for code in sorted(items, key=lambda each: (-items[each], each))[:10]:
        mine = [c for c in cases if c.now.value("item") == code]
        whole.count(f"item.new.{code}", _ids(mine))
        whole.rate(f"item.share.{code}", _ids(mine), _ids(cases))
    grids = {g for g in given.grids if g.startswith(given.scope)}
    grids |= {g for c in cases if (g := c.now.value("grid"))}
    for code in grids:
        whole.count(f"grid.new.{code}", _ids(c for c in cases if c.now.value("grid") == code))


def _duty(whole: Recount, others: list[Other]) -> dict[str, list[tuple[int, int]]]:
    """Spans of duty inside the shift, by worker."""
    marks: dict[str, list[Other]] = {}
    for each in others:
        if each.type in {"signed_on", "signed_off"} and each.time < whole.cut:
            marks.setdefault(each.body["worker"], []).append(each)
    found: dict[str, list[tuple[int, int]]] = {}
    for worker, mine in marks.items():
        spans: list[tuple[int, int]] = []
        began: int | None = None
        for mark in sorted(mine, key=lambda m: (m.time, m.hash)):
            if mark.type == "signed_off":
                if began is not None:
                    spans.append((began, mark.time))
                began = None
            elif began is None:
                began = mark.time
        if began is not None:
            spans.append((began, whole.cut))
        cut = [(max(a, whole.start), min(b, whole.cut)) for a, b in spans]
        found[worker] = [(a, b) for a, b in cut if a < b]
    return found


def _force(whole: Recount, given: Around, others: list[Other]) -> None:
    known = any(e.type in {"signed_on", "signed_off"} and e.time < whole.cut for e in others)
    duty = {w: spans for w, spans in _duty(whole, others).items() if spans}
    people = sorted(given.roster)
    days = set()
    if known and people:
        there = [p for p in people if p[0] in duty]
        whole.rate("force.workers", (p[0] for p in there), (p[0] for p in people))
        whole.rate("force.grids", {p[1] for p in there}, {p[1] for p in people})
        whole.count("force.absent", (p[0] for p in people if p[0] not in duty))
        for village in {p[2] for p in people}:
            mine = [p for p in people if p[2] == village]
            here = [p for p in mine if p[0] in duty]
            whole.rate(f"post.workers.{village}", (p[0] for p in here), (p[0] for p in mine))
            whole.rate(f"post.grids.{village}", {p[1] for p in here}, {p[1] for p in mine})
        days = {f"{p[0]} {day}" for p in there for span in duty[p[0]] for day in _dates(*span)}
        told = whole.told["kpi.per_worker_day"]
        told |= {"den": len(days), "of": sorted(days), "text": tenth(told["num"], len(days))}
    else:
        for id_ in ("force.workers", "force.grids"):
            whole.told[id_] = {"text": "—", "ratio": "—"}


def _dates(start: int, end: int) -> Iterator[str]:
    for instant in range(start, end, MIN):
        yield _date(instant)
    yield _date(end - 1)


def _date(instant: int) -> str:
    moment = datetime.fromtimestamp(instant / 1000, UTC) + timedelta(hours=8)
    return moment.strftime("%Y%m%d")


def _checks(whole: Recount, others: list[Other]) -> None:
    known = [e for e in others if e.time < whole.cut]
    kinds = {e.about: e.body.get("kind", "check") for e in known if e.type == "campaign_issued"}
    places = [
        f"{e.about}/{t['no']}"
        for e in known
        if e.type == "task_issued" and e.body["due"] >= whole.start
        if kinds.get(e.body["campaign"], "check") == "check"
        for t in e.body["targets"]
    ]
    last: dict[str, str] = {}
    for each in sorted(known, key=lambda e: (e.time, e.hash)):
        if each.type == "task_answered":
            last[f"{each.about}/{each.body['target']}"] = each.body["finding"]
    if places:
        done = [p for p in places if last.get(p) in {"clear", "problem"}]
        whole.rate("force.coverage", done, places)
    else:
        whole.told["force.coverage"] = {"text": "—", "ratio": "—"}
    whole.count("patrol.problem", (p for p in places if last.get(p) == "problem"))
    whole.count("patrol.absent", (p for p in places if last.get(p) == "absent"))


def _links(whole: Recount, given: Around, actors: dict[str, str]) -> None:
    here = set(_everywhere(whole, given))
    wrote: dict[str, list[Fact]] = {}
    for case in whole.cases:
        for fact in case.facts:
            post = given.posts.get(actors[fact.hash])
            if case.inside(fact) and post in here:
                wrote.setdefault(post or "", []).append(fact)
    for code, facts in wrote.items():
        whole.count(f"link.facts.{code}", (f.hash for f in facts))
        came = [(f.received - f.time, f.hash) for f in facts if f.received is not None]
        whole.count(f"link.late.{code}", (h for way, h in came if way > 10 * MIN))
        whole.count(f"link.pending.{code}", (f.hash for f in facts if f.received is None))
        told: dict[str, Any] = {"text": "—"}  # Any: JSON
        if came:
            way, hash_ = max(came)
            way = max(way, 0)
            told = {"value": way, "ids": [hash_], "text": words_of(way)}
        whole.told[f"link.longest.{code}"] = told


def _orders(whole: Recount, others: list[Other]) -> None:
    mine = [e for e in others if whole.start <= e.time < whole.cut]

    def standing(type_: str) -> list[Fact]:
        return [f for c in whole.here for f in c.now.live if f.type == type_ and c.inside(f)]

    whole.count("order.instructed", (f.hash for f in standing("instructed")))
    informed = standing("informed")
    for part in ("first", "follow", "final"):
        whole.count(f"order.informed.{part}", (f.hash for f in informed if f.body["part"] == part))
    late = (f for f in informed if f.body["due"] is not None and f.time > f.body["due"])
    whole.count("order.informed.late", (f.hash for f in late))
    cards = standing("supervised")
    for level in ("normal", "yellow", "red"):
        whole.count(
            f"order.supervised.{level}", (f.hash for f in cards if f.body["level"] == level)
        )
    replied = {
        f.body["card"] for c in whole.here for f in c.now.live if f.type == "supervision_replied"
    }
    whole.rate(
        "order.replied", (f.hash for f in cards if f.hash in replied), (f.hash for f in cards)
    )
    issued = [e.about for e in mine if e.type == "notice_issued"]
    read = {e.about for e in others if e.type == "notice_read" and e.time < whole.cut}
    whole.count("notice.issued", issued)
    whole.rate("notice.read", (i for i in issued if i in read), issued)
    whole.count("notice.receipts", (e.hash for e in mine if e.type == "notice_read"))
    modes = {"signal_set", "response_set"}
    whole.count("order.modes", (e.hash for e in mine if e.type in modes))
    for kind in ("order", "call", "visitor", "promise", "fault"):
        written = (e.hash for e in mine if e.type == "line_written" and e.body["kind"] == kind)
        whole.count(f"log.{kind}", written)
    shown = [e for e in mine if e.type == "audited" and e.body["what"] == "revealed"]
    whole.count("reveal.all", (e.hash for e in shown))
    for actor in {e.actor for e in shown}:
        whole.count(f"reveal.of.{actor}", (e.hash for e in shown if e.actor == actor))
