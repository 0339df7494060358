"""Events as an enrolled writer could sign them and none of ours does: every field at its worst."""

from __future__ import annotations

import dataclasses
import hashlib
import types
from datetime import date
from enum import EnumMeta
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from dispatch.domain.types import TYPES
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Frame
from tests.doors.garbage import Search, odd_texts

NUMBERS: Final = (0, 1, -1, 7, 1 << 31, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63), 10**12, 10**15)
FAR: Final = (1 << 63, (1 << 64) - 1)
"""What msgspec reads as a number and no column of a database holds."""
FRACTIONS: Final = (0.0, -0.0, 113.97, 23.02, -181.0, 1e308, -1e308, 5e-324, 1.5)


def of_type(kind: Any) -> Search[Any]:  # Any: whatever stands behind a field's colon
    """JSON values that msgspec takes for this type."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(of_type(each) for each in inside))
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple:
        if inside[-1] is Ellipsis:
            return st.lists(of_type(inside[0]), max_size=3)
        return st.tuples(*(of_type(each) for each in inside)).map(list)
    if kind is type(None):
        return st.none()
    if dataclasses.is_dataclass(kind):
        return body_of(kind)
    if isinstance(kind, EnumMeta):
        every: list[Any] = list(kind)
        return st.sampled_from([each.value for each in every])
    known: dict[Any, Search[Any]] = {
        bool: st.booleans(),
        int: st.one_of(st.sampled_from((*NUMBERS, *FAR)), st.integers(-(1 << 63), 1 << 63)),
        float: st.sampled_from(FRACTIONS),
        str: st.one_of(st.sampled_from(["i1", "消防", "441900106201", "2h", "0605"]), odd_texts()),
        date: st.sampled_from(["2026-11-21", "0001-01-01", "9999-12-31"]),
    }
    return known[kind]


def body_of(kind: Any) -> Search[dict[str, Any]]:  # Any: a dataclass's class
    """A body of this class, fields with a default left out now and then."""
    hints = get_type_hints(kind)
    needed: dict[str, Search[Any]] = {}
    free: dict[str, Search[Any]] = {}
    for each in dataclasses.fields(kind):
        bare = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        (needed if bare else free)[each.name] = of_type(hints[each.name])
    return st.fixed_dictionaries(needed, optional=free)


def names() -> Search[list[str]]:
    """Lists of codes, hashes, ids."""
    return st.lists(st.one_of(odd_texts(), st.just("0" * 64)), max_size=3)


def envelopes(type_: str, subject: dict[str, str]) -> Search[dict[str, Any]]:
    """Envelopes of a type about a subject; place with the writer and signature come later."""
    numbers = st.one_of(st.sampled_from((*NUMBERS, *FAR)), st.just(1_772_424_000_000))
    sealed = st.fixed_dictionaries(
        {"key": st.sampled_from(["0" * 16, "", "字"]), "text": odd_texts()},
    )
    return st.fixed_dictionaries(
        {
            "v": st.just(1),
            "id": st.just("e1"),
            "see_add": names(),
            "see_drop": names(),
            "subject": st.just(subject),
            "type": st.just(type_),
            "base": names(),
            "at": numbers,
            "offset_ms": numbers,
            "offset_age_s": numbers,
            "session": odd_texts(),
            "actor": odd_texts(),
            "role": odd_texts(),
            "open": body_of(TYPES[type_].body),
        },
        optional={"sealed": sealed, "blobs": names()},
    )


class Hostile:
    """A writer whose key is known and whose events are anything."""

    def __init__(self, inc: str, town: str, signer: Signer | None = None) -> None:
        self.inc, self.town = inc, town
        self.signer = signer or Signer.new()
        self.sseq, self.last = 0, ""

    def signs(self, envelope: dict[str, Any]) -> Frame:
        """Return the next event of this writer."""
        self.sseq += 1
        place = {"inc": self.inc, "sseq": self.sseq, "prev": self.last, "town": self.town}
        raw = msgspec.json.encode(envelope | place)
        digest = hashlib.sha256(raw)
        self.last = digest.hexdigest()
        return Frame(raw.decode(), self.signer.sign(digest.digest()))
