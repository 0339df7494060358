"""The core without a network: how long it rests, what it tells while it waits."""

from __future__ import annotations

import pytest

from dispatch.acts.perform import perform
from dispatch.domain.errors import Offline
from dispatch.store.site import SiteStore
from dispatch.sync.exchange import LEAST_S, MOST_S, Exchange
from dispatch.sync.ops import Answer, Rest
from dispatch.wire import protocol as wire
from tests.builders import (
    NOON,
    PNG,
    TOWN,
    a_person,
    a_report,
)
from tests.sync.scripted import (
    HUB,
    Script,
    body_of,
    drive,
    nothing,
    session,
)


class TestPatience:
    def test_rests_grow_and_never_leave_their_bounds(self) -> None:
        for chance in (0.0, 0.5, 1.0):
            core = Exchange(TOWN, HUB.public, "", lambda chance=chance: chance)  # type: ignore[misc]
            rests = [core.delay(failed) for failed in range(1, 60)]
            assert all(LEAST_S <= each <= MOST_S for each in rests)
            assert rests == sorted(rests)
        assert MOST_S == rests[-1]

    def test_each_failure_rests_longer_and_a_success_begins_anew(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        down = Offline("down")
        script.says("/v1/session", down, down, down, session(), down)

        rests = drive(core.talking(), store, script, 4)

        assert [core.delay(1), core.delay(2), core.delay(3)] == [r.seconds for r in rests[:3]]
        assert "" == core.told.trouble
        assert core.met

    def test_the_hubs_own_word_is_not_cut_short(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        busy = Answer(429, b'{"code":"busy"}', {"retry-after": "17"}, NOON, 1)
        script.says("/v1/session", busy)

        (rest,) = drive(core.talking(), store, script, 1)

        assert Rest(17.0, deaf=True) == rest
        assert "busy" == core.told.trouble

    @pytest.mark.parametrize("text", ["soon", "-5", "", "٣"])
    def test_a_word_that_is_no_number_is_no_word(
        self, core: Exchange, store: SiteStore, script: Script, text: str
    ) -> None:
        script.says("/v1/session", Answer(503, b"", {"retry-after": text}, NOON, 1))

        (rest,) = drive(core.talking(), store, script, 1)

        assert not rest.deaf

    def test_the_poll_waits_for_the_acquaintance(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        drive(core.polling(), store, script, 1)
        drive(core.photographing(), store, script, 1)
        drive(core.positioning(), store, script, 1)
        assert [] == script.asked

    def test_the_poll_compares_when_something_came(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        drive(core.talking(), store, script, 1)
        script.asked.clear()
        script.says("/v1/pull", nothing(), nothing(digest="f" * 64, digest_seq=0), Offline("x"))

        drive(core.polling(), store, script, 1)

        asked = [body_of(ask, wire.Pull) for ask in script.asked if ask.path == "/v1/pull"]
        assert [(25, False), (0, True), (25, False)] == [(a.wait, a.digest) for a in asked]
        assert core.told.differs

    def test_what_is_open_is_told_every_round_and_its_end_once(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        """The heartbeat of a seat; what it took over is named once."""
        script.says("/v1/claims", Answer(204, b"", {}, NOON, 1))
        dead = wire.Claim("i", "li", "s2", 0)
        core.claiming.claim((wire.Claim("i", "wang", "", 0),), (dead,))
        drive(core.talking(), store, script, 3)
        core.claiming.claim(())
        drive(core.talking(), store, script, 3)

        told = [body_of(ask, wire.Claims) for ask in script.asked if ask.path == "/v1/claims"]
        assert [1, 1, 1, 0] == [len(each.claims) for each in told]
        assert [1, 0, 0, 0] == [len(each.over) for each in told]

    def test_what_the_hub_did_not_take_is_told_again(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        script.says("/v1/claims", Offline("x"), Answer(204, b"", {}, NOON, 1))
        core.claiming.claim((), (wire.Claim("i", "li", "s2", 0),))
        core.claiming.claim(())

        drive(core.talking(), store, script, 2)

        told = [body_of(ask, wire.Claims) for ask in script.asked if ask.path == "/v1/claims"]
        assert [1, 1] == [len(each.over) for each in told]

    def test_a_refused_claim_or_photo_is_trouble(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        no = Answer(400, b'{"code":"bad_input","detail":"x"}', {}, NOON, 1)
        script.says("/v1/claims", no)
        core.claiming.claim((wire.Claim("i", "wang", "", 0),))

        drive(core.talking(), store, script, 1)

        assert "bad_input x" == core.told.trouble
        assert not core.met

    def test_a_refused_photo_is_tried_again_later(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        name = store.photos.add(PNG)
        store.write(lambda log: perform(log, a_report(photos=(name,)), a_person(), NOON)).result()
        path = f"/v1/blobs/{name}"
        script.says(path, Answer(507, b"", {}, NOON, 1), Answer(204, b"", {}, NOON, 1))
        drive(core.talking(), store, script, 1)

        drive(core.photographing(), store, script, 1)
        assert "http_507" == core.told.trouble
        drive(core.talking(), store, script, 1)
        drive(core.photographing(), store, script, 1)

        assert () == store.read(lambda reader: reader.blobs("queued")).result()
        assert [PNG, PNG] == [ask.body for ask in script.asked if ask.path == path]
