"""Files for a reader who has gone on meanwhile, and for processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.hub.hub import Hub
from dispatch.wire.boxes import private_twin, shut, twin_of, unshut
from dispatch.wire.keys import Signer
from tests.given import FIRE, GRID, NEXT_GRID, VILLAGE
from tests.sync.conftest import Making
from tests.sync.stations import Station
from tests.sync.test_bundles import answered, brought, equal, written


def a_day(seat: Station, rng: random.Random, ids: list[str]) -> None:
    """Something at the town's seat: reports here and there, moves between two villages."""
    match rng.randrange(4):
        case 0:
            ids.append(seat.report(grid=rng.choice((GRID, NEXT_GRID))))
        case 1 if ids:
            grid = rng.choice((GRID, NEXT_GRID))
            if seat.seen(id_ := rng.choice(ids)).grid != grid:
                seat.act(Verb.CORRECT, id_, grid=grid)
        case _ if ids:
            seat.act(Verb.NOTE, rng.choice(ids), text="演示")


@pytest.mark.parametrize(("seed", "steps"), [(1, 8), pytest.param(2, 40, marks=pytest.mark.long)])
def test_a_village_reads_files_in_part_and_out_of_order(
    hub: Hub, station: Making, seed: int, steps: int
) -> None:
    """Answers made at any time, taken in at any other, lines in between: nothing is lacking."""
    rng = random.Random(seed)
    seat, village = station("a"), station("v", VILLAGE)
    ids: list[str] = []
    files: list[bytes] = []
    asked = written(village)
    for _ in range(steps):
        for _ in range(rng.randrange(1, 4)):
            a_day(seat, rng, ids)
        seat.sync()
        match rng.randrange(5):
            case 0:
                village.report()
                asked = written(village)
            case 1 | 2:
                files.append(answered(hub, asked))
            case 3 if files:
                brought(village, rng.choice(files))
            case 4:
                village.sync()
        told = village.status()
        assert told.hub_digest in {None, told.digest}
    brought(village, answered(hub, written(village)))
    equal(hub, village, seat)


def test_a_file_from_beyond_is_refused(hub: Hub, station: Making) -> None:
    village, late = station("v", VILLAGE), station("w", VILLAGE)
    village.report()
    early = written(village)
    village.sync()
    village.report()
    answer = answered(hub, written(village))
    assert brought(village, answered(hub, early)).seq[1] == village.status().town_seq
    brought(village, answer)
    other = written(late)
    with pytest.raises(BadInput, match="是给站点"):
        brought(village, answered(hub, other))


KILLED = """
import sys
from pathlib import Path
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.sync.bundles import import_bundle
from dispatch.sync.link import HubLink
from dispatch.wire.keys import Signer
folder, file, site, town, scope, inc, private, key = sys.argv[1:]
identity = SiteIdentity(site, town, scope, "A", inc, Signer.of(bytes.fromhex(private)))
store = SiteStore.open(Path(folder), identity)
link = HubLink("http://nowhere", "", bytes.fromhex(key))
raw = Path(file).read_bytes()
print("ready", flush=True)
import_bundle(store, link, raw, file)
print("done", flush=True)
store.close()
"""


def importing(station: Station, file: str) -> Sequence[str]:
    who = station.store.identity
    given = [str(station.store.folder), file, who.site, who.town, who.scope, who.inc]
    given += [who.signer.private.hex(), station.link.hub_key.hex()]
    return [sys.executable, "-c", KILLED, *given]


@pytest.mark.long
def test_an_import_that_is_killed_is_begun_again(hub: Hub, station: Making) -> None:
    """By kill -9 at random moments, at the town's seat and at the village that gets the answer."""
    seat, village = station("a"), station("v", VILLAGE)
    village.sync()
    for number in range(60):
        id_ = seat.filed() if number % 3 else village.report()
        if number % 3:
            seat.act(Verb.DISPATCH, id_, unit=FIRE)
    out = village.store.folder / "out.zwb"
    out.write_bytes(written(village))
    back = village.store.folder / "back.zwb"
    seat.sync()
    back.write_bytes(answered(hub, out.read_bytes()))
    rng = random.Random(7)
    for each, file in ((seat, out), (village, back)):
        each.store.close()
        for _ in range(6):
            with subprocess.Popen(
                importing(each, str(file)), stdout=subprocess.PIPE, text=True
            ) as process:
                assert process.stdout is not None
                assert "ready\n" == process.stdout.readline()
                try:
                    process.wait(rng.random() * 0.2)
                except subprocess.TimeoutExpired:
                    os.kill(process.pid, signal.SIGKILL)
        done = subprocess.run(
            importing(each, str(file)), capture_output=True, text=True, check=True
        )
        assert "done" in done.stdout
        each.store = type(each.store).open(each.store.folder, each.store.identity)
    try:
        equal(hub, seat, village)
    finally:
        seat.store.close()
        village.store.close()


def test_a_box_opens_for_its_receiver_alone() -> None:
    one, two = Signer.new(), Signer.new()
    box = shut(one.public, b"k" * 32)
    assert b"k" * 32 == unshut(one.private, box)
    for private, bad in ((two.private, box), (one.private, box[:-1]), (one.private, b"")):
        with pytest.raises(BadInput):
            unshut(private, bad)
    for odd in (b"", bytes(31), (1).to_bytes(32, "little")):
        with pytest.raises(BadInput):
            shut(odd, b"k" * 32)


def test_both_halves_of_a_key_have_the_same_twin() -> None:
    """A known pair: libsodium's own test of crypto_sign_ed25519_pk_to_curve25519."""
    seed = bytes.fromhex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee")
    twin = private_twin(seed)
    assert isinstance(twin, X25519PrivateKey)
    raw = "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"
    assert raw == twin_of(Signer.of(seed).public).public_bytes_raw().hex()
    assert raw == twin.public_key().public_bytes_raw().hex()
