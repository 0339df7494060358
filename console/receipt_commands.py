"""`zhiwang sync receipt` and `sync check-receipt`: what the hub has signed of this site."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from console import settings, sites
from console.clock import clock
from console.opened import opened
from console.parser_words import line_of
from console.printing import note, out, put_now
from console.values import iso
from console.words import say
from dispatch.desk.views_receipt import ReceiptView
from dispatch.domain.errors import BadInput, Offline
from dispatch.store.site import SiteStore
from dispatch.wire.receipt import Statement, read_receipt, statement_of

Words = Any  # Any: argparse gives its subparsers action no public name
LARGEST = 1 << 20
_UNREACHED = 3


def add(verbs: Words) -> None:
    """Add both words to the sync group."""
    receipt = verbs.add_parser("receipt", help=say("市平台会签的回执", "the hub's receipt"))
    receipt.add_argument("--site", required=True, metavar="DIR", type=Path)
    receipt.add_argument("--out", metavar="DIR", type=Path)
    receipt.add_argument("--json", action="store_true")
    receipt.set_defaults(run=_receipt)
    check = verbs.add_parser("check-receipt", help=say("离线核对回执", "check a receipt offline"))
    check.add_argument("file", metavar="FILE", type=Path)
    whose = check.add_mutually_exclusive_group(required=True)
    # A group's options do not pass through the parser, which would look their line up.
    whose.add_argument("--site", metavar="DIR", type=Path, help=line_of("--site"))
    whose.add_argument(
        "--hub-key", metavar="HEX", help=say("市平台公钥", "the hub's public key in hex")
    )
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)


def _receipt(given: argparse.Namespace) -> int:
    from dispatch.sync.once import receipt_once

    unreached: Offline | None = None
    with opened(given.site) as desk:
        try:
            receipt_once(desk.site, sites.link_of(settings.read(given.site)))
        except Offline as error:
            unreached = error
        view = desk.receipts.view().result()
        told = record(view, clock()())
        if given.out is not None:  # before a word is said: there may be no receipt to write
            told["file"] = str(desk.receipts.export(given.out).result())
        if unreached is not None:
            note(
                say(
                    f"连不上市平台，以下为上次会签的：{unreached}",
                    f"the hub cannot be reached, this is the last receipt: {unreached}",
                )
            )
        if given.json:
            out(told, as_json=True)
        else:
            put(view, clock()())
    return 0 if unreached is None else _UNREACHED


def put(view: ReceiptView, now: int) -> None:
    """Print the page in words."""
    for line in page(view, now):
        put_now(line)


def seen(store: SiteStore) -> ReceiptView:
    """Return the page of a site whose store is open."""
    from dispatch.desk.desk import Desk

    return Desk(store, clock()).receipts.view().result()


def record(view: ReceiptView, now: int) -> dict[str, Any]:  # Any: JSON values
    """Return the page as JSON values, keys as in docs/cli.md."""
    signed = view.signed
    return {
        "made_here": view.made,
        "on_hub": view.on_hub,
        "quarantined": view.quarantined,
        "waiting": view.waiting,
        "refused": view.refused,
        "town_seq": view.seq,
        "equal": view.equal,
        "receipt": None
        if signed is None
        else {
            "at": iso(signed.at),
            "age_s": max(0, (now - signed.at) // 1000),
            "made": signed.made,
            "held": signed.held,
            "quarantined": signed.quarantined,
            "seq": signed.seq,
            "digest": signed.digest,
            "equal": signed.equal,
            "stands": signed.stands,
        },
    }


def page(view: ReceiptView, now: int) -> Iterator[str]:
    """Return the lines of the page."""
    held = say(f"（隔离 {view.quarantined}）", f" ({view.quarantined} quarantined)")
    held = held if view.quarantined else ""
    yield say(f"本机产生 {view.made}", f"made here {view.made}")
    yield say(f"市平台已收 {view.on_hub}{held}", f"on the hub {view.on_hub}{held}")
    yield say(f"待发 {view.waiting}", f"waiting {view.waiting}")
    if view.refused:
        yield say(f"拒收 {view.refused}", f"refused {view.refused}")
    yield say(
        f"摘要{_words()[view.equal]}，截至 {view.town}第 {view.seq} 号",
        f"digest {_words()[view.equal]} as of {view.town} number {view.seq}",
    )
    signed = view.signed
    if signed is None:
        yield say("市平台尚未会签", "not countersigned by the hub yet")
        return
    age = max(0, (now - signed.at) // 60_000)
    yield say(
        f"市平台会签于 {iso(signed.at)}（{age} 分钟前）：持有 {signed.held}/{signed.made} 条，"
        f"隔离 {signed.quarantined}，第 {signed.seq} 号，摘要{_words()[signed.equal]}",
        f"countersigned at {iso(signed.at)} ({age} minutes ago): holds {signed.held} of"
        f" {signed.made}, {signed.quarantined} quarantined, number {signed.seq},"
        f" digest {_words()[signed.equal]}",
    )


def _words() -> dict[bool | None, str]:
    """Return what is said of the digests."""
    return {
        None: say("未比对", "not compared"),
        True: say("一致", "equal"),
        False: say("不一致", "different"),
    }


def _check(given: argparse.Namespace) -> None:
    name = str(given.file)
    try:
        with given.file.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(name, error.strerror or say("打不开", "cannot be opened")) from None
    if len(raw) > LARGEST:
        raise BadInput(name, say("不是回执：文件过大", "no receipt: too large"))
    key = settings.read(given.site).hub_key if given.site else _key(given.hub_key)
    said = statement_of(read_receipt(raw, name), key, name)
    out(_told(said), as_json=given.json)


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32 or not text.isascii():
        raise BadInput("--hub-key", say("应为 64 位十六进制数", "expected 64 hex digits"))
    return key


def _told(said: Statement) -> dict[str, Any]:  # Any: JSON values
    return {
        "signed": True,
        "site": said.site,
        "scope": said.scope,
        "town": said.town,
        "at": iso(said.at),
        "timeline": said.timeline,
        "made": said.made,
        "held": said.held,
        "quarantined": said.quarantined,
        "seq": said.seq,
        "chain": said.chain,
        "digest": said.digest,
        "equal": said.equal,
        "writers": [
            {"inc": each.inc, "made": each.made, "held": each.sseq, "hash": each.hash}
            for each in said.writers
        ],
    }
