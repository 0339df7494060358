"""What the made-up people send to the field doors."""

from __future__ import annotations

from dispatch.domain.command import Command, Verb
from dispatch.drill.players import form_of


def test_only_what_is_set_is_sent() -> None:
    assert {} == form_of(Command(verb=Verb.SIGN, incident="i1", seen="e3"))
    told = Command(verb=Verb.FEEDBACK, incident="i1", text="清理", natural=True)
    assert {"text": "清理", "natural": True} == form_of(told)
