"""The signed bytes of an event: how they are made, and how they are read at every door.

Bytes are UTF-8 JSON in the field order below and are kept as they came; they are never made
again from a decoded event. `hash` is SHA-256 of the bytes, `sig` Ed25519 over the hash.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final

import msgspec

from dispatch.domain.bodies import Body, Unknown
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Draft, Event, Subject, UnitMark
from dispatch.domain.types import TYPES
from dispatch.wire.keys import Signer, seal, secret_id, unseal
from dispatch.wire.ready import ready

VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024
"""An event larger than this is refused at every door."""
LEAST: Final = -(1 << 44)
MOST: Final = 1 << 46
"""Every number in an event lies between: as UTC milliseconds the years 1412 and 4199, so that the
sum of two of them is still a date, and fits into any database."""
_LONG_NUMBER: Final = re.compile(rb"[:,\[\s]-?[0-9]{14}")
"""Where a number too large may begin in JSON; a grid's code, which is as long, follows a quote."""
_BLOB: Final = re.compile(r"[0-9a-f]{64}")


class SealedPart(msgspec.Struct, frozen=True):
    """Ciphertext (base64) of a JSON object of field to plaintext, and its key's name."""

    key: str
    text: str


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """The bytes' own shape, `docs/protocol.md` section 2."""

    v: int
    id: str
    inc: str
    sseq: int
    prev: str
    town: str
    see_add: tuple[str, ...]
    see_drop: tuple[str, ...]
    subject: Subject
    type: str
    base: tuple[str, ...]
    at: int
    offset_ms: int
    offset_age_s: int
    session: str
    actor: str
    role: str
    open: dict[str, Any]  # Any: each type's own body, checked against its class below
    unit: UnitMark | None = None
    sealed: SealedPart | None = None
    blobs: tuple[str, ...] = ()
    copied_from: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """An event as it is stored and sent: its bytes (`raw`) and signature; `hash` is hex SHA-256."""

    raw: bytes = field(repr=False)
    sig: bytes = field(repr=False)
    hash: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the writer adds to a draft. `base` are the subject's heads it had seen.

    `copied_from`: the hash of this fact's first bytes, which the hub did not take.
    """

    id: str
    inc: str
    sseq: int
    prev: str
    town: str
    base: tuple[str, ...]
    at: int
    offset_ms: int
    offset_age_s: int
    session: str
    actor: str
    role: str
    unit: UnitMark | None = None
    copied_from: str = ""


_STAMPED: Final = tuple(each.name for each in dataclasses.fields(Stamp))
_OF_STAMP: Final = attrgetter(*_STAMPED)


def write(draft: Draft, stamp: Stamp, signer: Signer, secret: bytes | None) -> Signed:
    """Return the signed bytes of a new event. `secret` is needed when the draft seals text."""
    opened: dict[str, Any] = _opened(draft.body)  # Any: JSON of one body
    sealed = None
    if draft.sealed:
        if secret is None:
            raise BadInput(draft.subject.id, "没有封存密钥")
        opened["sealed"] = sorted(name for name, _ in draft.sealed)
        plain = msgspec.json.encode(dict(sorted(draft.sealed)))
        cipher = seal(secret, stamp.id, draft.subject.id, plain)
        sealed = SealedPart(secret_id(secret), base64.b64encode(cipher).decode())
    raw = msgspec.json.encode(
        Envelope(
            v=VERSION,
            see_add=draft.see_add,
            see_drop=draft.see_drop,
            subject=draft.subject,
            type=draft.type,
            open=opened,
            sealed=sealed,
            blobs=draft.blobs,
            **dict(zip(_STAMPED, _OF_STAMP(stamp), strict=True)),
        )
    )
    if len(raw) > MAX_BYTES:
        raise BadInput(draft.type, f"内容 {len(raw)} 字节，超过 {MAX_BYTES} 字节")
    digest = hashlib.sha256(raw)
    return Signed(raw, signer.sign(digest.digest()), digest.hexdigest())


def _opened(body: Body) -> dict[str, Any]:  # Any: JSON of one body
    """A body as JSON, without the fields that say nothing."""
    given = msgspec.to_builtins(body, order=None)
    kind: Any = type(body)  # Any: mypy takes a dataclass's class for unhashable
    defaults = _defaults(kind)
    return {
        name: value
        for name, value in given.items()
        if not (value == defaults[name] or (value in ([], ()) and defaults[name] == ()))
    }


@functools.cache
def _defaults(kind: type[Body]) -> dict[str, Any]:  # Any: each field's own default
    return {each.name: each.default for each in dataclasses.fields(kind)}


_DECODER: Final = msgspec.json.Decoder(Envelope)
ready(*{each.body for each in TYPES.values()})


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the hub gave an event: its place in the town, when it came, a human number."""

    seq: int | None = None
    received_at: int | None = None
    number: str | None = None


