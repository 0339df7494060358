"""Messages between a site and the hub, version 1: JSON, zstd when both can.

Times are UTC milliseconds. Binary values are base64 in JSON.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal, TypeVar

import msgspec
import zstandard

from dispatch.domain.errors import BadInput
from dispatch.wire.ready import ready

PROTOCOL: Final = 1
PUSH_EVENTS: Final = 500
PUSH_BYTES: Final = 512 * 1024
PAGE_BYTES: Final = 16 * 1024 * 1024
BLOB_BYTES: Final = 8 * 1024 * 1024
_WINDOW: Final = 8 * 1024 * 1024
"""What every reader of zstd is to take (RFC 8878), and no more."""
THUMBNAIL_BYTES: Final = 64 * 1024
WAIT_S: Final = 25
MOST: Final = 1 << 53
"""No number in any message reaches this."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=False, omit_defaults=True):
    """Anything that travels; unknown fields are passed over, so that both ends can grow."""


class Secret(Message, frozen=True):
    """A subject's key, outside the chain, for those in whose scope the subject is."""

    subject: str
    key: bytes


class Frame(Message, frozen=True, tag_field="is", tag="event"):
    """One event on its way: `event` is its bytes as text; numbers are the hub's or absent.

    `quarantined` is the hub's reason why the event is kept but not folded, empty for all others.
    """

    event: str
    sig: bytes
    seq: int | None = None
    received_at: int | None = None
    number: str | None = None
    quarantined: str = ""


class Gap(Message, frozen=True, tag_field="is", tag="gap"):
    """An event outside the reader's scope: its chain input only."""

    seq: int
    entry: str


class Backfill(Message, frozen=True):
    """All earlier frames of a subject that has just come into the reader's scope."""

    subject: str
    frames: tuple[Frame, ...]


class WriterMark(Message, frozen=True):
    """One of a site's incarnations and how far it has written; `town` empty: the site's own."""

    inc: str
    pubkey: bytes
    sseq: int
    hash: str
    town: str = ""


class CursorMark(Message, frozen=True):
    """How far a site has read a town, and the chain value there."""

    seq: int
    chain: str


class Checkpoint(Message, frozen=True):
    """The hub's signature under a town's chain value at a number (`checkpoint_digest`)."""

    town: str
    seq: int
    chain: str
    at: int
    sig: bytes


class SessionAsk(Message, frozen=True):
    """POST /v1/session. `marks`: more places of the chain, to find where it parted.

    `offset_ms`: what the hub's clock was ahead when it was last measured; None: never.
    """

    protocol: int
    writers: tuple[WriterMark, ...]
    cursors: dict[str, CursorMark]
    clock: int
    version: str
    timeline: str | None = None
    marks: dict[str, tuple[CursorMark, ...]] = {}
    offset_ms: int | None = None


class SessionAnswer(Message, frozen=True):
    """What the hub knows of the site; `cursors` per town: ok, or the chain there is another.

    `known` per incarnation: the last own sequence the hub has. `rewind` per town whose marks were
    asked about: the highest number of them at which the chain is the same, 0 where at none.
    `heads`: each town's last number. `floors`: where a city site begins to read (`Pull`).
    """

    timeline: str
    known: dict[str, int]
    cursors: dict[str, Literal["ok", "differs"]]
    server_time: int
    push_events: int
    push_bytes: int
    least_version: str
    site: str
    letter: str
    scope: str
    hub_key: bytes
    rewind: dict[str, int] = {}
    heads: dict[str, int] = {}
    floors: dict[str, Checkpoint] = {}


class Table(Message, frozen=True):
    """A reference table as the hub signs it: `body` is JSON text, `sig` over its hash."""

    name: str
    version: str
    body: str
    sig: bytes


class Push(Message, frozen=True):
    """POST /v1/events: frames of any registered writer, each writer's in order.

    `witness`: the writers' table as this hub once signed it, where it has forgotten some.
    """

    frames: tuple[Frame, ...]
    keys: tuple[Secret, ...] = ()
    witness: Table | None = None


class Verdict(Message, frozen=True):
    """The hub's answer to one pushed event."""

    hash: str
    status: Literal["accepted", "duplicate", "quarantined", "refused"]
    reason: str = ""
    seq: int | None = None
    received_at: int | None = None
    number: str | None = None


class PushAnswer(Message, frozen=True):
    """Verdicts by hash; a frame without one was not taken and is to be sent again.

    `expected` per writer (status 409): the own sequence the hub goes on with, after a gap or
    where a unit was not complete.
    """

    verdicts: tuple[Verdict, ...] = ()
    expected: dict[str, int] = {}


CLAIM_GONE_MS: Final = 90_000
"""A seat that has not told its claims again for so long counts as dead; it does every 30 s."""


class Claim(Message, frozen=True):
    """Somebody has this incident open; `at` is the seat's last heartbeat, by the hub's clock."""

    incident: str
    account: str
    site: str
    at: int


