"""Lines that cut, proxies that lie, processes that are killed: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Offline
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.sync import driver
from dispatch.sync.enrol import enrol
from dispatch.sync.link import HubLink, checked_url
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.sync.photos import PIECE
from dispatch.wire.keys import Signer
from tests.given import TOWN
from tests.hub.serving import served
from tests.sync.conftest import Making
from tests.sync.own_ca import own_ca
from tests.sync.proxy import Mood, Proxy
from tests.sync.stations import PNG, Station, given_station


@pytest.fixture
def proxy(url: str) -> Iterator[Proxy]:
    """A proxy before the hub."""
    made = Proxy(int(url.rpartition(":")[2]))
    yield made
    made.close()


def _through(station: Station, proxy: Proxy) -> Station:
    link = HubLink(proxy.url, station.link.token, station.link.hub_key)
    return Station(station.store, link, station.now)


@pytest.mark.expects_log("Failed to parse headers")
def test_an_answer_cut_at_any_byte_loses_and_doubles_nothing(
    hub: Hub, station: Making, proxy: Proxy
) -> None:
    one, two = station("a"), station("b")
    cut = _through(one, proxy)
    failures = 0
    for bytes_ in range(0, 1500, 60):
        cut.filed()
        proxy.mood = Mood(cut_after=bytes_)
        try:
            cut.sync()
        except (Offline, Trouble):
            failures += 1
        proxy.mood = Mood()

    cut.sync()
    two.sync()

    assert failures > 10
    assert cut.status().made_here == cut.status().on_hub == 50
    assert 50 == check_town(hub, TOWN).seq
    assert cut.status().digest == two.status().digest == two.status().hub_digest


@pytest.mark.parametrize(
    "mood", [Mood(refuse=True), Mood(html=True), Mood(garble=True), Mood(cut_after=3)]
)
def test_a_liar_in_between_marks_nothing_as_sent(station: Making, proxy: Proxy, mood: Mood) -> None:
    one = _through(station("a"), proxy)
    one.filed()
    proxy.mood = mood

    with pytest.raises((Offline, Trouble)):
        one.sync()

    assert (2, 0) == (one.status().unsent, one.status().on_hub)
    proxy.mood = Mood()
    assert 2 == one.sync().pushed


def test_a_line_that_swallows_everything_is_given_up(
    station: Making, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "READ_S", 0.5)
    one = _through(station("a"), proxy)
    one.filed()
    proxy.mood = Mood(swallow=True)

    with pytest.raises(Offline):
        one.sync()

    assert 2 == one.status().unsent


def test_a_push_whose_answer_was_lost_is_a_duplicate(
    hub: Hub, station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = station("a")
    one.filed()
    real = driver.Line.ask

    def lossy(line: driver.Line, ask: Ask) -> Answer:
        answer = real(line, ask)
        if ask.path == "/v1/events":
            raise Offline("lost after the commit")
        return answer

    monkeypatch.setattr(driver.Line, "ask", lossy)
    with pytest.raises(Offline):
        one.sync()
    monkeypatch.undo()
    assert 2 == check_town(hub, TOWN).seq

    one.sync()

    assert 2 == check_town(hub, TOWN).seq
    assert (0, 2) == (one.status().unsent, one.status().on_hub)


class TestKilled:
    """SIGKILL, at random moments."""

    _CHILD = """
import sys, json
from pathlib import Path
from dispatch.store.site import SiteStore
from dispatch.store.identity import SiteIdentity
from dispatch.sync.link import HubLink
from dispatch.sync.once import sync_once
from dispatch.wire.keys import Signer
given = json.loads(sys.argv[1])
of = given["identity"]
identity = SiteIdentity(*of[:-1], Signer.of(bytes.fromhex(of[-1])))
store = SiteStore.open(Path(given["folder"]), identity)
link = HubLink(given["url"], given["token"], bytes.fromhex(given["hub_key"]))
print("begun", flush=True)
while True:
    sync_once(store, link)
