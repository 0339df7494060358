"""The collision rule a second time, written from the words of `docs/protocol.md` and slowly.

Sets and plain search, no masks, nothing imported from the fold, the graph or the rule under test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from dispatch.domain.event import Event
from dispatch.domain.sla import Limit

FIRST_COUNTS = (
    "done work sent hold city visit eval filed verify reported merged void closed".split()
)
"""Of states that did not see each other the first of these is the incident's."""

LEADS_TO = {
    "reported": "reported",
    "self_handled": "done",
    "self_handling_refused": "void",
    "recorded_only": "closed",
    "verify_asked": "verify",
    "verified": "reported",
    "filed": "filed",
    "refusal_granted": "void",
    "dispatched": "sent",
    "signed": "work",
    "returned": "filed",
    "reassigned": "sent",
    "hold_granted": "hold",
    "resumed": "work",
    "joint_ordered": "work",
    "escalation_granted": "city",
    "city_assigned": "filed",
    "city_returned": "work",
    "city_done": "done",
    "fed_back": "done",
    "inspected_fail": "work",
    "dissatisfaction_accepted": "eval",
    "redone": "work",
    "closed": "closed",
    "reopened": "filed",
    "merged": "merged",
    "void_granted": "void",
}
SAYS_WHERE = frozenset(
    "unfiled restored stood_down unsigned withdrawn inspected_pass rechecked called_back split "
    "resolved".split()
)
"""Types whose body says which state they lead to."""
STAGE = {
    "reported": "accept",
    "verify": "verify",
    "filed": "dispatch",
    "sent": "sign_in",
    "work": "disposal",
    "done": "check",
    "visit": "visit",
    "eval": "close",
    "hold": "review",
    "city": "city",
}


def state_of(fact: Event) -> str | None:
    """The state that a state-changing fact leads to, None for the others."""
    if fact.type in SAYS_WHERE:
        return str(getattr(fact.body, "to"))  # noqa: B009 - each type has its own body
    return LEADS_TO.get(fact.type)


class Facts:
    """A set of facts, by hash, and who has seen whom."""

    def __init__(self, facts: Sequence[Event]) -> None:
        self.of = {fact.hash: fact for fact in facts}
        self._ancestors = cache(self._search)

    def _search(self, hash_: str) -> frozenset[str]:
        found: set[str] = set()
        for parent in self.of[hash_].base:
            if parent in self.of:
                found |= {parent} | self._ancestors(parent)
        return frozenset(found)

    def saw(self, later: str, earlier: str) -> bool:
        return earlier in self._ancestors(later)

    def concurrent(self, one: str, two: str) -> bool:
        return one != two and not self.saw(one, two) and not self.saw(two, one)

    def unseen(self, hashes: set[str]) -> set[str]:
        """Those of the facts that no other of them has seen."""
        return {one for one in hashes if not any(self.saw(two, one) for two in hashes)}


def pairs_of(facts: Facts) -> set[tuple[str, str]]:
    """Every conflict item: two facts that contradict, until a resolve has seen both."""
    resolves = [hash_ for hash_, fact in facts.of.items() if fact.type == "resolved"]
    ordered = sorted(facts.of)
    return {
        (one, two)
        for at, one in enumerate(ordered)
        for two in ordered[at + 1 :]
        if facts.concurrent(one, two)
        and contradict(facts.of[one], facts.of[two])
        and not any(facts.saw(each, one) and facts.saw(each, two) for each in resolves)
    }


def contradict(one: Event, two: Event) -> bool:
    """Whether two facts made apart cannot both be the whole truth."""
    if state_of(one) and state_of(two):
        return True
    return (
        _answers(one, two)
        or _merge_against_end(one, two)
        or _merge_against_end(two, one)
        or _same_field(one, two)
        or _same_part(one, two)
        or _limits(one, two)
    )


def _answers(one: Event, two: Event) -> bool:
    asked = getattr(one.body, "request", None)
    return (
        asked is not None
        and asked == getattr(two.body, "request", None)
        and one.type.endswith("_denied") != two.type.endswith("_denied")
    )


def _merge_against_end(one: Event, two: Event) -> bool:
    """What must not be lost to an ending: a child that was merged in, a red card."""
    kept = one.type == "absorbed" or red(one)
    return kept and state_of(two) in {"closed", "void", "merged"}


def red(one: Event) -> bool:
    return one.type == "supervised" and getattr(one.body, "level") == "red"  # noqa: B009


def _same_field(one: Event, two: Event) -> bool:
    if {one.type, two.type} != {"corrected"}:
        return False
    if set(one.sealed) & set(two.sealed):
        return True
    return any(
        None is not getattr(one.body, name) != getattr(two.body, name) is not None
        for name in ("item", "priority", "lon", "lat", "grid", "village")
    )


