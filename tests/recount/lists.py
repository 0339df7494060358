"""The recount's second half: lists and the numbers inside their rows."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.recount.around import Around, Other, around
from tests.recount.facts import CLOCK, Fact, Row, Story
from tests.recount.lengths import times
from tests.recount.rates import rates
from tests.recount.recount import MIN, MOVES, SIGN, Case, Recount, words_of

SLACK = 5 * MIN
ASKED = ("refusal_asked", "hold_asked", "void_asked")
ALSO = {
    "reported": ("city_assigned",),
    "filed": ("city_assigned",),
    "dispatched": ("reassigned",),
    "fed_back": ("city_done", "self_handled"),
}
STEPS = ("reported", "filed", "dispatched", "signed", "fed_back", "closed")


def recount(
    rows: list[Row],
    span: tuple[int, int, int],
    own: str,
    given: Around,
    seats: dict[str, int],
    village: str | None = None,
) -> dict[str, dict[str, Any]]:  # Any: value, num, den, ids, of, text
    """Return every printed number by id. `own` is the writer whose own events are told."""
    whole = Recount(rows, span, village, given.records)
    whole.flow()
    whole.hours()
    whole.rates()
    whole.lights()
    times(whole)
    rates(whole)
    _facts(whole)
    _lists(whole, given)
    for seat, taken in seats.items():
        _plain(whole, f"force.seat.{seat}", taken)
    actors = {hashlib.sha256(row[0]).hexdigest(): json.loads(row[0])["actor"] for row in rows}
    around(whole, given, actors)
    mine = [row for row in rows if f'"inc":"{own}"'.encode() in row[0]]
    _plain(whole, "basis.town", max((seq for _, seq, _, _ in rows if seq), default=0))
    _plain(whole, "basis.own", len(mine))
    _plain(whole, "basis.behind", sum(seq is None for _, seq, _, _ in mine))
    stock = whole.told["flow.opening.all"]["value"]
    stock += sum(SIGN[row] * whole.told[f"flow.{row}.all"]["value"] for row in MOVES)
    whole.told["balanced"] = {"value": stock == whole.told["flow.closing.all"]["value"]}
    return whole.told


def _plain(whole: Recount, id_: str, value: int) -> None:
    whole.told[id_] = {"value": value, "text": f"{value:,}"}


def _facts(whole: Recount) -> None:
    inside = [f for case in whole.cases for f in case.facts if case.inside(f)]
    late = (f.hash for f in inside if f.received is not None and f.received - f.time > 10 * MIN)
    whole.count("facts.late", late)
    whole.count("facts.pending", (f.hash for f in inside if f.received is None))
    whole.count("facts.all", (f.hash for f in inside))


def _waiting(story: Story) -> list[Fact]:
    answered = {f.body.get("request") for f in story.live}
    return [f for f in story.live if f.type in ASKED and f.hash not in answered]


def _told_off(story: Story) -> set[str]:
    told = {f.body["told_off"] for f in story.live if f.type == "unit_told_off"}
    return told - {f.body["told_off"] for f in story.live if f.type == "told_off_answered"}


def _suspect(case: Case) -> list[str]:
    """Facts with an impossible time, if they fell into the shift or came in it."""
    times = {f.hash: f.time for f in case.facts}
    found = []
    for fact in case.facts:
        ahead = fact.received is not None and fact.time > fact.received + SLACK
        behind = any(fact.time < times[b] - SLACK for b in fact.base if b in times)
        came = fact.received is not None and case.start <= fact.received < case.cut
        if (ahead or behind) and (case.inside(fact) or came):
            found.append(fact.hash)
    return found


def _lists(whole: Recount, given: Around) -> None:
    stock = [c for c in whole.here if c.stands == "open"]
    important = [c for c in whole.here if _is_important(c)]
    working = [c for c in stock if c.now.state != "hold"]
    hold = [c for c in stock if c.now.state == "hold"]
    clashing = [c for c in whole.here if c.now.pairs]
    asked = [(c, f) for c in stock for f in _waiting(c.now)]
    whole.count("list.important", (c.id for c in important))
    whole.count("list.open", (c.id for c in working))
    whole.count("list.hold", (c.id for c in hold))
    whole.count("list.requests", (f.hash for _, f in asked))
    whole.count("list.contested", (c.id for c in clashing))
    whole.count("list.told_off", (c.id for c in whole.here for _ in _told_off(c.now)))
    _owed(whole, stock, given)
    odd = [(c, hashes) for c in whole.here if (hashes := _suspect(c))]
    whole.count("list.suspects", (c.id for c, _ in odd))
    for case in {c.id: c for c in (*working, *important)}.values():
        _row(whole, case, "left", _left(case))
    for case in hold:
        review = case.now.limit("review")
        _row(whole, case, "review", review["due"] if review else None)
    for case, fact in asked:
        wait = max(0, whole.cut - fact.time)
        told = {"value": wait, "ids": [case.id], "text": words_of(wait)}
        whole.told[f"row.waiting.{fact.hash}"] = told
    for case in clashing:
        _row(whole, case, "pairs", len(case.now.pairs))
    for case, hashes in odd:
        id_ = f"row.suspects.{case.id}"
        whole.count(id_, hashes)
        whole.told[id_]["ids"] = hashes
    for case in important:
        for step in STEPS:
            last = case.now.latest(step, *ALSO.get(step, ()))
            _row(whole, case, step, last.time if last else None)


def _owed(whole: Recount, stock: list[Case], given: Around) -> None:
    """Supervisions that wait for an answer, promises that nobody has kept: of this scope's log."""
    waiting = []
    for case in stock:
        over = {f.body["card"] for f in case.now.live if f.type == "supervision_cancelled"}
        told = {f.body["card"] for f in case.now.live if f.type == "supervision_replied"}
        cards = [f for f in case.now.live if f.type == "supervised"]
        last = max(cards, key=lambda f: f.time, default=None)
        if last is not None and last.hash not in over | told:
            waiting.append((case, last))
    whole.count("list.cards", (c.id for c, _ in waiting))
    for case, card in waiting:
        _row(whole, case, "answer", card.body["answer_by"])
    others = [Other(raw) for raw in given.records]
    before = [r for r in others if r.time < whole.cut]
    kept = {r.body["promise"] for r in before if r.type == "promise_kept"}
    made = [
        r
        for r in before
        if r.type == "line_written"
        and r.body["kind"] == "promise"
        and r.about.rsplit("-", 2)[0] == given.scope
        and r.hash not in kept
    ]
    whole.count("list.promises", (r.hash for r in made))
    for each in made:
        due = each.body.get("due")
        text = _moment(due, "%m-%d %H:%M") if due is not None else "—"
        told_ = {"value": due, "ids": [each.hash], "text": text}
        whole.told[f"row.promise.{each.hash}"] = told_


def _moment(millis: int, how: str) -> str:
    return (datetime.fromtimestamp(millis / 1000, UTC) + timedelta(hours=8)).strftime(how)


def _is_important(case: Case) -> bool:
    active = case.began == "open" or case.steps
    urgent = case.now.value("priority") == "P1" or case.now.value("source") == "city"
    return bool((active and urgent) or case.now.pairs)


def _left(case: Case) -> int | None:
    state = case.now.state
    if state is None or state not in CLOCK or state == "hold":
        return None
    limit = case.now.limit(CLOCK[state])
    return limit["due"] - case.cut if limit else None


def _row(whole: Recount, case: Case, name: str, value: int | None) -> None:
    if value is None:
        text = "—"
    elif name == "left":
        text = ("剩 " if value >= 0 else "超时 ") + words_of(abs(value))
    elif name == "pairs":
        text = f"{value:,}"
    else:
        text = _moment(value, "%m-%d" if name == "review" else "%m-%d %H:%M")
    whole.told[f"row.{name}.{case.id}"] = {"value": value, "ids": [case.id], "text": text}
