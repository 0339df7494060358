"""The receipt: what the hub says, signed, that it holds of a site; verifiable without the hub."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from dispatch.domain.errors import BadInput
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import Message
from dispatch.wire.ready import ready

MARKS: Final = 200
"""Incarnations in one receipt at most."""


class Made(Message, frozen=True):
    """One incarnation's last event as the site has it; `hash` of the event at `sseq`."""

    inc: str
    sseq: int
    hash: str


class ReceiptAsk(Message, frozen=True):
    """POST /v1/receipt: what the site has; `digest` of its confirmed facts at number `seq`."""

    town: str
    writers: tuple[Made, ...]
    seq: int
    chain: str
    digest: str


class Held(Message, frozen=True):
    """One incarnation at the hub: `sseq` events without a hole, the hash of the last of them.

    `made`: how many the site said it had made. `quarantined` of those at the hub are folded by
    nobody.
    """

    inc: str
    made: int
    sseq: int
    hash: str
    quarantined: int


class Statement(Message, frozen=True):
    """What the hub signs. `at`: UTC ms by its clock. `digest`: "" when not compared.

    The chain is the one that both have at town number `seq`. The digest is the hub's own for
    the site's scope, given only where the hub stands at that number too.
    """

    timeline: str
    site: str
    scope: str
    town: str
    at: int
    writers: tuple[Held, ...]
    seq: int
    chain: str
    digest: str
    asked_digest: str

    @property
    def made(self) -> int:
        """Events that the site had made."""
        return sum(each.made for each in self.writers)

    @property
    def held(self) -> int:
        """Events of the site that the hub holds."""
        return sum(each.sseq for each in self.writers)

    @property
    def quarantined(self) -> int:
        """Those of them in quarantine."""
        return sum(each.quarantined for each in self.writers)

    @property
    def equal(self) -> bool | None:
        """Whether the digests were equal; None when they were not compared."""
        return self.digest == self.asked_digest if self.digest else None


class Receipt(Message, frozen=True):
    """The answer, and the file: `body` is the JSON text of a Statement, `sig` the hub's.

    `hub_key` is for whoever looks which hub it was; who checks it brings the key he trusts.
    """

    body: str
    sig: bytes
    hub_key: bytes


ready(ReceiptAsk, Statement, Receipt)


def receipt_digest(body: str) -> bytes:
    """Return what the hub signs of a receipt."""
    return hashlib.sha256(f"receipt\n{body}".encode()).digest()


def read_receipt(raw: bytes, where: str) -> Receipt:
    """Read a receipt's file; what is none is a BadInput."""
    try:
        return msgspec.json.decode(raw, type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(where, f"不是回执：{str(error)[:120]}") from None


def statement_of(receipt: Receipt, hub_key: bytes, where: str) -> Statement:
    """Return what a receipt says; one that this hub has not signed is a BadInput."""
    if not signed_by(hub_key, receipt_digest(receipt.body), receipt.sig):
        raise BadInput(where, "不是这个市级中心签的，或内容已改动")
    try:
        return msgspec.json.decode(receipt.body, type=Statement)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(where, f"回执无法读取：{str(error)[:120]}") from None
