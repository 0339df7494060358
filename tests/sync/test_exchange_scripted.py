"""The core without a network: what it asks for, and what it makes of every kind of answer."""

from __future__ import annotations

import pytest

from dispatch.store.site import SiteStore
from dispatch.sync.exchange import Exchange
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import encode
from tests.builders import (
    NOON,
    TOWN,
    given_dispatched,
)
from tests.sync.scripted import (
    HUB,
    JSON,
    Reply,
    Script,
    accepting,
    body_of,
    nothing,
    once,
    session,
    unsent,
)


class TestSession:
    def test_it_measures_the_clock_and_keeps_the_timeline(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        once(core, store, script)

        pen = store.write(lambda log: log.pen()).result()
        assert 5_000 + 5 == pen.offset_ms
        assert "t1" == store.read(lambda reader: reader.fact("timeline")).result()
        ask = body_of(script.asked[0], wire.SessionAsk)
        assert ["inc-A"] == [mark.inc for mark in ask.writers]

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (session(hub_key=Signer.new().public), "hub_key"),
            (session(cursors={TOWN: "differs"}), "chain_differs"),
            (session(cursors={}), "chain_differs"),
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
            once(core, store, script)

        assert code == trouble.value.code
        assert 3 == unsent(store)

    def test_what_the_hub_has_lost_is_sent_again(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        """Answered for, not yet pulled, and then a hub that knows less."""
        given_dispatched(store)
        once(core, store, script)
        assert 0 == unsent(store)
        script.asked.clear()
        script.says("/v1/session", session(known={"inc-A": 1}))

        once(core, store, script)

        (push,) = [body_of(a, wire.Push) for a in script.asked if a.path == "/v1/events"]
        assert 2 == len(push.frames)


class TestPush:
    def test_only_a_verdict_for_what_was_sent_marks_it(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/events", wire.PushAnswer((wire.Verdict("0" * 64, "accepted"),)))

        with pytest.raises(Trouble, match="stuck"):
            once(core, store, script)

        assert 3 == unsent(store)

    def test_an_answer_without_verdicts_is_no_delivery(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/events", wire.PushAnswer())

        with pytest.raises(Trouble, match="stuck"):
            once(core, store, script)

        assert 3 == unsent(store)

    def test_a_gap_sends_again_from_where_the_hub_goes_on(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/session", session(known={"inc-A": 3}))
        once(core, store, script)
        given_dispatched(store)
        lost = wire.PushAnswer((), {"inc-A": 2})
        gap = Answer(409, encode(lost, packed=True), JSON | {"content-encoding": "zstd"}, NOON, 1)
        script.says("/v1/events", gap, accepting)
        script.asked.clear()

        once(core, store, script)

        pushes = [body_of(a, wire.Push) for a in script.asked if a.path == "/v1/events"]
        assert [3, 5] == [len(push.frames) for push in pushes]
        assert 0 == unsent(store)

    def test_each_kind_of_verdict_is_counted(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)

        def mixed(ask: Ask) -> wire.PushAnswer:
            one, two, three = body_of(ask, wire.Push).frames
            return wire.PushAnswer(
                (
                    wire.Verdict(wire.event_hash(one), "duplicate", "", 1, NOON, "n"),
                    wire.Verdict(wire.event_hash(two), "quarantined", "level: x", 2, NOON),
                    wire.Verdict(wire.event_hash(three), "refused", "fork"),
                )
            )

        script.says("/v1/session", session(known={"inc-A": 2}))
        script.says("/v1/events", mixed, accepting)
        once(core, store, script)

        told = core.told
        # What forked goes out again under another name, and is taken.
        assert (2, 1, 1) == (told.pushed, told.quarantined, told.refused)
        assert 2 == len(store.read(lambda reader: reader.quarantine()).result())


class TestPull:
    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (wire.PullAnswer({}, NOON), "unreadable"),
            (nothing(), ""),
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
            once(core, store, script)
            return
        with pytest.raises(Trouble, match=code):
            once(core, store, script)

    def test_a_difference_of_digests_is_told_and_nothing_is_deleted(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        given_dispatched(store)
        script.says("/v1/pull", nothing(digest="f" * 64, digest_seq=0))

        once(core, store, script)

        assert core.told.differs
        assert "f" * 64 == store.read(lambda reader: reader.fact("hub_digest")).result()
        assert 1 == len(store.read(lambda reader: reader.open_ids()).result())

    def test_digests_of_different_numbers_are_not_compared(
        self, core: Exchange, store: SiteStore, script: Script
    ) -> None:
        script.says("/v1/pull", nothing(digest="f" * 64, digest_seq=7))

        once(core, store, script)

        assert not core.told.differs
        assert None is store.read(lambda reader: reader.fact("hub_digest")).result()


class TestTables:
    def _offered(self, script: Script, table: wire.Table) -> None:
        answer = nothing()
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

        once(core, store, script)

        assert 1 == core.tables.taken
        assert store.read(lambda reader: reader.table("accounts")).result() is not None

    @pytest.mark.parametrize("forged", [True, False])
    def test_one_that_somebody_else_signed_or_for_another_name_is_not(
        self, core: Exchange, store: SiteStore, script: Script, forged: bool
    ) -> None:
        table = self._table("accounts", Signer.new()) if forged else self._table("roster", HUB)
        self._offered(script, table)

        with pytest.raises(Trouble, match="bad_signature"):
            once(core, store, script)

        assert None is store.read(lambda reader: reader.table("accounts")).result()
