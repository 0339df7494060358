"""A bundle: a push, or pages of a pull, as one file on a stick.

Magic, the head's length, the head (JSON), its signature, the body. The body is records as in a
snapshot, encrypted; its key lies in the head in a box for each receiver. Whoever finds the stick
reads the head: which site and town, how much, for whose keys. Frames in it are the signed bytes.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dispatch.domain.errors import BadInput
from dispatch.wire.boxes import shut, unshut
from dispatch.wire.keys import Signer, signed_by
from dispatch.wire.protocol import Message, Pull, SessionAsk, Table, Verdict, decode
from dispatch.wire.ready import ready
from dispatch.wire.snapshot import read_record, record

MAGIC: Final = b"zhiwang-bundle 1\n"
MOST: Final = 64 * 1024 * 1024
"""A file is no larger; what does not fit goes into the next one."""
FULL: Final = 48 * 1024 * 1024
"""A writer adds nothing more to a body of this size."""
_HEAD: Final = 256 * 1024
_SIG: Final = 64
_NONCE: Final = 12

Kind = Literal["to_hub", "to_site"]
M = TypeVar("M", bound=Message)


class Box(Message, frozen=True):
    """The body's key for one receiver, named by its public key (`boxes`)."""

    to: bytes
    box: bytes


class BundleHead(Message, frozen=True):
    """What stands on the file. `site`: who made it, or for whom the hub made it.

    `by`: the public key of the signer. `seq`: the town number up to which the reader, or the
    hub, had come. `at`: UTC ms. `events`: events in the body. `timeline`: the hub's life, empty
    where the site has never met it.
    """

    kind: Kind
    site: str
    town: str
    hub_key: bytes
    timeline: str
    by: bytes
    at: int
    seq: int
    events: int
    size: int
    sha256: str
    boxes: tuple[Box, ...]


class Asking(Message, frozen=True):
    """The first record to the hub: who writes, and from where the answer is to go on."""

    session: SessionAsk
    pull: Pull


class Giving(Message, frozen=True):
    """The first record to a site: where its pages begin, what was refused, who writes here.

    `sight` is what the site was asked with, `sight_after` what it has when all is in. `more`:
    the hub has more than went into the file.
    """

    since: int
    more: bool
    sight: str
    sight_after: str
    refused: tuple[Verdict, ...]
    writers: Table


ready(BundleHead, Asking, Giving)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file whose signature and hash are proved; `body` is still encrypted."""

    head: BundleHead
    body: bytes = field(repr=False)


def bundle_digest(head: bytes) -> bytes:
    """Return what is signed of a bundle: its head, which names the body's hash."""
    return hashlib.sha256(b"bundle\n" + head).digest()


def pack(
    head: BundleHead, messages: Iterable[Message], signer: Signer, receivers: Iterable[bytes]
) -> bytes:
    """Return the file. `head` comes without size, hash, signer and boxes."""
    key = AESGCM.generate_key(256)
    nonce = os.urandom(_NONCE)
    plain = b"".join(record(each) for each in messages)
    body = nonce + AESGCM(key).encrypt(nonce, plain, MAGIC)
    whole = msgspec.structs.replace(
        head,
        by=signer.public,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        boxes=tuple(Box(each, shut(each, key)) for each in sorted(set(receivers))),
    )
    raw = msgspec.json.encode(whole)
    sig = signer.sign(bundle_digest(raw))
    return MAGIC + len(raw).to_bytes(4) + raw + sig + body


def unpack(raw: bytes, where: str) -> Bundle:
    """Return a file taken apart; what is cut, altered or none of ours is a BadInput."""
    if not raw.startswith(MAGIC):
        raise BadInput(where, "不是智网调度台的交换文件，或版本比本程序新")
    begin = len(MAGIC) + 4
    length = int.from_bytes(raw[len(MAGIC) : begin])
    end = begin + length
    if not 0 < length <= _HEAD or len(raw) < end + _SIG:
        raise BadInput(where, "文件不完整：清单没有拷完或已改动")
    text, sig, body = raw[begin:end], raw[end : end + _SIG], raw[end + _SIG :]
    try:
        head = msgspec.json.decode(text, type=BundleHead)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadInput(where, "清单读不懂：没有拷完或已改动") from None
    if not signed_by(head.by, bundle_digest(text), sig):
        raise BadInput(where, "清单的签名不对，内容已改动")
    if len(body) < head.size:
        raise BadInput(where, f"文件不完整：应有 {head.size} 字节，只有 {len(body)} 字节")
    if len(body) != head.size or hashlib.sha256(body).hexdigest() != head.sha256:
        raise BadInput(where, "内容与清单的校验值不符，已改动")
    return Bundle(head, body)


def records(bundle: Bundle, signer: Signer, where: str) -> list[bytes]:
    """Return the body's packed messages, one at least; a body not for `signer` is a BadInput.

    Packed: unpacked at once they could be a hundred times the file.
    """
    box = next((each.box for each in bundle.head.boxes if each.to == signer.public), None)
    if box is None:
        raise BadInput(where, "不是给这里的：收件方中没有本机的密钥")
    try:
        plain = AESGCM(unshut(signer.private, box)).decrypt(
            bundle.body[:_NONCE], bundle.body[_NONCE:], MAGIC
        )
    except (InvalidTag, ValueError):
        raise BadInput(where, "内容打不开，已改动") from None
    file = io.BytesIO(plain)
    found: list[bytes] = []
    at = 0
    while (next_ := read_record(file, at)) is not None:
        packed, at = next_
        found.append(packed)
    if not found:
        raise BadInput(where, "内容是空的")
    return found


def each_of(packed: Iterable[bytes], kind: type[M], where: str) -> Iterator[M]:
    """Unpack messages one at a time; one that is none is a BadInput."""
    return (decode(each, kind, where, packed=True) for each in packed)