NONE: Final = Numbers()


def read(raw: bytes, numbers: Numbers = NONE) -> Event:
    """Return the event in these bytes with its numbers; anything unreadable is a BadInput.

    A type or version from the future is no error: its body is `Unknown`.
    """
    hash_ = hashlib.sha256(raw).hexdigest()
    if len(raw) > MAX_BYTES:
        raise BadInput(f"事件 {hash_[:12]}", f"{len(raw)} 字节，超过 {MAX_BYTES} 字节")
    try:
        envelope = _DECODER.decode(raw)
        _check(envelope, raw)
        return _event(envelope, hash_, numbers)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"事件 {hash_[:12]}", str(error)[:200]) from None


def _check(envelope: Envelope, raw: bytes) -> None:
    """Refuse what no column, date or folder could hold: one such event would stop a whole town."""
    if _LONG_NUMBER.search(raw):
        numbers = (envelope.sseq, envelope.at, envelope.offset_ms, envelope.offset_age_s)
        unit = (envelope.unit.i, envelope.unit.n) if envelope.unit else ()
        if not _small([*numbers, *unit, envelope.open]):
            raise msgspec.ValidationError(f"number not between {LEAST} and {MOST}")
    if not all(_BLOB.fullmatch(each) for each in envelope.blobs):
        raise msgspec.ValidationError("blob is no SHA-256")


def _small(value: Any) -> bool:  # Any: JSON of one body
    match value:
        case int():
            return LEAST < value < MOST
        case dict():
            return all(map(_small, value.values()))
        case list():
            return all(map(_small, value))
        case _:
            return True


def _event(envelope: Envelope, hash_: str, numbers: Numbers) -> Event:
    opened = dict(envelope.open)
    names = msgspec.convert(opened.pop("sealed", ()), tuple[str, ...])
    kind = TYPES.get(envelope.type)
    body: Body = Unknown()
    if kind is not None and envelope.v == VERSION:
        body = msgspec.convert(opened, kind.body)
    return Event(
        hash=hash_,
        id=envelope.id,
        writer=envelope.inc,
        sseq=envelope.sseq,
        prev=envelope.prev,
        town=envelope.town,
        subject=envelope.subject,
        type=envelope.type,
        v=envelope.v,
        base=envelope.base,
        at=envelope.at,
        offset_ms=envelope.offset_ms,
        offset_age_s=envelope.offset_age_s,
        session=envelope.session,
        actor=envelope.actor,
        role=envelope.role,
        body=body,
        unit=envelope.unit,
        see_add=envelope.see_add,
        see_drop=envelope.see_drop,
        sealed=names,
        blobs=envelope.blobs,
        seq=numbers.seq,
        received_at=numbers.received_at,
        number=numbers.number,
    )


class _Sealed(msgspec.Struct, frozen=True):
    """What of an envelope its ciphertext is opened with."""

    id: str
    subject: Subject
    sealed: SealedPart | None = None


_SEALED_DECODER: Final = msgspec.json.Decoder(_Sealed)


def plaintext(raw: bytes, secret: bytes | None) -> dict[str, str]:
    """Return the sealed fields of an event in clear; empty without the key or without any."""
    try:
        envelope = _SEALED_DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        hash_ = hashlib.sha256(raw).hexdigest()
        raise BadInput(f"事件 {hash_[:12]}", str(error)[:200]) from None
    part = envelope.sealed
    if part is None or secret is None or secret_id(secret) != part.key:
        return {}
    try:
        cipher = base64.b64decode(part.text, validate=True)
        plain = unseal(secret, envelope.id, envelope.subject.id, cipher)
        return msgspec.json.decode(plain, type=dict[str, str])
    except (ValueError, msgspec.MsgspecError, RecursionError):  # letters that are not base64's too
        raise BadInput(f"事件 {envelope.id}", "加密内容无法读取") from None
