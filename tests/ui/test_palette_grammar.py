"""Every verb of the table can be typed: by its word and by its code; none is listed by hand."""

from __future__ import annotations

import pytest

from dispatch.advice.line import Holds, parse
from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from ui import labels
from ui.acts.fields import FIELDS
from ui.palette.grammar import SHORT, grammar, short, slots

WORDS = grammar((Role.DISPATCHER, Role.CHIEF))


@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_is_typed_by_its_word_and_by_its_code(verb: Verb) -> None:
    for text in (labels.verb(verb), verb.value, short(verb)):
        assert verb is parse(f"{text} ", WORDS).acts[0].verb, text


@pytest.mark.parametrize("verb", list(FIELDS))
def test_every_field_that_is_needed_has_a_slot(verb: Verb) -> None:
    names = {each.name for each in slots(verb, ())}
    assert {each.name for each in FIELDS[verb] if each.needed} <= names


def test_short_words_are_no_words_of_other_acts() -> None:
    words = {labels.verb(verb): verb for verb in Verb}
    assert all(words.get(word, verb) is verb for word, verb in SHORT.items())


def test_what_a_line_cannot_hold_is_left_to_the_form() -> None:
    held = {each.name: each.holds for each in slots(Verb.CORRECT, (Role.CHIEF,))}
    assert Holds.NOTHING is held["lonlat"]
