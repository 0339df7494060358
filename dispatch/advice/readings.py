"""How a name can be typed: every reading of every character, the town's own ones included."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LOCAL: Final = {
    "涌": ("chong",),
    "厦": ("xia",),
    "滘": ("jiao",),
    "埗": ("bu",),
    "塱": ("lang",),
    "瀝": ("li",),
    "栅": ("zha",),
    "陂": ("bei", "pi"),
    "氹": ("dang",),
    "冚": ("kan",),
    "圳": ("zhen",),
}
"""Readings of place names here that dictionaries put last or lack."""

SURNAMES: Final = {
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "曾": ("zeng",),
    "翟": ("zhai",),
    "查": ("zha",),
    "区": ("ou",),
    "朴": ("piao", "pu"),
    "乐": ("yue", "le"),
    "尉": ("yu",),
    "万": ("mo",),
    "俟": ("qi",),
    "卨": ("xie",),
}
"""Readings as a surname, beside the common ones."""

_INITIALS: Final = ("zh", "ch", "sh")


def plain(text: str) -> str:
    """Return text as it is compared: compatibility forms joined, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Return the toneless readings of one character, the common one first.

    Empty for what is no hanzi. ü may be typed v, u, or ü.
    """
    if not unicodedata.name(char, "").startswith("CJK"):
        return ()
    # A quarter of a second, and only for who types: not for the first window.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    listed = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True, errors="ignore")
    known = [each for each in listed[0] if each] if listed else []
    for each in (*LOCAL.get(char, ()), *SURNAMES.get(char, ())):
        if each not in known:
            known.append(each)
    for each in tuple(known):
        if "ü" in each:
            known += [each.replace("ü", "v"), each.replace("ü", "u")]
    return tuple(known)


@lru_cache(maxsize=8192)
def usual_readings(char: str) -> tuple[str, ...]:
    """Return the readings that people here think of first: the common one and the local ones."""
    every = readings(char)
    kept = {*every[:1], *LOCAL.get(char, ()), *SURNAMES.get(char, ())}
    kept |= {each for each in every if each.replace("v", "ü") in kept}
    return tuple(each for each in every if each in kept)


def initials(listed: Iterable[str]) -> tuple[str, ...]:
    """Return what stands for readings in initials: their first letters, and zh, ch, sh."""
    found: list[str] = []
    for each in listed:
        for short in (each[:2] if each.startswith(_INITIALS) else "", each[0]):
            if short and short not in found:
                found.append(short)
    return tuple(found)
