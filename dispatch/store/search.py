"""Full text: every piece of one, two or more characters that LIKE '%piece%' would find.

FTS5's own tokenizers do not cut Chinese, and on a trigram table words of two characters give
nothing in silence. So the text is cut here: each character with its follower is one token,
the last one with an end mark. A piece of two or more characters is then a phrase of tokens,
a single character the beginning of a token. Letters A-Z count as a-z, as LIKE has it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection

from dispatch.store.prepared import execute
from dispatch.store.rows import Found
from dispatch.store.schema import View

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
END: Final = "zzzz"
_FOLD: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)} | {0: " "}
LAST: Final = (1 << 63) - 1


@lru_cache(maxsize=1 << 16)
def _code(character: str) -> str:
    """Four letters for one character: base 36 holds all of Unicode in four."""
    rest, code = ord(character), ""
    for _ in range(4):
        rest, digit = divmod(rest, 36)
        code = DIGITS[digit] + code
    return code


def tokens(body: str) -> str:
    """Return the text as FTS5 gets it."""
    codes = [_code(each) for each in body.translate(_FOLD)]
    return " ".join([one + two for one, two in pairwise([*codes, END])])


def question(piece: str) -> str:
    """Return the FTS5 query for a piece of text of at least one character."""
    codes = [_code(each) for each in piece.translate(_FOLD)]
    if len(codes) == 1:
        return f'"{codes[0]}"*'
    return '"' + " ".join(one + two for one, two in pairwise(codes)) + '"'


def change(connection: Connection, view: View, pos: int, old: str | None, new: str) -> None:
    """Put a document's new text into the index, in place of the old one (None: there was none)."""
    if old is not None:
        remove(connection, view, pos, old)
    execute(
        connection,
        f"INSERT INTO {view.search} (rowid, pairs) VALUES (?, ?)",  # noqa: S608 - our own name
        (pos, tokens(new)),
    )


def remove(connection: Connection, view: View, pos: int, old: str) -> None:
    """Take a document's text out of the index."""
    execute(
        connection,
        f"INSERT INTO {view.search} ({view.search}, rowid, pairs)"  # noqa: S608 - our own name
        " VALUES ('delete', ?, ?)",
        (pos, tokens(old)),
    )


def find(connection: Connection, view: View, piece: str, limit: int, before: int | None) -> Found:
    """Return a page of the incidents whose text holds the piece, newest arrival first.

    `before`: the `next` of the page before. An empty piece finds nothing.
    """
    if not piece:
        return Found((), None)
    rows = connection.exec_driver_sql(
        f"SELECT s.rowid, i.id FROM {view.search} AS s"  # noqa: S608 - our own names
        f" JOIN {view.incident.name} AS i ON i.pos = s.rowid"
        " WHERE s.pairs MATCH ? AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?",
        (question(piece), LAST if before is None else before, limit),
    ).all()
    return Found(tuple(id_ for _, id_ in rows), rows[-1][0] if len(rows) == limit else None)


def lines(
    connection: Connection, view: View, piece: str, most: int, *, whole: bool
) -> tuple[str, ...]:
    """Return at most `most` incidents with a line that ends with the piece, newest first.

    `whole`: the piece is all of the line. Numbers are lines of the text, so that a number is
    found among all the texts that merely hold it without an index of its own to be kept.
    """
    codes = [_code(each) for each in piece.translate(_FOLD)]
    pairs = [one + two for one, two in pairwise(codes)]
    ends = [[*pairs, codes[-1] + _code("\n")], [*pairs, codes[-1] + END]]
    asked = [f'"{" ".join(tokens)}"' for tokens in ends]
    if whole:
        first = _code("\n") + codes[0]
        within = [f'"{" ".join([first, *tokens])}"' for tokens in ends]
        asked = [f"^{each}" for each in asked] + within
    rows = connection.exec_driver_sql(
        f"SELECT i.id FROM {view.search} AS s"  # noqa: S608 - our own names
        f" JOIN {view.incident.name} AS i ON i.pos = s.rowid"
        " WHERE s.pairs MATCH ? ORDER BY s.rowid DESC LIMIT ?",
        (" OR ".join(asked), most),
    )
    return tuple(rows.scalars())


def count(connection: Connection, view: View, piece: str, most: int) -> int:
    """Return how many incidents hold the piece; counting stops at `most`."""
    if not piece:
        return 0
    found = connection.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT rowid FROM {view.search}"  # noqa: S608 - our own name
        " WHERE pairs MATCH ? LIMIT ?)",
        (question(piece), most),
    ).scalar_one()
    return int(found)
