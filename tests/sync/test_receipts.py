"""The receipt: counted here, signed by the hub, checked without it, and never believed blindly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console import settings
from console.cli import main
from console.settings import Settings
from dispatch.desk.desk import Desk
from dispatch.desk.views_receipt import ReceiptView
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Offline
from dispatch.hub.hub import Hub
from dispatch.store.standing import RECEIPT, last_receipt
from dispatch.sync import receipts
from dispatch.sync.once import receipt_once
from dispatch.sync.ops import Trouble
from dispatch.wire.keys import Signer
from dispatch.wire.receipt import Made, Receipt, ReceiptAsk, statement_of
from tests.given import START, TOWN, VILLAGE
from tests.hub.office import given_seat
from tests.hub.serving import Door
from tests.sync.conftest import Making
from tests.sync.stations import Station


def page(site: Station) -> ReceiptView:
    """Return what the window shows."""
    return Desk(site.store, lambda: START).receipts.view().result()


def kept(site: Station) -> Receipt:
    """Return the receipt that lies at the site."""
    found = site.store.read(last_receipt).result()
    assert found is not None
    return found


def test_what_was_made_is_what_the_hub_signs(hub: Hub, station: Making) -> None:
    site = station("v", VILLAGE)
    site.act(Verb.ASK_VOID, site.filed(), reason="slip")
    before = page(site)
    assert (3, 0, 3, None) == (before.made, before.on_hub, before.waiting, before.signed)

    site.sync()

    now = page(site)
    assert (3, 3, 1, 0, True) == (now.made, now.on_hub, now.quarantined, now.waiting, now.equal)
    assert now.signed is not None
    signed = (now.signed.made, now.signed.held, now.signed.quarantined, now.signed.seq)
    assert (3, 3, 1, 3) == signed
    assert (True, True, hub.office.clock()) == (now.signed.equal, now.signed.stands, now.signed.at)


def test_one_that_is_older_than_the_last_act_says_so(station: Making) -> None:
    site = station("a")
    site.filed()
    site.sync()
    first = kept(site)
    site.report()
    now = page(site)
    assert (3, 2, 1) == (now.made, now.on_hub, now.waiting)
    assert now.signed is not None
    assert (2, False) == (now.signed.made, now.signed.stands)
    site.sync()
    assert first != kept(site)


def test_it_is_proven_without_the_hub_and_not_when_altered(hub: Hub, station: Making) -> None:
    site = station("a")
    site.filed()
    receipt_once(site.store, site.link)
    receipt, key = kept(site), hub.office.keys.signer.public

    assert (2, 2) == (statement_of(receipt, key, "f").made, statement_of(receipt, key, "f").held)
    better = msgspec.structs.replace(receipt, body=receipt.body.replace('"made":2', '"made":9'))
    for wrong, by in ((better, key), (receipt, Signer.new().public)):
        with pytest.raises(BadInput):
            statement_of(wrong, by, "f")


def test_nobody_is_signed_what_is_not_so(hub: Hub, station: Making, url: str) -> None:
    site = station("a")
    site.filed()
    site.sync()
    good = ReceiptAsk(TOWN, (), 0, "0" * 64, "")
    marks = site.store.read(lambda reader: (reader.writers(), reader.cursor(TOWN))).result()
    (mark,), cursor = marks
    other = given_seat(hub, "B")

    def ask(token: str, **changes: Any) -> tuple[int, str]:
        body = msgspec.json.encode(msgspec.structs.replace(good, **changes))
        headers = {"Authorization": f"Bearer {token}"}
        answer = Door(url).post("/v1/receipt", headers=headers, content=body)
        return answer.status_code, json.loads(answer.content).get("code", "")

    mine = Made(mark.inc, mark.sseq, mark.hash)
    right = {"seq": cursor.seq, "chain": cursor.chain}
    token = site.link.token
    assert (200, "") == ask(token, writers=(mine,), **right)
    forked = msgspec.structs.replace(mine, hash="f" * 64)
    assert (409, "receipt_differs") == ask(token, writers=(forked,), **right)
    assert (409, "receipt_differs") == ask(token, **(right | {"chain": "f" * 64}))
    assert (409, "receipt_differs") == ask(token, seq=99, chain="f" * 64)
    assert (403, "writer") == ask(other.token, writers=(mine,), **right)
    assert (400, "bad_input") == ask(token, writers=(mine, mine), **right)
    assert (400, "bad_input") == ask(token, seq=-1, chain="")
    assert (403, "out_of_scope") == ask(token, town="441900003")
    assert (401, "unauthorized") == ask("x")


def test_an_answer_to_another_question_is_not_kept(
    station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receipt that was signed before is the hub's own, and yet no answer to what is asked."""
    site = station("a")
    site.filed()
    site.sync()
    old = kept(site)
    site.report()
    monkeypatch.setattr(receipts, "parsed", lambda *_: old)
    with pytest.raises(Trouble):
        receipt_once(site.store, site.link)
    assert old == kept(site)


def test_without_the_hub_the_last_one_is_shown(station: Making) -> None:
    site = station("a")
    site.filed()
    site.sync()
    away = replace(site.link, url="http://127.0.0.1:9")
    with pytest.raises(Offline):
        receipt_once(site.store, away)
    assert page(site).signed is not None


def test_one_that_was_damaged_at_the_site_is_none(station: Making) -> None:
    site = station("a")
    site.filed()
    site.sync()
    receipt = kept(site)
    bad = msgspec.json.encode(msgspec.structs.replace(receipt, body="{}")).decode()
    site.store.write(lambda log: log.set_fact(RECEIPT, bad)).result()
    assert page(site).signed is None
    with pytest.raises(BadInput):
        Desk(site.store, lambda: START).receipts.export(site.store.folder).result()


def test_by_the_command_line(
    hub: Hub, station: Making, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = station("a")
    site.filed()
    known = Settings(
        site.store.folder,
        site.store.identity,
        "town",
        site.link.url,
        site.link.hub_key,
        site.link.token,
        "",
    )
    settings.write(known)
    site.store.close()
    folder, out = str(site.store.folder), tmp_path / "out"

    assert 0 == main(["sync", "receipt", "--site", folder, "--out", str(out), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (2, 2, True) == (told["made_here"], told["on_hub"], told["receipt"]["stands"])
    file = told["file"]
    key = hub.office.keys.signer.public.hex()
    for whose in (["--site", folder], ["--hub-key", key]):
        assert 0 == main(["sync", "check-receipt", file, *whose, "--json"])
        said = json.loads(capsys.readouterr().out)
        assert (2, 2, True) == (said["made"], said["held"], said["equal"])

    assert 0 == main(["sync", "status", "--site", folder])
    words = capsys.readouterr().out
    assert "本机产生 2" in words
    assert "摘要一致" in words
    text = Path(file).read_text(encoding="utf-8")
    Path(file).write_text(text.replace('\\"made\\":2', '\\"made\\":3'), encoding="utf-8")
    for line in (
        [file, "--hub-key", key],
        [file, "--hub-key", "00"],
        [str(tmp_path), "--hub-key", key],
        [str(tmp_path / "none"), "--hub-key", key],
    ):
        assert 2 == main(["sync", "check-receipt", *line])
        assert 1 == len(capsys.readouterr().err.strip().splitlines())
    settings.write(replace(known, hub="http://127.0.0.1:9"))
    assert 3 == main(["sync", "receipt", "--site", folder])
    told = capsys.readouterr()
    assert "上次会签" in told.err
    assert "会签于" in told.out
