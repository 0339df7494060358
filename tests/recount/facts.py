"""Raw event bytes read anew: who saw whom, what counts, what state follows.

Imports nothing of the product; written from the design's words on collisions alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

Row = tuple[bytes, int | None, int | None, str | None]
"""Raw bytes, the town's number, time of receipt, human number."""

MOVES: dict[str, str] = {
    "reported": "reported",
    "verify_asked": "verify",
    "verified": "reported",
    "filed": "filed",
    "refusal_granted": "void",
    "void_granted": "void",
    "dispatched": "sent",
    "signed": "work",
    "returned": "filed",
    "reassigned": "sent",
    "hold_granted": "hold",
    "resumed": "work",
    "fed_back": "done",
    "inspected_fail": "work",
    "dissatisfaction_accepted": "eval",
    "redone": "work",
    "closed": "closed",
    "reopened": "filed",
    "merged": "merged",
    "escalation_granted": "city",
    "city_assigned": "filed",
    "city_returned": "work",
    "city_done": "done",
    "self_handled": "done",
    "self_handling_refused": "void",
}
UNDOES = {"unfiled", "restored", "stood_down", "unsigned", "withdrawn", "rechecked", "split"}
CHOOSES = {"inspected_pass", "called_back"}
DENIES = {"refusal_denied", "void_denied", "hold_denied"}
ENDS = {"closed", "void", "merged"}
FIRST = "done work sent hold city visit eval filed verify reported merged void closed".split()
CLOCK = {
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
"""The stage that runs in a state."""
COMPARED = ("item", "priority", "lon", "lat", "grid", "village")


class Fact:
    """One event, from its bytes."""

    def __init__(self, row: Row) -> None:
        raw, self.seq, self.received, self.number = row
        told: dict[str, Any] = json.loads(raw)  # Any: JSON
        self.hash = hashlib.sha256(raw).hexdigest()
        self.id: str = told["id"]
        self.about: str = told["subject"]["id"]
        self.type: str = told["type"]
        self.base: list[str] = told["base"]
        self.body: dict[str, Any] = told["open"]
        self.machine: int = told["at"]
        self.time: int = told["at"] + told["offset_ms"]

    @property
    def moves(self) -> bool:
        """Whether its type changes the state."""
        return self.type in MOVES or self.type in UNDOES | CHOOSES | {"resolved"}

    @property
    def leads(self) -> str | None:
        """The state it names, where its type may name it."""
        if self.type in CHOOSES:
            allowed = {"visit", "eval"}
        elif self.type in UNDOES:
            allowed = set(FIRST) - ENDS
        else:
            allowed = set(FIRST) if self.type == "resolved" else set()
        to = self.body.get("to")
        return MOVES.get(self.type) or (to if to in allowed else None)


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """The town's order: by number; what has none after what it saw, ties by id."""
    every = list(facts)
    done = sorted((f for f in every if f.seq is not None), key=lambda f: f.seq or 0)
    left = sorted((f for f in every if f.seq is None), key=lambda f: f.id)
    while left:
        names = {f.hash for f in left}
        free = next(f for f in left if not names & set(f.base))
        left.remove(free)
        done.append(free)
    return done


Still = Callable[["Story", dict[str, Any]], dict[str, Any]]  # Any: JSON
"""What moves a limit on that stood still."""


class Story:
    """A set of facts about one incident and what they make of it."""

    def __init__(self, facts: Iterable[Fact], still: Still | None = None) -> None:
        self.still = still
        self.facts = ordered(facts)
        self.by_hash = {f.hash: f for f in self.facts}
        self.past: dict[str, frozenset[str]] = {}
        for fact in self.facts:
            self._past(fact.hash)
        self.dropped = self._dropped()
        self.pairs = self._pairs()
        waits = {hash_ for pair in self.pairs for hash_ in self._waits(*pair)}
        self.live = [f for f in self.facts if f.hash not in self.dropped | waits]
        self.alive = {f.hash for f in self.live}
        self.state = self._state()

    def _past(self, hash_: str) -> frozenset[str]:
        if hash_ not in self.past:
            here = [b for b in self.by_hash[hash_].base if b in self.by_hash]
            self.past[hash_] = frozenset(here).union(*(self._past(b) for b in here))
        return self.past[hash_]

    def newest(self, facts: list[Fact]) -> list[Fact]:
        """Those that none of the others has seen."""
        return [f for f in facts if not any(f.hash in self.past[g.hash] for g in facts)]

    def latest(self, *types: str) -> Fact | None:
        """The last of these types that counts."""
        found = [f for f in self.live if f.type in types]
        return found[-1] if found else None

    def _dropped(self) -> set[str]:
        """Judged facts, settled from those that saw most; a later word replaces an earlier."""
        keeps: dict[str, set[str]] = {}
        words: dict[str, list[Fact]] = {}
        for fact in self.facts:
            kept = set(fact.body.get("keep", ())) if fact.type == "resolved" else set()
            gone = set(fact.body.get("drop", ())) if fact.type == "resolved" else set()
            if fact.type in UNDOES | {"released"}:
                gone = {fact.body["undoes"]}
            keeps[fact.hash] = kept
            for target in (kept | gone) & self.past[fact.hash]:
                words.setdefault(target, []).append(fact)
        dropped: set[str] = set()
        for target in sorted(words, key=lambda each: -len(self.past[each])):
            said = self.newest([f for f in words[target] if f.hash not in dropped])
            if not said or any(target in keeps[f.hash] for f in said):
                continue
            takers = [
                f for f in words[target] if f.hash not in dropped and target not in keeps[f.hash]
            ]
            if not self._carries(target, takers, dropped):
                dropped.add(target)
        return dropped

    def _carries(self, target: str, takers: list[Fact], dropped: set[str]) -> bool:
        """Whether an open move that counts was built on a move apart from all its takers."""

        def apart(one: Fact, two: Fact) -> bool:
            return one.hash not in self.past[two.hash] and two.hash not in self.past[one.hash]

        return self.by_hash[target].moves and any(
            target in self.past[f.hash]
            and f.moves
            and f.leads not in ENDS
            and f.hash not in dropped
            and all(f is not taker and apart(f, taker) for taker in takers)
            for f in self.facts
        )

    def _pairs(self) -> list[tuple[Fact, Fact, str]]:
        found = []
        resolves = [self.past[f.hash] for f in self.facts if f.type == "resolved"]
        for i, one in enumerate(self.facts):
            for two in self.facts[i + 1 :]:
                if one.hash in self.past[two.hash] or two.hash in self.past[one.hash]:
                    continue
                if any(one.hash in seen and two.hash in seen for seen in resolves):
                    continue
                if about := _clash(one, two):
                    found.append((one, two, about))
        return found

    def _waits(self, one: Fact, two: Fact, about: str) -> list[str]:
        """Grants that meet a denial, and endings that meet an absorption."""
        if about == "answer":
            return [f.hash for f in (one, two) if f.type not in DENIES]
        if about == "merge":
            return [f.hash for f in (one, two) if f.type != "absorbed"]
        return []

    def _state(self) -> str | None:
        rivals = self.newest([f for f in self.live if self._to(f) is not None])
        names = [to for f in rivals if (to := self._to(f)) is not None]
        return min(names, key=FIRST.index) if names else None

    def _to(self, fact: Fact) -> str | None:
        to = fact.leads
        brings_back = fact.type in UNDOES | {"resolved"}
        if brings_back and all(self.by_hash[h].leads != to for h in self.past[fact.hash]):
            return None
        return to

    def value(self, name: str, clears: tuple[str, ...] = ()) -> Any:  # Any: JSON
        """What a field shows: the last in the town's order of the setters nobody has seen."""
        setters = [f for f in self.live if f.body.get(name) is not None or f.type in clears]
        newest = self.newest(setters)
        return newest[-1].body.get(name) if newest else None

    def limit(self, stage: str) -> dict[str, Any] | None:  # Any: JSON
        """The limit of a stage; of several that did not see each other the earlier due."""

        def mine(fact: Fact) -> list[dict[str, Any]]:  # Any: JSON
            return [each for each in fact.body.get("limits", ()) if each["stage"] == stage]

        newest = self.newest([f for f in self.live if mine(f)])
        rivals = [each for f in newest for each in mine(f)]
        key: Callable[[dict[str, Any]], tuple[int, int, int]]  # Any: JSON
        key = lambda each: (each["due"], each["start"], each["amber"])
        if not rivals:
            return None
        found = min(rivals, key=key)
        return self.still(self, found) if self.still and stage != "review" else found

    @property
    def stage(self) -> str | None:
        """The stage that runs now."""
        return CLOCK.get(self.state or "")


def _clash(one: Fact, two: Fact) -> str | None:
    if one.moves and two.moves:
        return "state"
    request = one.body.get("request")
    if (
        request
        and request == two.body.get("request")
        and (one.type in DENIES) != (two.type in DENIES)
    ):
        return "answer"
    if request and request == two.body.get("request") and one.type in DENIES:
        return None
    for guard, end in ((one, two), (two, one)):
        if guard.type == "absorbed" and end.leads in ENDS and end.type not in UNDOES:
            return "merge"
    if one.type == two.type == "corrected":
        for name in COMPARED:
            values = (one.body.get(name), two.body.get(name))
            if None not in values and values[0] != values[1]:
                return "field"
        if set(one.body.get("sealed", ())) & set(two.body.get("sealed", ())):
            return "field"
    mine = {each["stage"]: each for each in one.body.get("limits", ())}
    theirs = {each["stage"]: each for each in two.body.get("limits", ())}
    return "limit" if any(mine[s] != theirs[s] for s in mine.keys() & theirs) else None
