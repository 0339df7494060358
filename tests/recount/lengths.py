"""The recount's lengths of time. Imports nothing of the product."""

from __future__ import annotations

from itertools import pairwise

from tests.recount.facts import Fact
from tests.recount.recount import MIN, Case, Recount, tenth

ORDERS = ("dispatched", "reassigned", "inspected_fail", "redone")


def _seen(case: Case, fact: Fact, *types: str) -> list[Fact]:
    past = case.now.past[fact.hash]
    return [f for f in case.now.live if f.type in types and f.hash in past]


def times(whole: Recount) -> None:
    spans: dict[str, list[tuple[int, str]]] = {"accept": [], "dispatch": [], "dispose": []}
    for case in whole.here:
        reports = [f.time for f in case.now.live if f.type == "reported"]
        if case.first_filed is not None and reports:
            spans["accept"].append((max(case.first_filed - min(reports), 0), case.id))
        for fact in case.now.live:
            if fact.type == "dispatched" and case.inside(fact):
                began = _seen(case, fact, "filed", "city_assigned", "returned", "reopened")
                if began:
                    start = max(f.time for f in began)
                    spans["dispatch"].append((max(fact.time - start, 0), case.id))
        fed = case.feedback
        if fed is not None and case.inside(fed) and (orders := _seen(case, fed, *ORDERS)):
            start = max(f.time for f in orders)
            spans["dispose"].append((max(fed.time - start - held(case, fed, start), 0), case.id))
    for key, found in spans.items():
        found.sort()
        ids = sorted(id_ for _, id_ in found)
        total, n = sum(length for length, _ in found), len(found)
        whole.told[f"time.mean.{key}"] = {
            "num": total,
            "den": n * MIN,
            "ids": ids,
            "text": tenth(total, n * MIN),
        }
        at = next((i for i in range(n) if 10 * (i + 1) >= 9 * n), None)
        length = 0 if at is None else found[at][0]
        den = 0 if at is None else MIN
        text = tenth(length, den)
        whole.told[f"time.p90.{key}"] = {"num": length, "den": den, "ids": ids, "text": text}
        whole.count(f"time.count.{key}", ids)


def held(case: Case, fed: Fact, start: int) -> int:
    """Time on hold, by cutting the span at every edge and asking each piece."""
    holds = []
    for hold in _seen(case, fed, "hold_granted"):
        ends = [
            f.time
            for f in case.now.live
            if f.type == "resumed" and hold.hash in case.now.past[f.hash]
        ]
        holds.append((hold.time, min([*ends, fed.time])))
    edges = sorted({start, fed.time, *(t for pair in holds for t in pair if start < t < fed.time)})
    return sum(
        two - one
        for one, two in pairwise(edges)
        if any(begin <= one and two <= end for begin, end in holds)
    )
