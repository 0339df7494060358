"""The core without a network: what it asks for, and what it makes of every kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dispatch.acts.perform import perform
from dispatch.domain.errors import Offline
from dispatch.store.site import SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import LEAST_S, MOST_S, Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.ops import Answer, Ask, Rest, Steps, Trouble
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import decode, encode
from tests.builders import (
    NOON,
    PNG,
    TOWN,
    a_person,
    a_report,
    given_dispatched,
    given_site,
)

HUB = Signer.new()
JSON = {"content-type": "application/json"}
Reply = Answer | wire.Message | Exception


class Script(Line):
    """A line whose answers are written down, by path; the last one of a path stays."""

    def __init__(self) -> None:
        super().__init__(HubLink("http://nowhere", "t", HUB.public))
        self.replies: dict[str, list[Reply | Callable[[Ask], Reply]]] = {}
        self.asked: list[Ask] = []

    def says(self, path: str, *replies: Reply | Callable[[Ask], Reply]) -> None:
        """Answer requests of a path so."""
        self.replies[path] = list(replies)

    def ask(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        queue = self.replies[ask.path.partition("?")[0]]
        reply = queue.pop(0) if len(queue) > 1 else queue[0]
        if callable(reply):
            reply = reply(ask)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Answer):
            return reply
        return Answer(200, encode(reply, packed=False), JSON, NOON, 10)


def _body(ask: Ask, kind: Any) -> Any:
    packed = dict(ask.headers).get("Content-Encoding") == "zstd"
    return decode(ask.body, kind, "asked", packed=packed)


def _session(**changes: Any) -> wire.SessionAnswer:
    given: dict[str, Any] = {
        "timeline": "t1",
        "known": {"inc-A": 0},
        "cursors": {TOWN: "ok"},
        "server_time": NOON + 5_000,
        "push_events": 500,
        "push_bytes": 1,
        "least_version": "0.1",
        "site": "s",
        "letter": "A",
        "scope": TOWN,
        "hub_key": HUB.public,
    }
    return wire.SessionAnswer(**(given | changes))


def _nothing(chain: str = START, **changes: Any) -> wire.PullAnswer:
    page = wire.TownPage((), 0, chain, more=False, **changes)
    return wire.PullAnswer({TOWN: page}, NOON)


def _accepting(ask: Ask) -> wire.PushAnswer:
    push = _body(ask, wire.Push)
    return wire.PushAnswer(
        tuple(
            wire.Verdict(wire.event_hash(frame), "accepted", "", seq, NOON, None)
            for seq, frame in enumerate(push.frames, 1)
        )
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SiteStore]:
    """A site with the small town's tables."""
    with closing(given_site(tmp_path / "a")) as made:
        yield made


@pytest.fixture
def script() -> Script:
    """A hub that has nothing and takes everything."""
    made = Script()
    made.says("/v1/session", _session())
    made.says("/v1/events", _accepting)
    made.says("/v1/pull", _nothing())
    made.says("/v1/positions", wire.Fixes(()))
    return made


@pytest.fixture
def core() -> Exchange:
    """The exchange; its chance is always one half."""
    return Exchange(TOWN, HUB.public, "0.1.0", lambda: 0.5)


class _Enough(Exception):
    """Ends a lane after so many rests."""


def _drive(steps: Steps, store: SiteStore, script: Script, rests: int) -> list[Rest]:
    """Run a lane until it has rested so often; returns its rests of any length."""
    seen: list[Rest] = []

    def rest(op: Rest) -> None:
        if op.seconds:
            seen.append(op)
        if len(seen) == rests:
            raise _Enough

    with pytest.raises(_Enough):
        Hands(store, script, rest).run(steps)
    return seen


def _once(core: Exchange, store: SiteStore, script: Script) -> None:
    Hands(store, script).run(core.once())


def _unsent(store: SiteStore) -> int:
    return store.read(lambda reader: reader.unsent().count).result()


