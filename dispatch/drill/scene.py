"""One report on the stage: its people, its chance, and the steps written for it so far."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache

from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from dispatch.drill.cast import Cast
from dispatch.drill.chances import Chances
from dispatch.drill.feed import FeedIncident
from dispatch.drill.step import Player, Step
from dispatch.drill.turns import Turn
from resources import path


@cache
def _words() -> dict[str, list[str]]:
    with path("feeds/play_words.toml").open("rb") as file:
        return tomllib.load(file)


def said(name: str, rng: random.Random) -> str:
    """Return one of the made-up things that people write on an occasion."""
    return rng.choice(_words()[name])


@dataclass(slots=True)
class Scene:
    """What is written step by step; `steps` grow in order of play.

    `turn` is the one rare turn that this report is certain to take.
    """

    report: FeedIncident
    cast: Cast
    chances: Chances
    rng: random.Random
    turn: Turn | None = None
    steps: list[Step] = field(default_factory=list)

    def happens(self, share: float, turn: Turn | None = None) -> bool:
        """Return whether chance has it, with this share; it does when it is the report's turn."""
        by_chance = self.rng.random() < share
        return by_chance or (turn is not None and self.turn is turn)

    def add(
        self,
        by: Player,
        command: Command,
        wait_s: int,
        only: frozenset[State],
        *,
        photos: int = 0,
        into: int | None = None,
        review_days: int | None = None,
    ) -> None:
        """Write the next step."""
        self.steps.append(
            Step(
                by=by,
                command=command,
                wait_s=wait_s,
                only=only,
                photos=photos,
                into=into,
                review_days=review_days,
            )
        )

    def do(self, by: Player, verb: Verb, wait_s: int, *states: State) -> None:
        """Write a next step that needs no options."""
        self.add(by, Command(verb=verb, incident=""), wait_s, frozenset(states))

    def waited(self) -> int:
        """Return the seconds that all steps so far take, the worker's look apart."""
        return sum(each.wait_s for each in self.steps if each.command.verb is not Verb.VERIFY)

    @staticmethod
    def with_(command: Command, *, reporter: str, phone: str) -> Command:
        """Return a report with who made it."""
        return replace(command, reporter=reporter, phone=phone)
