"""The recount's rates, each written out from its definition's words.

Imports nothing of the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.recount.facts import Fact
from tests.recount.lengths import ORDERS, held
from tests.recount.recount import WORK, Case, Recount, left_to_the_town

AGAIN = ("inspected_fail", "redone", "reopened")
OVER = {"closed", "void", "merged"}
PUBLIC = {"citizen", "hotline"}
Keep = Callable[[Case], bool]


def rates(whole: Recount) -> None:
    """Note every rate of the table that the recount's core does not have."""
    _disposal(whole)
    _closing(whole)
    _dispatching(whole)
    _reporting(whole)
    _stages(whole)
    _hotline(whole)


def _note(whole: Recount, id_: str, of: Iterable[Case], keep: Keep) -> None:
    cases = list(of)
    whole.rate(id_, (c.id for c in cases if keep(c)), (c.id for c in cases))


def had(case: Case, *types: str) -> bool:
    """Whether a fact of one of these types counts and lies in the shift."""
    return any(f.type in types and case.inside(f) for f in case.now.live)


def ever(case: Case, *types: str) -> bool:
    """Whether a fact of one of these types counts."""
    return any(f.type in types for f in case.now.live)


def due_in(case: Case, stage: str) -> bool:
    """Whether a stage's limit is over in the shift."""
    limit = case.now.limit(stage)
    return limit is not None and case.start <= limit["due"] < case.cut


def in_time(case: Case, fact: Fact | None, stage: str) -> bool:
    """Whether a fact came before the end of a stage's limit."""
    limit = case.now.limit(stage)
    return fact is not None and (limit is None or fact.time <= limit["due"])


def disposed_in_time(case: Case) -> bool:
    """Whether its feedback came in time; the city's, whether the town had time left."""
    fed = case.feedback
    if fed is not None and fed.type == "city_done":
        return left_to_the_town(case.now) >= 0
    return in_time(case, fed, "disposal")


def first_filing(case: Case) -> Fact | None:
    """The earliest filing that counts."""
    filed = [f for f in case.now.live if f.type == "filed"]
    return min(filed, key=lambda f: f.time) if filed else None


def _disposal(whole: Recount) -> None:
    due = whole.due()
    _note(whole, "kpi.overdue", due, lambda c: c.now.state in WORK)
    _note(whole, "kpi.own_on_time", due, own_time)
    _note(whole, "kpi.extended", due, lambda c: ever(c, "extension_granted"))
    fed = [c for c in whole.here if had(c, "fed_back", "city_done")]
    _note(whole, "kpi.rework_fed", fed, lambda c: had(c, *AGAIN))


def own_time(case: Case) -> bool:
    """In time, or passed on and quick enough for a unit with the whole limit."""
    fed, limit = case.feedback, case.now.limit("disposal")
    if fed is None:
        return False
    if disposed_in_time(case) or limit is None:
        return True
    past = case.now.past[fed.hash]
    orders = [f for f in case.now.live if f.type in ORDERS and f.hash in past]
    if not orders:
        return False
    start = max(f.time for f in orders)
    if not any(f.type == "reassigned" and f.time == start for f in orders):
        return False
    spent = max(fed.time - start - held(case, fed, start), 0)
    return bool(spent <= limit["due"] - limit["start"])


def to_close(whole: Recount) -> list[Case]:
    """应结案: closed in the shift, or open with its disposal due in it; no child."""
    found = []
    for case in whole.here:
        state = case.now.state
        if state == "closed":
            if case.inside(case.now.latest("closed")):
                found.append(case)
        elif state is not None and state not in OVER and due_in(case, "disposal"):
            found.append(case)
    return [c for c in found if not ever(c, "merged")]


def closed(case: Case) -> bool:
    """Whether it is closed at the cut by a fact that says so."""
    return case.now.state == "closed" and ever(case, "closed")


def closed_in_time(case: Case) -> bool:
    """Whether it is closed and had been disposed of in time."""
    return closed(case) and disposed_in_time(case)


def _closing(whole: Recount) -> None:
    due = to_close(whole)
    active = [c for c in due if c.now.state != "hold"]
    urgent = [c for c in due if c.now.value("priority") == "P1"]
    for name, cases in (("", due), ("_less_hold", active)):
        _note(whole, f"kpi.closed{name}", cases, closed)
        _note(whole, f"kpi.closed_on_time{name}", cases, closed_in_time)
    _note(whole, "kpi.p1_closed", urgent, closed)
    _note(whole, "kpi.p1_closed_on_time", urgent, closed_in_time)
    _note(whole, "kpi.rework_closing", due, lambda c: had(c, *AGAIN))
    once = [c for c in due if c.now.state == "closed"]
    again = ("returned", "inspected_fail", "redone")
    _note(whole, "kpi.once", once, lambda c: not ever(c, *again))


