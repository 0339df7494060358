"""A seat that is killed leaves a claim; another one takes it over, and everybody can read it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from dispatch.desk.claims import Held
from dispatch.desk.desk import Desk
from dispatch.desk.people import Person
from dispatch.domain.codes import Role
from dispatch.domain.errors import Refused
from dispatch.hub.hub import Hub
from dispatch.store.changes import Changes
from dispatch.sync.loop import SyncLoop
from dispatch.wire.protocol import CLAIM_GONE_MS, Claim
from tests.given import START, TOWN
from tests.hub.office import TestClock
from tests.sync.conftest import Making
from tests.sync.stations import Station


def soon(true: Callable[[], bool]) -> None:
    """Wait until something is true; the limit is for a machine that is busy, not a promise."""
    until = time.monotonic() + 40
    while not true():
        assert time.monotonic() < until, "did not happen"
        time.sleep(0.02)


@contextmanager
def seated(station: Station, clock: Callable[[], int]) -> Iterator[tuple[Desk, SyncLoop]]:
    """A desk at a station with its exchange going, as the window joins them."""
    desk = Desk(station.store, clock)
    desk.seat.person = Person("wang", (Role.CLERK,), TOWN, "", clock() + 10**9)
    loop = SyncLoop(station.store, station.link)
    desk.subscribe(loop.changed)
    loop.exchange.claiming.heard = desk.claims.hear
    desk.claims.tell(loop.claim)
    loop.start()
    try:
        yield desk, loop
    finally:
        loop.close()


def working(station: Station, incident: str) -> subprocess.Popen[str]:
    """A process that works on an incident at the station."""
    who, link = station.store.identity, station.link
    folder = station.store.folder
    station.store.close()
    command = [sys.executable, "-m", "tests.sync.claiming_child", str(folder)]
    command += [who.site, who.inc, who.signer.private.hex()]
    command += [link.url, link.token, link.hub_key.hex(), incident]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_what_a_killed_seat_had_open_is_taken_over(hub: Hub, station: Making) -> None:
    """By kill -9: it shows as worked on, then as dead; the take-over stands in the timeline."""
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    one, two, third = station("a"), station("b"), station("c")
    id_ = one.filed()
    one.sync()
    two.sync()
    with working(one, id_) as process, seated(two, clock) as (desk, _):
        assert process.stdout is not None
        assert "open\n" == process.stdout.readline()
        soon(lambda: [each.account for each in desk.claims.on(id_)] == ["li"])
        assert [False] == [each.gone for each in desk.pane(id_).result().claims]
        with pytest.raises(Refused, match="nothing_to_take"):
            desk.take_over(id_)
        process.send_signal(signal.SIGKILL)
        process.wait()

        clock.now += CLAIM_GONE_MS + 1
        third.report()
        third.sync()  # ends the long poll
        soon(lambda: [each.account for each in desk.claims.gone()] == ["li"])
        (line,) = [each for each in desk.exceptions().result() if each.kind == "seat_gone"]
        assert id_ == line.incident

        desk.take_over(id_).result()

        (note,) = [each for each in desk.pane(id_).result().timeline if "接手" in each.text]
        assert "li的席位自" in note.text
        assert "没有应答" in note.text
        assert () == desk.pane(id_).result().claims
        soon(lambda: two.status().unsent == 0)
        third.sync()
        assert "noted" == third.seen(id_).facts[-1].type
    heard: list[tuple[Claim, ...]] = []
    with seated(third, clock) as (_, loop):
        loop.exchange.claiming.heard = lambda claims, _now: heard.append(claims)
        two.report()
        two.sync()  # ends the long poll
        soon(lambda: bool(heard))
    assert () == heard[-1]


def held(gone: bool, at: int = START) -> Held:
    return Held("i", "li", "s2", at, gone)


def test_a_line_that_is_cut_makes_nobody_dead(station: Making) -> None:
    """What was alive when it was last heard is not known of any more; the dead stay dead."""
    clock = TestClock()
    desk = Desk(station("a").store, clock)
    alive, dead = Claim("i", "li", "s2", START), Claim("j", "zhao", "s3", START - 10**6)
    told: list[Changes] = []
    desk.claims.subscribe(told.append)
    desk.claims.hear((alive, dead), START)

    assert (held(gone=False),) == desk.claims.on("i")
    clock.now += 2 * CLAIM_GONE_MS
    assert () == desk.claims.on("i")
    assert ["zhao"] == [each.account for each in desk.claims.on("j")]
    assert [{"i", "j"}] == [set(each.incidents) for each in told]

    desk.claims.hear((replace_at(alive, clock.now), dead), clock.now)
    assert 1 == len(told)


def replace_at(claim: Claim, at: int) -> Claim:
    return Claim(claim.incident, claim.account, claim.site, at)
