"""Single signatures at a site: keys from the hub, a check in the background, a forgery found."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import BadInput, Damage
from dispatch.hub.hub import Hub
from dispatch.store import signatures
from dispatch.store.signatures import WrongSignature, check, wrong_signatures
from dispatch.store.verify import verify
from dispatch.store.writers import note, wanted
from dispatch.sync.driver import Line
from dispatch.sync.ops import Ask, Read, Trouble, Write
from dispatch.sync.writers import fetch_writers
from dispatch.wire.chain import START as CHAIN_START
from dispatch.wire.chain import chain_input, link
from dispatch.wire.writers import Registered, parse_writers, write_writers
from tests.given import START, TOWN
from tests.sync.stations import Station

Making = Callable[..., Station]


def forge(database: Path, seq: int) -> str:
    """Put another word into an event's bytes in the hub's database; hash and chain fit again.

    Return the forged event's hash.
    """
    with closing(sqlite3.connect(database)) as hub, hub:
        (raw,) = hub.execute("SELECT bytes FROM event WHERE seq = ?", (seq,)).fetchone()
        forged = raw.replace(b'"actor":"', b'"actor":"x')
        assert raw != forged
        name = hashlib.sha256(forged).hexdigest()
        hub.execute("UPDATE event SET bytes = ?, hash = ? WHERE seq = ?", (forged, name, seq))
        hub.execute("UPDATE event_key SET hash = ? WHERE seq = ?", (name, seq))
        chain = CHAIN_START
        rows = hub.execute("SELECT seq, hash, received_at, number FROM event ORDER BY seq")
        for place, hash_, received_at, number in rows.fetchall():
            chain = link(chain, chain_input(hash_, place, received_at, number))
            hub.execute("UPDATE event SET chain = ? WHERE seq = ?", (chain, place))
        hub.execute("UPDATE head SET chain = ?", (chain,))
    return name


def found(site: Station) -> tuple[WrongSignature, ...]:
    return site.store.read(lambda reader: wrong_signatures(reader.connection)).result()


def checked(site: Station) -> int:
    """Check everything there is, as the background does, one batch after the other."""
    total = 0
    while done := check(site.store, START):
        total += done
    return total


def test_events_of_others_are_checked_with_the_hub_s_keys(
    station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "BATCH", 2)
    here, other = station("a"), station("b")
    for _ in range(3):
        other.filed()
    other.sync()
    here.report()
    here.sync()

    assert 7 == checked(here)
    assert 0 == check(here.store, START), "what was checked once is not checked again"
    here.report()
    assert 1 == checked(here)
    assert () == found(here)
    proven = verify(here.store.folder)
    assert (8, 0) == (proven.signatures, proven.unknown)


def test_a_forgery_whose_hash_and_chain_fit_is_found_at_the_site(
    station: Making, tmp_path: Path
) -> None:
    here, other = station("a"), station("b")
    for _ in range(3):
        other.report()
    other.sync()
    name = forge(tmp_path / "hub.db", seq=2)

    here.sync()

    assert 3 == checked(here)
    assert [(name, START)] == [(each.hash, each.since) for each in found(here)]
    assert "2 号）签名无效" in found(here)[0].where
    with pytest.raises(Damage, match="2 号）: 签名无效"):
        verify(here.store.folder)


def test_nothing_is_passed_over_while_a_key_is_wanted(station: Making) -> None:
    """A page came, its writer's key not yet: the check waits there and goes on later."""
    here, other = station("a"), station("b")
    here.report()
    other.report()
    other.sync()
    here.sync()
    here.store.write(lambda log: _forget_keys(log.connection)).result()

    assert 1 == check(here.store, START), "its own, before the other's"
    assert 1 == verify(here.store.folder).unknown
    here.sync()
    assert 1 == check(here.store, START)
    assert () == found(here)


def _forget_keys(connection: object) -> None:
    run = connection.exec_driver_sql  # type: ignore[attr-defined]
    run("DELETE FROM writer WHERE own = 0")


def test_a_writer_that_the_hub_does_not_know_is_told(station: Making, tmp_path: Path) -> None:
    here, other = station("a"), station("b")
    other.report()
    other.sync()
    with closing(sqlite3.connect(tmp_path / "hub.db")) as hub, hub:
        hub.execute("UPDATE writer SET inc = 'another' WHERE inc = ?", (other.store.identity.inc,))

    here.sync()

    assert 1 == checked(here)
    assert "不认识它的写者" in found(here)[0].where


def test_a_writer_whose_events_come_while_the_hub_is_asked_stays_wanted(station: Making) -> None:
    """Two lanes: the table was asked for before the page with the second writer came."""
    here, other = station("a"), station("b")
    other.sync()
    here.store.write(lambda log: note(log, TOWN, [other.store.identity.inc])).result()
    steps = fetch_writers(TOWN, here.link.hub_key)
    asked = next(steps)
    assert isinstance(asked, Read)
    request = steps.send(here.store.read(asked.job).result())
    assert isinstance(request, Ask)
    answer = Line(here.link).ask(request)
    here.store.write(lambda log: note(log, TOWN, ["later"])).result()

    keep = steps.send(answer)
    assert isinstance(keep, Write)
    here.store.write(keep.job).result()

    assert {TOWN: ("later",)} == here.store.read(lambda reader: wanted(reader.connection)).result()


def test_a_table_that_the_hub_did_not_sign_is_not_taken(
    station: Making, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = station("a"), station("b")
    other.report()
    other.sync()
    signer = hub.office.keys.signer

    class Forger:
        public = signer.public

        @staticmethod
        def sign(_digest: bytes) -> bytes:
            return bytes(64)

    monkeypatch.setattr(hub.office.keys, "signer", Forger)
    with pytest.raises(Trouble, match="表 writers"):
        here.sync()
    assert 0 == check(here.store, START)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("[]", "object"),
        (write_writers("441900107", ()), "441900107"),
        (write_writers(TOWN, [Registered("a", b"short")]), "32 字节"),
    ],
)
def test_a_misshapen_table_is_refused(body: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        parse_writers(body, TOWN)