def _same_part(one: Event, two: Event) -> bool:
    """An assisting unit's part led two ways; being there leads nowhere."""
    leading = {"sub_signed", "sub_fed_back", "sub_returned", "sub_excused"}
    unit = getattr(one.body, "sub", None)
    return (
        {one.type, two.type} <= leading
        and one.type != two.type
        and unit == getattr(two.body, "sub", None)
    )


def _limits(one: Event, two: Event) -> bool:
    mine: tuple[Limit, ...] = getattr(one.body, "limits", ())
    yours: tuple[Limit, ...] = getattr(two.body, "limits", ())
    return any(a.stage == b.stage and a != b for a in mine for b in yours)


def waiting(facts: Facts, pairs: set[tuple[str, str]]) -> set[str]:
    """Grants against which a denial stands, endings against which a merge stands."""
    found: set[str] = set()
    for pair in pairs:
        for mine, other in (pair, pair[::-1]):
            one, two = facts.of[mine], facts.of[other]
            denied = _answers(one, two) and two.type.endswith("_denied")
            if denied or _merge_against_end(two, one):
                found.add(mine)
    return found


def state(facts: Facts, pairs: set[tuple[str, str]]) -> str | None:
    """The first in the order, among the state-changing facts that no other such one has seen."""
    wait = waiting(facts, pairs)
    moves = {h for h, fact in facts.of.items() if state_of(fact) and h not in wait}
    found = {str(state_of(facts.of[hash_])) for hash_ in facts.unseen(moves)}
    return min(found, key=FIRST_COUNTS.index, default=None)


def standing(facts: Facts, pairs: set[tuple[str, str]]) -> set[str]:
    """The facts that count: neither waiting nor taken away by every last word about them."""
    words: dict[str, dict[str, bool]] = {}
    for other, fact in facts.of.items():
        keep = getattr(fact.body, "keep", ())
        drop = (*getattr(fact.body, "drop", ()), getattr(fact.body, "undoes", None))
        for hash_ in {*keep, *drop} & facts.of.keys():
            releases = fact.type == "released"
            if facts.saw(other, hash_) and (facts.of[hash_].type == "absorbed" or not releases):
                words.setdefault(hash_, {})[other] = hash_ in keep

    def counts(hash_: str) -> bool:
        return hash_ not in words or not _is_taken_away(facts, hash_, words[hash_], counts)

    return {hash_ for hash_ in facts.of if counts(hash_)} - waiting(facts, pairs)


def _is_taken_away(
    facts: Facts, hash_: str, words: dict[str, bool], counts: Callable[[str], bool]
) -> bool:
    words = {other: keeps for other, keeps in words.items() if counts(other)}
    last = facts.unseen(set(words))
    if not last or any(words[each] for each in last):
        return False
    takers = [each for each, keeps in words.items() if not keeps]
    return not (state_of(facts.of[hash_]) and _is_built_on(facts, hash_, takers, counts))


def _is_built_on(
    facts: Facts, hash_: str, takers: list[str], counts: Callable[[str], bool]
) -> bool:
    """Whether an open act was done on the strength of it, apart from all that took it away."""
    return any(
        state_of(fact) not in {None, "closed", "void", "merged"}
        and facts.saw(other, hash_)
        and all(facts.concurrent(other, taker) for taker in takers)
        and counts(other)
        for other, fact in facts.of.items()
    )


def card(facts: Facts, stands: set[str]) -> tuple[str, bool] | None:
    """The supervision that stands, and whether it was answered: of those that no later one saw."""
    said = {
        kind: {getattr(facts.of[h].body, "card") for h in stands if facts.of[h].type == kind}  # noqa: B009
        for kind in ("supervision_replied", "supervision_cancelled")
    }
    given = {h for h in stands if facts.of[h].type == "supervised"}
    last = facts.unseen(given) - said["supervision_cancelled"]
    if not last:
        return None

    def heaviest(hash_: str) -> tuple[int, bool, int, str]:
        body = facts.of[hash_].body
        weight = ("normal", "yellow", "red").index(getattr(body, "level"))  # noqa: B009
        open_ = hash_ not in said["supervision_replied"]
        return weight, open_, -getattr(body, "answer_by"), hash_  # noqa: B009

    chosen = max(last, key=heaviest)
    return chosen, chosen in said["supervision_replied"]


def extensions(facts: Facts, stands: set[str]) -> int:
    """How many requests for more time were granted."""
    granted = [facts.of[h].body for h in stands if facts.of[h].type == "extension_granted"]
    return len({getattr(body, "request") for body in granted})  # noqa: B009


def due_at(facts: Facts, stands: set[str], now_in: str | None) -> int | None:
    """The end of the present state's limit: of several that nobody has seen, the earliest."""
    stage = STAGE.get(now_in or "")
    ends = {
        hash_: limit.due
        for hash_ in stands
        for limit in getattr(facts.of[hash_].body, "limits", ())
        if limit.stage == stage
    }
    return min((ends[hash_] for hash_ in facts.unseen(set(ends))), default=None)