class TestSession:
    def test_it_measures_the_clock_and_keeps_the_timeline(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        _once(core, store, script)

        pen = store.write(lambda log: log.pen()).result()
        assert 5_000 + 5 == pen.offset_ms
        assert "t1" == store.read(lambda reader: reader.fact("timeline")).result()
        ask = _body(script.asked[0], wire.SessionAsk)
        assert ["inc-A"] == [mark.inc for mark in ask.writers]

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (_session(hub_key=Signer.new().public), "hub_key"),
            (_session(cursors={TOWN: "differs"}), "chain_differs"),
            (_session(cursors={}), "chain_differs"),
            (Answer(401, b'{"code":"unauthorized"}', {}, NOON, 1), "unauthorized"),
            (Answer(502, b"<html>", {"content-type": "text/html"}, NOON, 1), "http_502"),
            (Answer(200, b"<html>", {"content-type": "text/html"}, NOON, 1), "not_the_hub"),
            (Answer(200, b'{"timeline":', JSON, NOON, 1), "unreadable"),
        ],
    )
    def test_what_is_no_welcome_stops_before_anything_is_sent(
        self, core: Exchange, store: SiteStore, script: Script, answer: Reply, code: str
    ) -> None:
        given_dispatched(store)
        script.says("/v1/session", answer)

        with pytest.raises(Trouble) as trouble:
            _once(core, store, script)

        assert code == trouble.value.code
        assert 3 == _unsent(store)

    def test_what_the_hub_has_lost_is_sent_again(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        """Answered for, not yet pulled, and then a hub that knows less."""
        given_dispatched(store)
        _once(core, store, script)
        assert 0 == _unsent(store)
        script.asked.clear()
        script.says("/v1/session", _session(known={"inc-A": 1}))

        _once(core, store, script)

        (push,) = [_body(a, wire.Push) for a in script.asked if a.path == "/v1/events"]
        assert 2 == len(push.frames)


class TestPush:
    def test_only_a_verdict_for_what_was_sent_marks_it(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/events", wire.PushAnswer((wire.Verdict("0" * 64, "accepted"),)))

        with pytest.raises(Trouble, match="stuck"):
            _once(core, store, script)

        assert 3 == _unsent(store)

    def test_an_answer_without_verdicts_is_no_delivery(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/events", wire.PushAnswer())

        with pytest.raises(Trouble, match="stuck"):
            _once(core, store, script)

        assert 3 == _unsent(store)

    def test_a_gap_sends_again_from_where_the_hub_goes_on(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/session", _session(known={"inc-A": 3}))
        _once(core, store, script)
        given_dispatched(store)
        lost = wire.PushAnswer((), {"inc-A": 2})
        gap = Answer(409, encode(lost, packed=True), JSON | {"content-encoding": "zstd"}, NOON, 1)
        script.says("/v1/events", gap, _accepting)
        script.asked.clear()

        _once(core, store, script)

        pushes = [_body(a, wire.Push) for a in script.asked if a.path == "/v1/events"]
        assert [3, 5] == [len(push.frames) for push in pushes]
        assert 0 == _unsent(store)

    def test_each_kind_of_verdict_is_counted(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)

        def mixed(ask: Ask) -> wire.PushAnswer:
            one, two, three = _body(ask, wire.Push).frames
            return wire.PushAnswer(
                (
                    wire.Verdict(wire.event_hash(one), "duplicate", "", 1, NOON, "n"),
                    wire.Verdict(wire.event_hash(two), "quarantined", "level: x", 2, NOON),
                    wire.Verdict(wire.event_hash(three), "refused", "fork"),
                )
            )

        script.says("/v1/session", _session(known={"inc-A": 2}))
        script.says("/v1/events", mixed)
        _once(core, store, script)

        told = core.told
        assert (1, 1, 1) == (told.pushed, told.quarantined, told.refused)
        assert 2 == len(store.read(lambda reader: reader.quarantine()).result())


class TestPull:
    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (wire.PullAnswer({}, NOON), "unreadable"),
            (_nothing(), ""),
            (
                wire.PullAnswer(
                    {TOWN: wire.TownPage((wire.Gap(1, "x"),), 0, START, more=True)}, NOON
                ),
                "unreadable",
            ),
            (wire.PullAnswer({TOWN: wire.TownPage((), -1, START, more=True)}, NOON), "unreadable"),
        ],
    )
    def test_a_page_that_goes_nowhere_is_no_endless_loop(
        self, core: Exchange, store: SiteStore, script: Script, answer: Reply, code: str
    ) -> None:
        script.says("/v1/pull", answer)
        if not code:
            _once(core, store, script)
            return
        with pytest.raises(Trouble, match=code):
            _once(core, store, script)

    def test_a_difference_of_digests_is_told_and_nothing_is_deleted(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/pull", _nothing(digest="f" * 64, digest_seq=0))

        _once(core, store, script)

        assert core.told.differs
        assert "f" * 64 == store.read(lambda reader: reader.fact("hub_digest")).result()
        assert 1 == len(store.read(lambda reader: reader.open_ids()).result())

    def test_digests_of_different_numbers_are_not_compared(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        script.says("/v1/pull", _nothing(digest="f" * 64, digest_seq=7))

        _once(core, store, script)

        assert not core.told.differs
        assert None is store.read(lambda reader: reader.fact("hub_digest")).result()


class TestTables:
    def _offered(self, script: Script, table: wire.Table) -> None:
        answer = _nothing()
        mark = wire.table_digest("accounts", table.body).hex()
        script.says("/v1/pull", wire.PullAnswer(answer.towns, NOON, (), {"accounts": mark}))
        script.says("/v1/tables/accounts", table)

    def _table(self, name: str, signer: Signer) -> wire.Table:
        body = '{"version":"1","accounts":[]}'
        return wire.Table(name, "1", body, signer.sign(wire.table_digest(name, body)))

    def test_one_that_the_hub_signed_is_kept(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        self._offered(script, self._table("accounts", HUB))

        _once(core, store, script)

        assert 1 == core.told.tables
        assert store.read(lambda reader: reader.table("accounts")).result() is not None

    @pytest.mark.parametrize("forged", [True, False])
    def test_one_that_somebody_else_signed_or_for_another_name_is_not(
        self, core: Exchange, store: SiteStore, script: Script, forged: bool
    ) -> None:
        table = self._table("accounts", Signer.new()) if forged else self._table("roster", HUB)
        self._offered(script, table)

        with pytest.raises(Trouble, match="bad_signature"):
            _once(core, store, script)

        assert None is store.read(lambda reader: reader.table("accounts")).result()


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
        script.says("/v1/session", down, down, down, _session(), down)

        rests = _drive(core.talking(), store, script, 4)

        assert [core.delay(1), core.delay(2), core.delay(3)] == [r.seconds for r in rests[:3]]
        assert "" == core.told.trouble
        assert core.met

    def test_the_hubs_own_word_is_not_cut_short(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        busy = Answer(429, b'{"code":"busy"}', {"retry-after": "17"}, NOON, 1)
        script.says("/v1/session", busy)

        (rest,) = _drive(core.talking(), store, script, 1)

        assert Rest(17.0, deaf=True) == rest
        assert "busy" == core.told.trouble

    @pytest.mark.parametrize("text", ["soon", "-5", "", "٣"])
    def test_a_word_that_is_no_number_is_no_word(
        self, core: Exchange, store: SiteStore, script: Script, text: str
    ) -> None:
        script.says("/v1/session", Answer(503, b"", {"retry-after": text}, NOON, 1))

        (rest,) = _drive(core.talking(), store, script, 1)

        assert not rest.deaf

    def test_the_poll_waits_for_the_acquaintance(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        _drive(core.polling(), store, script, 1)
        _drive(core.photographing(), store, script, 1)
        _drive(core.positioning(), store, script, 1)
        assert [] == script.asked

    def test_the_poll_compares_when_something_came(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        _drive(core.talking(), store, script, 1)
        script.asked.clear()
        script.says("/v1/pull", _nothing(), _nothing(digest="f" * 64, digest_seq=0), Offline("x"))

        _drive(core.polling(), store, script, 1)

        asked = [_body(ask, wire.Pull) for ask in script.asked if ask.path == "/v1/pull"]
        assert [(25, False), (0, True), (25, False)] == [(a.wait, a.digest) for a in asked]
        assert core.told.differs

    def test_claims_are_told_once(self, core: Exchange, store: SiteStore, script: Script) -> None:
        script.says("/v1/claims", Answer(204, b"", {}, NOON, 1))
        core.claim((wire.Claim("i", "wang", "", 0),))

        _drive(core.talking(), store, script, 3)

        told = [_body(ask, wire.Claims) for ask in script.asked if ask.path == "/v1/claims"]
        assert [1] == [len(each.claims) for each in told]

    def test_a_refused_claim_or_photo_is_trouble(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        no = Answer(400, b'{"code":"bad_input","detail":"x"}', {}, NOON, 1)
        script.says("/v1/claims", no)
        core.claim((wire.Claim("i", "wang", "", 0),))

        _drive(core.talking(), store, script, 1)

        assert "bad_input x" == core.told.trouble
        assert not core.met

    def test_a_refused_photo_is_tried_again_later(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        name = store.photos.add(PNG)
        store.write(lambda log: perform(log, a_report(photos=(name,)), a_person(), NOON)).result()
        path = f"/v1/blobs/{name}"
        script.says(path, Answer(507, b"", {}, NOON, 1), Answer(204, b"", {}, NOON, 1))
        _drive(core.talking(), store, script, 1)

        _drive(core.photographing(), store, script, 1)
        assert "http_507" == core.told.trouble
        _drive(core.talking(), store, script, 1)
        _drive(core.photographing(), store, script, 1)

        assert () == store.read(lambda reader: reader.blobs("queued")).result()
        assert [PNG, PNG] == [ask.body for ask in script.asked if ask.path == path]
