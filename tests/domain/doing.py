"""An act done and an act refused, each saying what it must where the test does not care."""

from __future__ import annotations

import pytest

from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests import given as g
from tests.given import MemoryLog


def act(log: MemoryLog, id_: str, verb: Verb, *by: Actor, **options: g.Option) -> Incident:
    """Do an act, saying what it must where the test does not care."""
    return g.act(log, id_, verb, *by, **(g.SAID.get(verb, {}) | options))


def refused(log: MemoryLog, id_: str, verb: Verb, *by: Actor, **options: g.Option) -> Refused:
    """Do what must be refused."""
    with pytest.raises(Refused) as said:
        act(log, id_, verb, *by, **options)
    return said.value
