"""Asking the hub for its receipt, checking it, keeping it."""

from __future__ import annotations

import logging

import msgspec

from dispatch.domain.errors import Offline
from dispatch.store.reader import Reader
from dispatch.store.standing import RECEIPT, agrees, last_statement, question
from dispatch.sync.answers import ask, parsed
from dispatch.sync.ops import Answer, Read, Steps, Trouble, Write
from dispatch.wire.receipt import Receipt, ReceiptAsk, Statement, statement_of

log = logging.getLogger(__name__)

PATH = "/v1/receipt"


class Receipting:
    """When a receipt is asked for: on wish and with every session; both ends fold for it.

    A hub that cannot sign holds up nothing: the figures go on without it.
    """

    def __init__(self, town: str, hub_key: bytes) -> None:
        self._town = town
        self._hub_key = hub_key
        self._wanted = True

    def want(self) -> None:
        """Ask for one at the next turn of the lane, whatever has changed. From any thread."""
        self._wanted = True

    def send(self) -> Steps:
        """Ask for one if it is wanted."""
        if self._wanted:
            yield from self.now(anyway=True)

    def now(self, *, anyway: bool) -> Steps:
        """Ask for one now; without `anyway` only if the last one is of something else."""
        self._wanted = False
        try:
            yield from fetch_receipt(self._town, self._hub_key, anyway=anyway)
        except Offline:
            self._wanted = True
            raise
        except Trouble as error:
            log.info("no receipt: %s", error.code)


def fetch_receipt(town: str, hub_key: bytes, *, anyway: bool = True) -> Steps:
    """Ask for a receipt of what is here now; one that is not the hub's, or not of us, is Trouble.

    Without `anyway` only if the last one is of something else. A hub that knows no receipts yet
    is passed over.
    """

    def marks(reader: Reader) -> tuple[ReceiptAsk, Statement | None]:
        return question(reader, town), last_statement(reader)

    asked, last = yield Read(marks)
    if not (asked.writers or asked.seq):
        return
    if not anyway and last is not None and last.equal and _answers(last, asked):
        return
    answer: Answer = yield ask(PATH, asked)
    if answer.status == 404:
        return
    receipt = parsed(answer, Receipt, PATH)
    said = statement_of(receipt, hub_key, PATH)
    if not _answers(said, asked):
        raise Trouble("unreadable", "回执答的不是所问")
    if not (yield Read(lambda reader: agrees(reader, said))):
        raise Trouble("chain_differs", f"回执 {town}: 市级中心所持与本机事件不同")
    text = msgspec.json.encode(receipt).decode()
    yield Write(lambda log: log.set_fact(RECEIPT, text))


def _answers(said: Statement, asked: ReceiptAsk) -> bool:
    made = {each.inc: each.sseq for each in asked.writers}
    told = {each.inc: each.made for each in said.writers}
    place = (asked.town, asked.seq, asked.chain, asked.digest)
    return made == told and (said.town, said.seq, said.chain, said.asked_digest) == place
