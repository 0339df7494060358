"""Results on standard output: JSON for programs, aligned text for people."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from console.words import say
from dispatch.domain.errors import BadInput


def out(record: Mapping[str, Any], *, as_json: bool) -> None:  # Any: JSON values
    """Print one record: a JSON object on a line, or a `name  value` line a field."""
    if as_json:
        _put(msgspec.json.encode(record).decode() + "\n")
        return
    width = max((len(name) for name in record), default=0)
    for name, value in record.items():
        _put(f"{name:<{width}}  {_plain(value)}\n")


def out_all(records: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:  # Any: JSON values
    """Print records, one JSON object or one tab-separated line each."""
    for record in records:
        if as_json:
            _put(msgspec.json.encode(record).decode() + "\n")
        else:
            _put("\t".join(_plain(value) for value in record.values()) + "\n")


def put_now(line: str) -> None:
    """Print a line and bring it to where it goes: somebody waits for it."""
    _put(f"{line}\n")
    flush()


def flush() -> None:
    """Bring the results to where they go."""
    with _going_out():
        sys.stdout.flush()


def unread() -> None:
    """Let go of standard output: what is still held back must not fail again at the end."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end


def _put(text: str) -> None:
    with _going_out():
        sys.stdout.write(text)


@contextmanager
def _going_out() -> Iterator[None]:
    """Tell a full disk behind standard output as bad input; who stopped reading is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        unread()
        raise BadInput(say("标准输出", "standard output"), error.strerror or "") from None


def _plain(value: object) -> str:
    """A value on one line, without control characters that could play with a terminal."""
    return harmless("" if value is None else value if isinstance(value, str) else _encoded(value))


def harmless(text: str) -> str:
    """Return the text with everything that could play with a terminal in hexadecimal."""
    return "".join(c if _shown(c) else f"\\x{ord(c):02x}" for c in text)


def _shown(character: str) -> bool:
    """Blanks of every width are shown; what only steers is not."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def one_line(text: str) -> str:
    """Return a message on one line: line ends are blanks, what else steers is made harmless."""
    return harmless(" ".join(text.splitlines()))


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()


def note(line: str) -> None:
    """Print a message or progress to standard error, on one line."""
    sys.stderr.write(one_line(line) + "\n")
    sys.stderr.flush()
