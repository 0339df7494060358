"""Reading the hub's answers: a refusal, rubbish from a proxy and the real thing told apart."""

from __future__ import annotations

from typing import Final, TypeVar

from dispatch.domain.errors import BadInput
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.wire.protocol import Message, Problem, decode, encode

M = TypeVar("M", bound=Message)

_JSON: Final = "application/json"
_MOST_AGAIN_S: Final = 3600.0
_PACK_FROM: Final = 512


def ask(path: str, message: Message, wait_s: float = 0.0) -> Ask:
    """Return a POST of a message, compressed when that is worth it."""
    raw = encode(message, packed=False)
    headers = [("Content-Type", _JSON), ("Accept-Encoding", "zstd")]
    if len(raw) >= _PACK_FROM:
        raw = encode(message, packed=True)
        headers.append(("Content-Encoding", "zstd"))
    return Ask("POST", path, raw, tuple(headers), wait_s)


def parsed(answer: Answer, kind: type[M], path: str, also: frozenset[int] = frozenset()) -> M:
    """Return the message of an answer with status 200 (or one of `also`), else raise Trouble."""
    if answer.status != 200 and answer.status not in also:
        raise refusal(answer)
    if not answer.headers.get("content-type", "").startswith(_JSON):
        raise Trouble("not_the_hub", f"{path} 的回答不是 JSON")
    packed = answer.headers.get("content-encoding", "") == "zstd"
    try:
        return decode(answer.body, kind, path, packed=packed)
    except BadInput as error:
        raise Trouble("unreadable", f"{error.where}: {error.what}") from None


def refusal(answer: Answer) -> Trouble:
    """Return what a refusing answer says, whoever it is from."""
    again = again_s(answer)
    try:
        problem = decode(answer.body, Problem, "problem")
    except BadInput:
        return Trouble(f"http_{answer.status}", "", again)
    return Trouble(problem.code, problem.detail, again)


def again_s(answer: Answer) -> float:
    """Return the seconds of Retry-After, 0 when it is absent or no number of seconds."""
    text = answer.headers.get("retry-after", "")
    return min(float(text), _MOST_AGAIN_S) if text.isascii() and text.isdigit() else 0.0
