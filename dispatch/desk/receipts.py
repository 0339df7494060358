"""The receipt: what was made here, what the hub has signed that it holds, and its file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dispatch.desk.chaining import then
from dispatch.desk.reference import Reference
from dispatch.desk.views_receipt import ReceiptView, SignedView, WriterView
from dispatch.domain.calendar import local
from dispatch.domain.errors import BadInput
from dispatch.store.in_place import write_whole
from dispatch.store.paths import Ways, ways
from dispatch.store.reader import Reader
from dispatch.store.standing import last_receipt, last_statement, question, standing

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk
    from dispatch.wire.receipt import Receipt


def nobody() -> None:
    """Where there is no hub to ask."""


class ReceiptDesk:
    """The receipt's part of a desk. Safe from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._want: Callable[[], None] = nobody

    def tell(self, want: Callable[[], None]) -> None:
        """Have the hub asked by `want` from now on."""
        self._want = want

    def ask(self) -> None:
        """Have the hub sign anew; the site's next change of sync tells that it has come."""
        self._want()

    def view(self) -> Future[ReceiptView]:
        """Return how it stands here now, beside the last receipt."""
        town = self._desk.site.identity.town
        return self._desk.asked(lambda reader, tables: shown(reader, tables, town))

    def ways(self) -> Future[Ways]:
        """Return by which way the site exchanges now, and when each last led anywhere.

        A change of sync tells that it may be another; that a way was cut, the passing of time.
        """
        return self._desk.asked(lambda reader, _: ways(reader, self._desk.now()))

    def export(self, folder: Path) -> Future[Path]:
        """Write the last receipt into a folder as it was signed; BadInput when there is none."""
        return export(self._desk, folder)


def export(desk: Desk, folder: Path) -> Future[Path]:
    """Write the last receipt into a folder, as a file that shows by itself who signed it."""

    def found(reader: Reader, _tables: Reference) -> tuple[Receipt, int]:
        receipt, said = last_receipt(reader), last_statement(reader)
        if receipt is None or said is None:
            raise BadInput("回执", "还没有市级中心会签的回执，联网同步一次即有")
        return receipt, said.at

    def written(made: tuple[Receipt, int]) -> Path:
        receipt, at = made
        file = folder / f"receipt-{desk.site.identity.letter}-{local(at):%Y%m%d-%H%M%S}.json"
        try:
            write_whole(file, msgspec.json.encode(receipt))
        except OSError as error:
            raise BadInput(str(file), error.strerror or "不能写入") from None
        return file

    return then(desk.asked(found), written)


def shown(reader: Reader, tables: Reference, town: str) -> ReceiptView:
    """Return the page of a site."""
    now = standing(reader, town)
    equal = now.digest == now.hub_digest if now.hub_digest is not None else None
    return ReceiptView(
        town=tables.names.node(town) or town,
        made=now.made,
        on_hub=now.on_hub,
        quarantined=now.quarantined,
        waiting=now.waiting,
        refused=now.refused,
        seq=now.seq,
        equal=equal,
        digest=now.digest,
        contact=now.contact,
        signed=_signed(reader, town),
    )


def _signed(reader: Reader, town: str) -> SignedView | None:
    receipt, said = last_receipt(reader), last_statement(reader)
    if receipt is None or said is None:
        return None
    asked = question(reader, town)
    made = {each.inc: each.sseq for each in asked.writers}
    told = {each.inc: each.sseq for each in said.writers}
    return SignedView(
        at=said.at,
        made=said.made,
        held=said.held,
        quarantined=said.quarantined,
        seq=said.seq,
        digest=said.digest or said.asked_digest,
        equal=said.equal,
        stands=made == told and asked.seq == said.seq,
        sig=receipt.sig.hex(),
        timeline=said.timeline,
        writers=tuple(
            WriterView(each.inc, each.made, each.sseq, each.quarantined) for each in said.writers
        ),
    )
