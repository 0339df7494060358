"""The test of the test: every bug put in on purpose is caught by the simulator, or this fails."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest

from dispatch.drill.faults.program import drawn
from dispatch.drill.faults.runs import tried
from dispatch.drill.faults.shrink import shrunk, story
from dispatch.drill.faults.world import Outcome
from tests.sync.seeded_bugs import BUGS

MOST = 300
"""Seeds within which a bug must be caught."""


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """A product with a bug may complain as it likes."""
    logging.disable(logging.CRITICAL)
    gc.disable()
    yield
    gc.enable()
    gc.collect()
    logging.disable(logging.NOTSET)


def _caught(name: str) -> Outcome | None:
    """Return the first run that the bug breaks; None when it survives."""
    bug, needs = BUGS[name]
    for seed in range(MOST):
        program = drawn(seed)
        if needs and not any(step.what in needs for step in program.steps):
            continue
        with bug():
            outcome = tried(program)
        if outcome.problems:
            return outcome
    return None


def test_there_are_at_least_fifteen() -> None:
    assert len(BUGS) >= 15


@pytest.mark.parametrize("name", ["cursor first", "filter that stops the cursor"])
def test_a_bug_put_in_is_caught(name: str) -> None:
    assert _caught(name) is not None


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(BUGS))
def test_every_bug_put_in_is_caught(name: str) -> None:
    outcome = _caught(name)
    assert outcome is not None, f"{name} survived {MOST} seeds"
    print(f"{name}: seed {outcome.program.seed}, {outcome.problems[0]}")


@pytest.mark.long
def test_what_is_caught_shrinks_to_a_short_story() -> None:
    bug, _ = BUGS["cursor first"]
    found = _caught("cursor first")
    assert found is not None
    with bug():
        smallest = shrunk(found, tried)
    assert len(smallest.program.steps) <= 2
    assert any("上报" in line for line in story(smallest))
