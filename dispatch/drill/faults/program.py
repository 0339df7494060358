"""A program: what operators do and what goes wrong, step by step, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from dispatch.drill.faults.line import FATES

HUB: Final = -1
"""Stands for the hub where a step names a site."""
FAULTS: Final = {
    **FATES,
    "power": "站点断电",
    "hub power": "中心断电",
    "clock": "站点时钟不准",
    "copy": "站点恢复了旧副本",
    "hub copy": "市级中心恢复了旧副本",
    "full": "站点磁盘满",
}
"""Every fault by its name in a program, in the words of the table."""

_COPIES: Final = frozenset({"copy", "hub copy"})
_SKEWS: Final = (3 * 365 * 86_400_000, -3_600_000, 7 * 60_000, -20_000)
_FAULTS_MS: Final = 25_000
_SITES: Final = (3, 3, 4, 4, 5, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Step:
    """One step, `at` milliseconds after the beginning.

    `what`: `act`, `field` (an act through the hub's field door), `copy` (a backup is taken), or a
    name of `FAULTS`. `which` is an incident by the order of reports, `pick` a free choice,
    `length` milliseconds, or points that are passed before the power fails.
    """

    at: int
    what: str
    site: int
    which: int = 0
    pick: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """What one run does. `sites`: how many take part; `push`, `pull`: sizes of pushes and pages.

    `late`: the last site is switched on so many milliseconds after the beginning.
    """

    seed: int
    sites: int
    push: int
    pull: int
    steps: tuple[Step, ...]
    late: int = 0

    @property
    def lasts(self) -> int:
        """When the last fault is over, milliseconds after the beginning."""
        return max((each.at for each in self.steps), default=0) + 1


def drawn(seed: int) -> Program:
    """Return the program of a seed."""
    rng = random.Random(f"program {seed}")
    sites = rng.choice(_SITES)
    steps = _acts(rng, sites) + _faults(rng, sites)
    ordered = tuple(sorted(steps, key=lambda step: step.at))
    sizes = rng.choice((1, 2, 5, 500)), rng.choice((2, 7, 200))
    late = rng.randint(5_000, 30_000) if rng.random() < 0.3 else 0
    return Program(seed, sites, *sizes, ordered, late)


def _acts(rng: random.Random, sites: int) -> list[Step]:
    """Operators begin with few incidents and come back to them, so that facts collide."""
    count = rng.randint(8, 22)
    incidents = rng.randint(1, 5)
    steps: list[Step] = []
    at = 0
    for number in range(count):
        at += rng.choice((20, 300, 1_500, 4_000))
        which = 0 if number == 0 else rng.randrange(incidents)
        what = "field" if rng.random() < 0.12 else "act"
        steps.append(Step(at, what, rng.randrange(sites), which, rng.randrange(1 << 16)))
    return steps


def _faults(rng: random.Random, sites: int) -> list[Step]:
    steps: list[Step] = []
    for _ in range(rng.randint(1, 6)):
        what = rng.choice(list(FAULTS))
        at = rng.randint(0, _FAULTS_MS)
        if what in _COPIES and any(step.what in _COPIES for step in steps):
            continue  # what two old copies lack together may be nowhere any more
        site = HUB if what.startswith("hub") else rng.randrange(sites)
        pick = rng.randrange(1 << 16)
        length = rng.randint(1_000, 30_000)
        if what in {"power", "hub power"}:
            length = rng.randint(1, 40)
        elif what == "garbled":
            at, length = at // 4, _FAULTS_MS + length  # photos and snapshots are few
        elif what == "clock":
            length = rng.choice(_SKEWS)
        if what in _COPIES:
            length = rng.randint(500, 8_000)
            steps += _around_a_copy(rng, Step(at, what, site, 0, pick, length))
        elif what == "power" and rng.random() < 0.5:
            steps += _alone_in_the_dark(rng, Step(at, what, site, 0, pick, rng.randint(1, 6)))
        else:
            steps.append(Step(at, what, site, 0, pick, length))
    return steps


def _act(rng: random.Random, at: int, site: int) -> Step:
    return Step(at, "act", site, rng.randrange(4), rng.randrange(1 << 16))


def _around_a_copy(rng: random.Random, copy: Step) -> list[Step]:
    """A backup, work after it, the backup put back, then work before the hub is heard of again."""
    later = copy.at + rng.randint(2_000, 15_000)
    back = Step(later, copy.what, copy.site, 0, copy.pick, copy.length)
    steps = [Step(copy.at, "backup", copy.site), back]
    if copy.site != HUB and rng.random() < 0.7:
        steps += [_act(rng, copy.at + 500 * number, copy.site) for number in (1, 2)]
        steps.append(Step(later, "cut", copy.site, 0, 0, copy.length + 10_000))
        steps.append(_act(rng, later + copy.length + 100, copy.site))
    return steps


def _alone_in_the_dark(rng: random.Random, power: Step) -> list[Step]:
    """The line is cut, two acts are saved, and at one of the next points the power fails."""
    return [
        Step(power.at, "cut", power.site, 0, 0, 15_000),
        _act(rng, power.at + 300, power.site),
        Step(power.at + 600, "power", power.site, 0, power.pick, power.length),
        _act(rng, power.at + 900, power.site),
        _act(rng, power.at + 1_200, power.site),
    ]
