"""Page 4: what is owed at the cut: answers to supervisions, promises to callers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dispatch.domain.bodies_shift import LineWritten, PromiseKept
from dispatch.domain.codes import LineKind
from dispatch.domain.event import Event
from dispatch.domain.incident import Card
from dispatch.reports.figure import Figure, count
from dispatch.reports.matters import Matter, matter_of
from dispatch.reports.walk import Walk


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to a caller as the shift's log has it; `due` UTC milliseconds, None without."""

    hash: str
    by: str
    incident: str
    due: int | None


def unanswered(walk: Walk) -> list[tuple[Matter, Card]]:
    """Open incidents whose supervision waits for an answer, the one due first before the others."""
    found = [
        (matter_of(walk, case, now), now.card)
        for case, now in walk.open()
        if now.card is not None and not now.card.replied
    ]
    return sorted(found, key=lambda each: (each[1].answer_by, each[0].case.id))


def promises(walk: Walk) -> list[Promise]:
    """Promises to callers that nobody has kept by the cut, of this shift and a week before it.

    Those of the report's own scope: a town's seats see the villages' logs as well.
    """
    known = [each for each in walk.given.records if each.corrected_at < walk.cut]
    kept = {each.body.promise for each in known if isinstance(each.body, PromiseKept)}
    found = [
        Promise(each.hash, each.actor, body.incident, body.due)
        for each in known
        if (body := _promise(each, walk.given.scope.code)) is not None and each.hash not in kept
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due or 0, each.hash))


def _promise(event: Event, scope: str) -> LineWritten | None:
    body = event.body
    if not isinstance(body, LineWritten) or body.kind is not LineKind.PROMISE:
        return None
    return body if event.subject.id.startswith(f"{scope}-") else None


def lists(walk: Walk) -> Iterator[Figure]:
    """How many stand on each list."""
    cards = (each.case.id for each, _ in unanswered(walk))
    yield count("list.cards", "待答复督办", cards)
    yield count("list.promises", "未兑现承诺", (each.hash for each in promises(walk)))


def rows(walk: Walk) -> Iterator[Figure]:
    """The times inside the rows: until when to answer, until when it was promised."""
    for matter, card in unanswered(walk):
        id_ = matter.case.id
        yield Figure(
            id=f"row.answer.{id_}", name="答复时限", form="time", value=card.answer_by, ids=(id_,)
        )
    for each in promises(walk):
        yield Figure(
            id=f"row.promise.{each.hash}",
            name="承诺时限",
            form="time",
            value=each.due,
            ids=(each.hash,),
        )
