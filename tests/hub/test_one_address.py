"""Several real hub processes behind one address on one PostgreSQL, over real TLS."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import requests

from console.hub_socket import listening
from dispatch.domain.errors import BadInput
from dispatch.hub.hub import Hub, HubPlace
from dispatch.hub.places import system_clock
from dispatch.hub.verify import check_town
from dispatch.wire import protocol as wire
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Claim, Claims, CursorMark, encode
from tests.given import TOWN, given_filed
from tests.hub.cluster import cluster
from tests.hub.fleet import Fleet, fleet
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.traffic import Line, Poller, Pusher, going
from tests.sync.own_ca import own_ca
from tests.sync.stations import given_station, kept_going
from tests.sync.test_loop import soon


class City:
    """A hub of two processes; `hub` is one more, without doors, to look into the database."""

    def __init__(self, hub: Hub, processes: Fleet, ca: Path) -> None:
        self.hub = hub
        self.processes = processes
        self.ca = ca

    def post(self, seat: Seat, path: str, message: wire.Message) -> requests.Response:
        """Ask on a connection of its own, so that any process may get it."""
        headers = {"Authorization": f"Bearer {seat.token}"}
        body = encode(message, packed=False)
        url = self.processes.url + path
        return requests.post(url, data=body, headers=headers, timeout=60, verify=str(self.ca))

    def at_once(self, seat: Seat, path: str, message: wire.Message) -> list[requests.Response]:
        """Send one request four times at once."""
        together = threading.Barrier(4)

        def one(_: int) -> requests.Response:
            together.wait()
            return self.post(seat, path, message)

        with ThreadPoolExecutor(4) as threads:
            return list(threads.map(one, range(4)))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Two processes on one socket; each test enrols sites of its own."""
    folder = tmp_path_factory.mktemp("city")
    place = HubPlace(cluster().fresh(), folder / "hub.d")
    ca, tls = own_ca(folder)
    now = TestClock(system_clock())  # the processes have the machine's
    with closing(given_hub(place.url, place.folder, now)) as hub, fleet(place, tls) as two:
        yield City(hub, two, ca)


def test_fault_2_one_request_at_two_processes_at_once_is_one_row(city: City) -> None:
    seat = given_seat(city.hub)
    for _ in range(20):
        given_filed(seat.log)

    answers = city.at_once(seat, "/v1/events", wire.Push(seat.frames()))

    told = [
        msgspec.json.decode(each.content, type=wire.PushAnswer).verdicts
        for each in answers
        if each.status_code == 200
    ]
    assert {each.status_code for each in answers} <= {200, 429}
    assert 2 <= len(told), "two places a site at each process"
    states = sorted({each.status for each in verdicts} for verdicts in told)
    assert 1 == states.count({"accepted"})
    assert len(told) - 1 == states.count({"duplicate"})
    (numbers,) = {tuple(each.seq for each in verdicts) for verdicts in told}
    assert 40 == len(set(numbers))
    assert check_town(city.hub, TOWN).seq >= 40


def test_one_session_at_two_processes_at_once_registers_a_name_once(city: City) -> None:
    seat = given_seat(city.hub)
    for _ in range(5):
        new = wire.WriterMark(f"inc-{Signer.new().public.hex()[:20]}", Signer.new().public, 0, "")
        start = {TOWN: CursorMark(0, "0" * 64)}
        ask = wire.SessionAsk(wire.PROTOCOL, (new,), start, 0, "0.1")
        answers = city.at_once(seat, "/v1/session", ask)
        assert {each.status_code for each in answers} <= {200, 429}


def test_the_same_claims_at_two_processes_at_once_are_there_once(city: City) -> None:
    seat, other = given_seat(city.hub), given_seat(city.hub)
    said = Claims(tuple(Claim(f"{seat.site.id}-{n}", "wang", "", 0) for n in range(20)))
    for _ in range(5):
        answers = city.at_once(seat, "/v1/claims", said)
        assert {each.status_code for each in answers} <= {204, 429}

    told = city.post(other, "/v1/pull", wire.Pull({TOWN: 0}, 0))
    claims = msgspec.json.decode(told.content, type=wire.PullAnswer).claims
    assert 20 == len([each for each in claims if each.site == seat.site.id])


def test_one_code_at_two_processes_at_once_enrols_one_site(city: City) -> None:
    code = city.hub.sites.code(TOWN, "")
    key = Signer.new().public
    ask = wire.Enrol(code, key, f"inc-{key.hex()[:20]}", key)

    answers = city.at_once(given_seat(city.hub), "/v1/enrol", ask)

    assert [200, 403, 403, 403] == sorted(each.status_code for each in answers)


@pytest.mark.long
def test_rolling_restart_loses_nothing_doubles_nothing_and_answers_every_request(
    city: City, tmp_path: Path
) -> None:
    """Sites of the product and bare ones push and poll while each process is replaced."""
    ended = threading.Event()
    url = city.processes.url
    pushers = [Pusher(Line(url, city.ca, given_seat(city.hub)), ended) for _ in range(2)]
    pollers = [Poller(Line(url, city.ca, given_seat(city.hub)), ended) for _ in range(2)]
    one, two = (given_station(city.hub, url, tmp_path / each, TOWN, city.ca) for each in "ab")

    def acknowledged() -> int:
        return sum(len(each.acknowledged) for each in pushers)

    def more_than(count: int) -> Callable[[], bool]:
        return lambda: acknowledged() > count

    made: list[str] = []
    with closing(one.store), closing(two.store):
        with going([*pushers, *pollers], ended), kept_going(one), kept_going(two):
            soon(more_than(20), 120)
            codes = []
            for code in city.processes.restart_each():
                codes.append(code)
                made.append(one.filed())
                soon(more_than(acknowledged() + 20), 120)
            soon(lambda: one.status().unsent == 0, 120)
        for poller in pollers:
            while poller.round():
                pass
        for each in (one, two):
            each.sync()
        assert all(two.incident(each) is not None for each in made)
        assert one.status().digest == two.status().digest == two.status().hub_digest

    assert [-15, -15] == codes, "each ended by itself, asked to"
    lines = [*(each.line for each in pushers), *(each.line for each in pollers)]
    assert {200} == {tries[-1] for line in lines for tries in line.tries}
    on_hub = check_town(city.hub, TOWN).seq
    for poller in pollers:
        assert list(range(1, on_hub + 1)) == sorted(poller.got)
        assert on_hub == len(set(poller.got.values())), "nothing is there twice"
    for pusher in pushers:
        assert len(pusher.line.seat.log.kept) == len(pusher.acknowledged)
        for hash_, seq in pusher.acknowledged.items():
            assert hash_ == pollers[0].got[seq]


@pytest.mark.parametrize("text", ["fd:", "fd:x", "fd:-1", "fd:99999", "fd:3000"])
def test_a_socket_that_was_not_given_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput, match="--listen"):
        listening(text)


def test_a_socket_that_does_not_listen_is_bad_input_and_stays_open() -> None:
    with socket.socket() as bare, pytest.raises(BadInput, match="监听"):
        listening(f"fd:{bare.fileno()}")
    with socket.socket() as bare:
        with pytest.raises(BadInput, match="监听"):
            listening(f"fd:{bare.fileno()}")
        bare.bind(("127.0.0.1", 0))