"""

    @pytest.mark.parametrize("kills", [2, pytest.param(6, marks=pytest.mark.long)])
    def test_a_site_killed_in_mid_sync_goes_on_where_it_was(
        self, hub: Hub, station: Making, url: str, tmp_path: Path, kills: int
    ) -> None:
        two = station("b")
        identity, link = _enrolled(hub, url)
        rng = random.Random(7)
        words = _words(identity, link, tmp_path / "killed")
        made = 0
        for _ in range(kills):
            with closing(SiteStore.open(tmp_path / "killed", identity)) as store:
                site = Station(store, link)
                if not made:
                    site.sync()
                for _ in range(15):
                    site.filed()
                    made += 2
                two.filed()
                two.sync()
            child = subprocess.Popen(
                [sys.executable, "-c", self._CHILD, words], stdout=subprocess.PIPE
            )
            assert child.stdout is not None
            assert b"begun\n" == child.stdout.readline()
            time.sleep(rng.uniform(0, 0.25))
            child.kill()
            child.communicate()
        with closing(SiteStore.open(tmp_path / "killed", identity)) as store:
            site = Station(store, link)
            site.sync()
            two.sync()
            told = site.status()

            assert (made, made, 0) == (told.made_here, told.on_hub, told.unsent)
            assert told.digest == told.hub_digest == two.status().digest
        assert made + 2 * kills == check_town(hub, TOWN).seq

    @pytest.mark.parametrize("kills", [2, pytest.param(5, marks=pytest.mark.long)])
    def test_a_hub_killed_in_mid_push_has_all_it_answered_for(
        self, tmp_path: Path, kills: int
    ) -> None:
        from console.hub import hub_enrol, hub_init, hub_verify

        db = f"sqlite:///{tmp_path / 'hub.db'}"
        hub_init(db)
        process, url = _serve(db, "127.0.0.1:0")
        done = enrol(url, hub_enrol(db, TOWN))
        of = done.certificate
        identity = SiteIdentity(of.site, of.town, of.scope, of.letter, done.inc, done.signer)
        rng = random.Random(11)
        with closing(SiteStore.open(tmp_path / "a", identity)) as store:
            site = Station(store, done.link)
            site.sync()
            for _ in range(kills):
                for _ in range(40):
                    site.report(grid=None, village="441900106201")
                killer = subprocess.Popen(
                    ["sh", "-c", f"sleep {rng.uniform(0.02, 0.2)}; kill -9 {process.pid}"]
                )
                with suppress(Offline, Trouble):
                    site.sync()
                killer.wait()
                process.wait()
                process, url = _serve(db, url.removeprefix("http://"))
            site.sync()
            told = site.status()
        process.send_signal(signal.SIGTERM)
        process.wait()

        made = 40 * kills
        assert (made, made, 0) == (told.made_here, told.on_hub, told.unsent)
        assert told.digest == told.hub_digest
        found = hub_verify(db)
        assert "" == found["damage"]
        assert {TOWN: {"seq": made, "subjects": made}} == found["towns"]


def _enrolled(hub: Hub, url: str) -> tuple[SiteIdentity, HubLink]:
    done = enrol(url, hub.sites.code(TOWN, ""))
    of = done.certificate
    return SiteIdentity(of.site, of.town, of.scope, of.letter, done.inc, done.signer), done.link


def _words(identity: SiteIdentity, link: HubLink, folder: Path) -> str:
    of = [identity.site, identity.town, identity.scope, identity.letter, identity.inc]
    return json.dumps(
        {
            "identity": [*of, identity.signer.private.hex()],
            "folder": str(folder),
            "url": link.url,
            "token": link.token,
            "hub_key": link.hub_key.hex(),
        }
    )


def _serve(db: str, listen: str) -> tuple[subprocess.Popen[bytes], str]:
    program = "import sys; from console.hub import hub_serve; hub_serve(*sys.argv[1:3])"
    process = subprocess.Popen(
        [sys.executable, "-c", program, db, listen],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    process.stdout.close()
    return process, json.loads(line)["serving"]


class TestTls:
    """https with a CA of our own."""

    def test_a_hub_with_its_own_ca_is_reached_and_a_stranger_is_not(
        self, hub: Hub, tmp_path: Path
    ) -> None:
        ca, tls = own_ca(tmp_path)
        with served(hub, tls) as url:
            station = given_station(hub, url, tmp_path / "a", TOWN, ca)
            with closing(station.store):
                station.sync()
                station.filed()
                assert 2 == station.sync().pushed
                bare = HubLink(url, station.link.token, station.link.hub_key)
                stranger = Station(station.store, bare)
                with pytest.raises(Offline):
                    stranger.sync()


class TestEnrolment:
    def test_a_wrong_code_and_a_wrong_address_are_bad_input(self, url: str) -> None:
        with pytest.raises(BadInput, match="--code"):
            enrol(url, "AAAA-BBBB")
        for bad in ("hub", "ftp://x", "http://x/y", ""):
            with pytest.raises(BadInput, match="--hub"):
                checked_url(bad)

    def test_a_hub_that_is_not_there_is_offline(self) -> None:
        with pytest.raises(Offline):
            enrol("http://127.0.0.1:9", "AAAA")

    def test_another_hubs_key_is_not_taken(self, station: Making) -> None:
        one = station("a")
        stranger = HubLink(one.link.url, one.link.token, Signer.new().public)

        with pytest.raises(Trouble, match="hub_key"):
            Station(one.store, stranger).sync()


def test_wrong_bytes_under_a_photos_name_are_not_kept(hub: Hub, station: Making) -> None:
    one, two = station("a"), station("b")
    name = one.store.photos.add(PNG)
    one.report(photos=(name,))
    one.sync()
    path = hub.office.photos / name[:2] / name
    path.write_bytes(PNG + b"altered")

    with pytest.raises(Trouble, match="wrong_photo"):
        two.sync()

    assert not two.store.photos.has(name)
    path.unlink()
    two.sync()
    assert 1 == len(two.store.read(lambda reader: reader.blobs("wanted")).result())


def test_acts_go_on_while_the_hub_is_away(station: Making, proxy: Proxy) -> None:
    one = _through(station("a"), proxy)
    proxy.mood = Mood(refuse=True)
    id_ = one.filed()
    with pytest.raises(Offline):
        one.sync()

    one.act(Verb.DISPATCH, id_, unit="消防")

    assert "sent" == one.seen(id_).state


def test_a_photo_comes_over_a_line_that_never_carries_a_whole_piece(
    station: Making, proxy: Proxy
) -> None:
    """Fault 23, the way down: whatever came of a piece stays, so that it ends at any line."""
    content = PNG + bytes(range(256)) * 1200
    one, two = station("a"), _through(station("b"), proxy)
    name = one.store.photos.add(content)
    one.report(photos=(name,))
    one.sync()
    proxy.mood = Mood(cut_after=70_000)
    assert 70_000 < PIECE < len(content)

    for _ in range(10):
        with suppress(Offline):
            two.sync()

    assert content == two.store.photos.read(name)
    assert 0 == two.store.coming.size(name)
