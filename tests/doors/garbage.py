"""Garbage for parsers: bytes, tables, documents, and good files with some of it put in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dispatch.domain.errors import ZhiwangError

FEW, MANY = 40, 400
EXAMPLES: Final = [FEW, pytest.param(MANY, marks=pytest.mark.long)]
"""How many garbage is tried: a little in `make test`, more in `make check-long`."""

Search = st.SearchStrategy
NUMBERS: Final = (
    *("0", "-0", "-1", "1e999", "-1e999", "nan", "inf", "1e-400", "9" * 19, "9" * 400),
    *("0x10", "1_0", "٣", "１２", "1,5", "½", " 7 ", "007", "1e5", "+5", str(1 << 63)),
)
MOMENTS: Final = (
    *("2026-11-21", "0000-00-00", "2026-02-30", "9999-12-31", "0001-01-01", "20261121"),
    *("2026-W47-6", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "24:00"),
)
LETTERS: Final = (
    *("", " ", "\t", "=1+1", "@SUM(A1)", "\x00", "\x07", "\x1b[2J", "\u202e", "\u2028", "\ufeff"),
    *("\ufffe", "𠮷", "é", "<b>", "{{x}}", "%s", "'; --", "..", "/etc", "a" * 300, "字" * 9000),
)
ODD: Final = (*NUMBERS, *MOMENTS, *LETTERS)


def odd_texts() -> Search[str]:
    """Texts that a cell, a key or an option may hold."""
    return st.one_of(st.sampled_from(ODD), st.text(max_size=12))


def json_values() -> Search[Any]:
    """Any JSON value, halves of surrogate pairs and numbers beyond all bounds with it."""
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([1 << 63, -(1 << 63) - 1, 10**400, 1e308, 5e-324]),
        st.floats(allow_nan=False, allow_infinity=False),
        odd_texts(),
        st.sampled_from(["\ud800", "a\udfff"]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(odd_texts(), inner, max_size=4)
        ),
        max_leaves=12,
    )


def deep(levels: int, opening: str = "[", closing: str = "]") -> str:
    """JSON that is nested so deep."""
    return opening * levels + closing * levels


def documents() -> Search[bytes]:
    """JSON as bytes: whole, cut, deep, or of another encoding."""
    whole = json_values().map(json.dumps)
    return st.one_of(
        whole.map(str.encode),
        whole.map(lambda text: text[: len(text) // 2].encode()),
        whole.map(lambda text: text.encode("utf-16")),
        st.sampled_from([500, 970, 990, 5_000, 100_000]).map(lambda n: deep(n).encode()),
        st.sampled_from([b"", b"\xef\xbb\xbf", b"NaN", b"[Infinity]", b"1" * 5_000, b"\xff{}"]),
        st.binary(max_size=60),
    )


@st.composite
def put_in(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file into which garbage has been put, or from which some is missing."""
    raw = good
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(raw)))
        gone = draw(st.integers(0, 12))
        fresh = draw(st.one_of(st.binary(max_size=8), odd_texts().map(_bytes), st.just(b"")))
        raw = raw[:at] + fresh + raw[at + gone :]
    return raw


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@st.composite
def tables(draw: st.DrawFn, columns: tuple[str, ...], good: tuple[str, ...]) -> bytes:
    """A CSV file under the right header with some cells that are not what they should be."""
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        row = [draw(st.one_of(st.just(cell), st.just(cell), odd_texts())) for cell in good]
        rows.append(row[: draw(st.sampled_from([len(row), len(row), 1]))])
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return ("\n".join([",".join(columns), *quoted]) + "\n").encode("utf-8", "surrogatepass")


def search(body: Callable[[Any], None], garbage: Search[Any], examples: int) -> None:
    """Try the body on so many pieces of garbage; the smallest that breaks it is told."""
    quick = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    def each(piece: Any) -> None:  # given() looks at a function's own arguments
        body(piece)

    quick(given(garbage)(each))()


def refusal(read: Callable[[], object], *kinds: type[ZhiwangError]) -> ZhiwangError | None:
    """Return the one line with which something was refused, None where it was taken."""
    try:
        read()
    except kinds as bad:
        return bad
    return None


def drawn(strategy: Search[Any], count: int) -> list[Any]:
    """Return so many pieces, other ones each time, the plainest first."""
    found: list[Any] = []
    quick = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    def keep(piece: Any) -> None:
        found.append(piece)

    quick(given(strategy)(keep))()
    return found