class Pull(Message, frozen=True):
    """POST /v1/pull: long poll, at most `wait` seconds. `sight`: what the last page said.

    `witnessed`: the number of the last checkpoint kept here; None asks for none. `floors`, of a
    city site: what ended at or below a town's number here is not kept here.
    """

    cursors: dict[str, int]
    wait: int = WAIT_S
    limit: int = 500
    digest: bool = False
    witnessed: int | None = None
    sight: str = ""
    floors: dict[str, int] = {}


class TownPage(Message, frozen=True):
    """One town's part of a pull: entries in order of number, and always the next cursor.

    `left` names the subjects that have gone out of the reader's scope within this page. `sight`
    is the hub's own word for that scope, to be given back with the next question.
    `checkpoints` lie between the last one witnessed and `next`, oldest first.
    """

    entries: tuple[Frame | Gap, ...]
    next: int
    chain: str
    more: bool
    backfill: tuple[Backfill, ...] = ()
    left: tuple[str, ...] = ()
    keys: tuple[Secret, ...] = ()
    digest: str | None = None
    digest_seq: int | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    sight: str = ""


class PullAnswer(Message, frozen=True):
    """What came; `tables` are the ETags of the reference tables as they stand."""

    towns: dict[str, TownPage]
    server_time: int
    claims: tuple[Claim, ...] = ()
    tables: dict[str, str] = {}


class OlderPage(Message, frozen=True):
    """Of a town, subjects whole that a city site does not keep; `next` goes on after the last."""

    parts: tuple[Backfill, ...] = ()
    keys: tuple[Secret, ...] = ()
    next: str = ""
    more: bool = False


class Fix(Message, frozen=True):
    """Where a worker was: CGCS2000 degrees, accuracy in metres, heading in degrees."""

    worker: str
    lon: float
    lat: float
    at: int
    accuracy: float = 0.0
    heading: float | None = None


class Enrol(Message, frozen=True):
    """POST /v1/enrol with a one-time code."""

    code: str
    pubkey: bytes
    inc: str
    inc_pubkey: bytes
    name: str = ""


class Certificate(Message, frozen=True):
    """What binds a site to its place; signed by the hub over its JSON bytes."""

    site: str
    scope: str
    level: str
    letter: str
    town: str
    pubkey: bytes
    expires_at: int


class Enrolled(Message, frozen=True):
    """The answer to an enrolment: `certificate` is JSON text, `sig` the hub's over its hash."""

    certificate: str
    sig: bytes
    hub_key: bytes
    token: str
    timeline: str


def event_hash(frame: Frame) -> str:
    """Return the hash of a frame's event."""
    return hashlib.sha256(frame.event.encode()).hexdigest()


def table_digest(name: str, body: str) -> bytes:
    """Return what the hub signs of a table; its hex is the table's ETag."""
    return hashlib.sha256(f"{name}\n{body}".encode()).digest()


def certificate_digest(certificate: str) -> bytes:
    """Return what the hub signs of a certificate's JSON text."""
    return hashlib.sha256(f"certificate\n{certificate}".encode()).digest()


def checkpoint_digest(town: str, seq: int, chain: str, at: int) -> bytes:
    """Return what the hub signs of a checkpoint."""
    return hashlib.sha256(f"checkpoint\n{town}:{seq}:{chain}:{at}".encode()).digest()


class Fixes(Message, frozen=True):
    """POST /v1/positions, and the answer to GET: `next` is the place to go on from."""

    fixes: tuple[Fix, ...]
    next: int = 0


class Claims(Message, frozen=True):
    """POST /v1/claims: the incidents that this site has open now, and by whom.

    `over` are claims of dead seats that were taken over here: the hub forgets them.
    """

    claims: tuple[Claim, ...]
    over: tuple[Claim, ...] = ()


class Problem(Message, frozen=True):
    """Any refusal: one code, one line of words."""

    code: str
    detail: str = ""


ready(Message, *Message.__subclasses__())

M = TypeVar("M", bound=Message)


def encode(message: Message, *, packed: bool) -> bytes:
    """Return the JSON bytes of a message, compressed with zstd when `packed`."""
    raw = msgspec.json.encode(message)
    return zstandard.ZstdCompressor(level=3).compress(raw) if packed else raw


def decode(
    raw: bytes, kind: type[M], where: str, *, packed: bool = False, most: int = PAGE_BYTES
) -> M:
    """Read a message; cut, oversized or misshapen bytes are a BadInput at `where`.

    `most`: how many bytes it may have unpacked.
    """
    try:
        if packed:
            raw = _unpack(raw, where, most)
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, zstandard.ZstdError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(where, str(error)[:200]) from None


def _unpack(raw: bytes, where: str, most: int) -> bytes:
    """Decompress at most so much, in so much memory, whatever the frame header promises."""
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(raw)
    plain = reader.read(most + 1)
    if len(plain) > most:
        raise BadInput(where, f"解压后超过 {most} 字节")
    return plain