def _dispatching(whole: Recount) -> None:
    due, sent = [], set()
    for case in whole.here:
        last = case.now.latest("dispatched")
        if case.now.state in {"reported", "verify", "filed", "void"}:
            last = None
        if last is not None:
            sent.add(case.id)
            if case.inside(last):
                due.append(case)
        elif case.now.state == "filed" and due_in(case, "dispatch"):
            due.append(case)
    _note(
        whole,
        "kpi.dispatch_on_time",
        due,
        lambda c: c.id in sent and in_time(c, c.now.latest("dispatched"), "dispatch"),
    )
    again = ("returned", "reassigned")
    _note(whole, "kpi.dispatch_right", due, lambda c: c.id in sent and not ever(c, *again))
    _note(
        whole,
        "kpi.dispatch_right_rework",
        due,
        lambda c: c.id in sent and not ever(c, "inspected_fail"),
    )


def _reporting(whole: Recount) -> None:
    filed = [c for c in whole.here if c.inside(first_filing(c))]
    _note(whole, "kpi.filed_on_time", filed, lambda c: in_time(c, first_filing(c), "accept"))
    _note(whole, "kpi.filed_right", filed, lambda c: c.now.state != "void")
    _note(whole, "kpi.missed", filed, lambda c: c.now.value("source") in PUBLIC)
    reports = [c for c in whole.here if had(c, "reported")]
    _note(whole, "kpi.valid", reports, valid)
    good = [c for c in reports if valid(c)]
    _note(whole, "kpi.public", good, lambda c: c.now.value("source") in PUBLIC)
    ids = sorted(c.id for c in good if c.now.value("source") == "worker")
    whole.told["kpi.per_worker_day"] = {"num": len(ids), "ids": ids, "text": "—"}


def valid(case: Case) -> bool:
    """有效上报: merged, or filed and not void."""
    return case.now.state == "merged" or (ever(case, "filed") and case.now.state != "void")


def signing(whole: Recount) -> list[tuple[Case, bool]]:
    """应签收, and whether it is signed for."""
    found = []
    before = {"reported", "verify", "filed", "sent"}
    for case in whole.here:
        signed = None if case.now.state in before else case.now.latest("signed")
        if case.inside(signed) or (case.now.state == "sent" and due_in(case, "sign_in")):
            found.append((case, signed is not None))
    return found


def _stages(whole: Recount) -> None:
    for id_, stage, types, state in (
        ("kpi.verified_on_time", "verify", ("verified",), "verify"),
        ("kpi.checked_on_time", "check", ("inspected_pass", "inspected_fail"), "done"),
    ):
        done, all_due = [], []
        for case in whole.here:
            fact = case.now.latest(*types)
            if case.now.state == state:
                if due_in(case, stage):
                    all_due.append(case)
            elif case.inside(fact):
                all_due.append(case)
                if in_time(case, fact, stage):
                    done.append(case)
        whole.rate(id_, (c.id for c in done), (c.id for c in all_due))
    pairs = signing(whole)
    whole.rate("kpi.signed", (c.id for c, yes in pairs if yes), (c.id for c, _ in pairs))


def _hotline(whole: Recount) -> None:
    def hot(case: Case) -> bool:
        return bool(case.now.value("source") == "hotline")

    pairs = [(c, yes) for c, yes in signing(whole) if hot(c)]
    whole.rate("kpi.hotline_signed", (c.id for c, yes in pairs if yes), (c.id for c, _ in pairs))
    due = [c for c in to_close(whole) if hot(c)]
    _note(whole, "kpi.hotline_on_time", due, closed_in_time)
    _note(whole, "kpi.hotline_redone", due, lambda c: had(c, "redone"))
    called = [c for c in whole.here if hot(c) and c.inside(c.now.latest("called_back"))]

    def grade(case: Case) -> int | None:
        fact = case.now.latest("called_back")
        told: int | None = fact.body.get("grade") if fact else None
        return told

    _note(whole, "kpi.hotline_replied", called, lambda c: grade(c) is not None)
    reached = [c for c in called if grade(c) is not None]
    _note(whole, "kpi.hotline_satisfied", reached, lambda c: grade(c) in {1, 2})
