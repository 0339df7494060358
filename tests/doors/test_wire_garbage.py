"""What another machine wrote, on garbage: messages, tables, deltas: a value, or one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final

import msgspec
import pytest
import zstandard
from hypothesis import strategies as st

from console.hub_tables import free_tables
from dispatch.domain.errors import BadInput
from dispatch.sync.answers import again_s, parsed
from dispatch.sync.answers import refusal as refused
from dispatch.sync.ops import Answer, Trouble
from dispatch.wire import protocol, tables
from dispatch.wire.keys import Signer
from dispatch.wire.objects import Delta, ManagedObject, parse_delta, write_delta
from dispatch.wire.protocol import Message, decode
from dispatch.wire.receipt import (
    Held,
    Receipt,
    Statement,
    read_receipt,
    receipt_digest,
    statement_of,
)
from dispatch.wire.writers import Registered, parse_writers, write_writers
from tests.doors.garbage import EXAMPLES, Search, documents, json_values, put_in, refusal, search

MESSAGES: Final = [
    each
    for each in vars(protocol).values()
    if isinstance(each, type) and issubclass(each, Message) and each is not Message
]
TOWN: Final = "441900106"
OBJECT: Final = ManagedObject("O1", "house", "某屋", f"{TOWN}201001")


@cache
def good_tables() -> dict[str, str]:
    """A good body of every table."""
    return free_tables() | {
        "accounts": tables.write_accounts((), "1"),
        "roster": tables.write_roster([tables.RosterEntry("W1", "演示甲", TOWN)], "1"),
        "duty": tables.write_duty([tables.DutyEntry("s", "一号席", "a")], "1"),
        "geometry": tables.write_geometry([tables.Feature("1", "grid", 1.0, 2.0)], "1"),
    }


def changed(good: bytes) -> Search[bytes]:
    """A good body with another value under one of its keys, or with garbage in it."""
    keys = sorted({b'"' + each + b'":' for each in good.split(b'"')[1::2]})
    other = st.builds(
        lambda key, value: good.replace(key, key + value + b',"_":', 1),
        st.sampled_from(keys),
        st.one_of(documents(), json_values().map(repr).map(str.encode)),
    )
    return st.one_of(other, put_in(good), documents())


def one_line(read: Callable[[bytes], object], raw: bytes) -> None:
    """A value or a BadInput of one line."""
    assert "\n" not in str(refusal(partial(read, raw), BadInput))


def as_text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """A reader of text as one of bytes; a signed body has come as JSON's text."""
    return lambda raw: read(raw.decode("utf-8", "replace"))


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("kind", MESSAGES, ids=[each.__name__ for each in MESSAGES])
def test_a_message(kind: type[Message], examples: int) -> None:
    plain = documents()
    search(partial(one_line, partial(decode, kind=kind, where="x")), plain, examples)
    packed = st.one_of(
        plain.map(zstandard.ZstdCompressor().compress), put_in(b"(\xb5/\xfd\x04\x00")
    )
    search(
        partial(one_line, partial(decode, kind=kind, where="x", packed=True)), packed, examples // 2
    )


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("name", tables.NAMES)
def test_a_table(name: str, examples: int) -> None:
    good = good_tables()[name].encode()[:4_000]
    read = as_text(partial(tables.check, name))
    search(partial(one_line, read), changed(good), examples)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_delta_and_the_writers(examples: int) -> None:
    delta = Delta(version="1", town=TOWN, since=0, next=1, more=False, rows=(OBJECT,), gone=("x",))
    search(partial(one_line, as_text(parse_delta)), changed(write_delta(delta).encode()), examples)
    writers = write_writers(TOWN, [Registered("i1", bytes(32), "s1")]).encode()
    read = as_text(partial(parse_writers, town=TOWN))
    search(partial(one_line, read), changed(writers), examples)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_receipt(examples: int) -> None:
    """A file from anybody, and a body that a hub of ours has signed: a value, or one line."""
    hub = Signer.new()

    def checked(raw: bytes) -> object:
        body = raw.decode("utf-8", "replace")
        signed = Receipt(body, hub.sign(receipt_digest(body)), hub.public)
        return statement_of(signed, hub.public, "f")

    said = Statement("t", "s", TOWN, TOWN, 1, (Held("i1", 2, 2, "h", 0),), 2, "c", "d", "d")
    search(partial(one_line, checked), changed(msgspec.json.encode(said)), examples)
    file = msgspec.json.encode(Receipt("{}", bytes(64), hub.public))
    read = partial(read_receipt, where="f")
    search(partial(one_line, read), changed(file), examples)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_an_answer_of_whoever_listens_there(examples: int) -> None:
    """A proxy's page, another program, half an answer: a trouble with a name, never a crash."""
    headers = st.fixed_dictionaries(
        {
            "content-type": st.sampled_from(["application/json", "text/html", "", "字"]),
            "content-encoding": st.sampled_from(["", "zstd", "gzip"]),
            "retry-after": st.sampled_from(["", "9" * 400, "-1", "٣", "soon"]),
        }
    )
    answers = st.builds(
        Answer, st.sampled_from([200, 204, 302, 409, 429, 500, 599]), documents(), headers,
        st.just(0), st.just(0),
    )  # fmt: skip

    def body(answer: Answer) -> None:
        assert "\n" not in str(refused(answer).code)
        assert 0 <= again_s(answer) <= 3600
        for kind in (protocol.PullAnswer, protocol.Table):
            read: Any = partial(parsed, answer, kind, "/v1/pull")
            try:
                msgspec.json.encode(read())
            except Trouble:
                continue

    search(body, answers, examples)
