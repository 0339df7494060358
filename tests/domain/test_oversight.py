"""Self-handling, supervision, instruction, record-only: T2, 15, 16, 29."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Priority, Role, Source, Stage, State, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve
from dispatch.domain.incident import Incident
from tests import byways
from tests import given as g
from tests.domain.doing import act, refused
from tests.given import MemoryLog

SECOND_CHIEF = g.person("chief2", Role.CHIEF)
CITY_CHIEF = g.person("city", Role.CHIEF, node=g.CITY)
CITY_LEADER = g.person("city-leader", Role.LEADER, node=g.CITY)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def given_red(log: MemoryLog, incident: Incident) -> Incident:
    due = log.now + 2 * HOUR
    return act(log, incident.id, Verb.SUPERVISE, g.LEADER, level=Supervision.RED, due=due)


class TestSelfHandled:
    """T2: reported and done in one; the intake reviews it."""

    def test_it_waits_for_the_intake_with_photos_of_before_and_after(self, log: MemoryLog) -> None:
        photos = tuple(f"{at}" * 64 for at in range(4))
        made = g.given_self_handled(log, photos=photos, result="当场搬走", text="通道堆物")

        assert (State.DONE, Source.WORKER, 0) == (made.state, made.source, made.photos_missing)
        told, done = made.facts
        assert (photos[:2], photos[2:]) == (told.blobs, done.blobs)
        assert ("text", "result") == (told.sealed[-1], *done.sealed)
        assert made.limit(Stage.CHECK) is not None
        assert done.unit is not None
        assert (2, 2) == (done.unit.i, done.unit.n)

    def test_a_missing_photo_is_a_mark(self, log: MemoryLog) -> None:
        assert 2 == g.given_self_handled(log).photos_missing
        assert 1 == g.given_self_handled(log, photos=("a" * 64,)).photos_missing

    def test_the_intake_accepts_it_and_it_goes_on(self, log: MemoryLog) -> None:
        id_ = g.given_self_handled(log).id
        assert "role_missing" == refused(log, id_, Verb.INSPECT_PASS, g.INSPECTOR).code
        passed = act(log, id_, Verb.INSPECT_PASS, g.CLERK, no_visit="seen")
        assert State.EVAL is passed.state
        closed = act(log, id_, Verb.CLOSE)
        assert (State.CLOSED, True) == (closed.state, closed.on_time)

    def test_not_accepted_it_is_void_and_can_be_restored(self, log: MemoryLog) -> None:
        id_ = g.given_self_handled(log).id
        void = act(log, id_, Verb.INSPECT_FAIL, g.CLERK, reason="看不出")
        assert State.VOID is void.state
        assert State.DONE is act(log, id_, Verb.RESTORE).state

    def test_what_a_unit_did_is_not_the_intakes_to_judge(self, log: MemoryLog) -> None:
        done = g.given_done(log)
        for verb in (Verb.INSPECT_PASS, Verb.INSPECT_FAIL):
            said = g.SAID.get(verb, {})
            assert "role_missing" == refused(log, done.id, verb, g.CLERK, **said).code

    def test_who_did_it_does_not_judge_it(self, log: MemoryLog) -> None:
        both = g.person("W001", Role.WORKER, Role.CLERK, node=g.VILLAGE)
        said = {"item": g.FIRE_ITEM, "lon": g.LON, "lat": g.LAT, "grid": g.GRID}
        made = act(log, "own-1", Verb.SELF_HANDLED, both, **said)
        assert "four_eyes" == refused(log, made.id, Verb.INSPECT_PASS, both).code

    def test_only_a_worker_or_the_station_of_the_village_reports_it(self, log: MemoryLog) -> None:
        far = {"item": g.FIRE_ITEM, "lon": g.LON, "lat": g.LAT, "grid": g.NEXT_GRID}
        near = far | {"grid": g.GRID, "on_behalf": "W001"}
        code = refused(log, "far-1", Verb.SELF_HANDLED, g.STATION, **far).code
        assert "out_of_scope" == code
        assert State.DONE is act(log, "near-1", Verb.SELF_HANDLED, g.STATION, **near).state
        assert "role_missing" == refused(log, "c-1", Verb.SELF_HANDLED, g.CLERK, **near).code


class TestSupervision:
    """T15: three levels, one answer, and a red card that nothing ends before it is answered."""

    def test_points_are_those_of_the_card_that_stands(self, log: MemoryLog) -> None:
        id_ = g.given_work(log).id
        due = log.now + DAY
        for level, by, points in (
            (Supervision.NORMAL, g.CHIEF, 0),
            (Supervision.YELLOW, g.CHIEF, 5),
            (Supervision.RED, g.LEADER, 10),
        ):
            card = act(log, id_, Verb.SUPERVISE, by, level=level, due=due).card
            assert card is not None
            assert (level, points, due, by.account, False, False) == (
                card.level,
                card.points,
                card.answer_by,
                card.by,
                card.city,
                card.replied,
            )

    def test_red_is_the_leaders_or_the_citys(self, log: MemoryLog) -> None:
        red = {"level": Supervision.RED, "due": log.now + DAY}
        id_ = g.given_work(log).id
        assert "red_needs_leader" == refused(log, id_, Verb.SUPERVISE, g.CHIEF, **red).code
        for by in (CITY_CHIEF, CITY_LEADER):
            given = act(log, g.given_work(log).id, Verb.SUPERVISE, by, **red)
            assert given.card is not None
            assert given.card.city

    def test_a_citys_card_is_taken_back_by_the_city(self, log: MemoryLog) -> None:
        id_ = g.given_work(log).id
        act(log, id_, Verb.SUPERVISE, CITY_LEADER, level=Supervision.RED, due=log.now + DAY)
        act(log, id_, Verb.REPLY_SUPERVISION)
        assert "city_cancels" == refused(log, id_, Verb.CANCEL_SUPERVISION, g.LEADER).code
        assert "red_needs_leader" == refused(log, id_, Verb.CANCEL_SUPERVISION, g.CHIEF).code
        assert act(log, id_, Verb.CANCEL_SUPERVISION, CITY_LEADER).card is None

    def test_a_lesser_or_equal_card_does_not_take_the_place(self, log: MemoryLog) -> None:
        id_ = g.given_work(log).id
        due = log.now + DAY
        yellow = {"level": Supervision.YELLOW, "due": due}
        act(log, id_, Verb.SUPERVISE, **yellow)
        for level in (Supervision.NORMAL, Supervision.YELLOW):
            said = refused(log, id_, Verb.SUPERVISE, level=level, due=due)
            assert ("already_supervised", "yellow") == (said.code, said.facts["level"])
        act(log, id_, Verb.REPLY_SUPERVISION)
        again = act(log, id_, Verb.SUPERVISE, **yellow).card
        assert again is not None
        assert not again.replied

    @pytest.mark.parametrize("ahead", [0, -HOUR, 367 * DAY])
    def test_the_end_to_answer_lies_ahead(self, log: MemoryLog, ahead: int) -> None:
        id_ = g.given_work(log).id
        with pytest.raises(BadInput) as bad:
            act(log, id_, Verb.SUPERVISE, level=Supervision.NORMAL, due=log.now + ahead)
        assert "due" == bad.value.where

    def test_it_is_answered_once_by_another_than_who_gave_it(self, log: MemoryLog) -> None:
        id_ = g.given_work(log).id
        assert "not_supervised" == refused(log, id_, Verb.REPLY_SUPERVISION, text="在办").code
        act(log, id_, Verb.SUPERVISE)
        own = refused(log, id_, Verb.REPLY_SUPERVISION, g.CHIEF, text="在办")
        assert "four_eyes" == own.code
        far = refused(log, id_, Verb.REPLY_SUPERVISION, g.POLICEMAN, text="在办")
        assert far.code in {"out_of_scope", "not_your_order"}
        replied = act(log, id_, Verb.REPLY_SUPERVISION, photos=("a" * 64,))
        assert replied.card is not None
        assert replied.card.replied
        twice = refused(log, id_, Verb.REPLY_SUPERVISION, SECOND_CHIEF, text="再答")
        assert "supervision_answered" == twice.code

    def test_the_office_answers_where_no_unit_has_it(self, log: MemoryLog) -> None:
        id_ = g.given_filed(log).id
        act(log, id_, Verb.SUPERVISE)
        assert act(log, id_, Verb.REPLY_SUPERVISION, g.DISPATCHER, text="正在派遣").card

    def test_a_lesser_card_holds_nothing_up(self, log: MemoryLog) -> None:
        id_ = g.given_eval(log).id
        act(log, id_, Verb.SUPERVISE, level=Supervision.YELLOW, due=log.now + DAY)
        assert State.CLOSED is act(log, id_, Verb.CLOSE).state

    def test_a_red_card_is_neither_taken_back_nor_given_again_unanswered(
        self, log: MemoryLog
    ) -> None:
        id_ = given_red(log, g.given_work(log)).id
        assert "red_card_open" == refused(log, id_, Verb.CANCEL_SUPERVISION, g.LEADER).code
        act(log, id_, Verb.REPLY_SUPERVISION)
        assert act(log, id_, Verb.CANCEL_SUPERVISION, g.LEADER).card is None

    def test_nothing_ends_before_a_red_card_is_answered(self, log: MemoryLog) -> None:
        closing = given_red(log, g.given_eval(log)).id
        assert "red_card_open" == refused(log, closing, Verb.CLOSE).code
        asked = g.given_filed(log)
        act(log, asked.id, Verb.ASK_VOID, reason="slip")
        given_red(log, log.folded[asked.id])
        assert "red_card_open" == refused(log, asked.id, Verb.GRANT_VOID).code
        plain = given_red(log, g.given_reported(log)).id
        assert "red_card_open" == refused(log, plain, Verb.RECORD_ONLY).code
        into = g.given_filed(log).id
        assert "red_card_open" == refused(log, plain, Verb.MERGE, g.CHIEF, into=into).code
        act(log, plain, Verb.ASK_REFUSE, reason="private")
        assert "red_card_open" == refused(log, plain, Verb.GRANT_REFUSE).code
        own = given_red(log, g.given_self_handled(log)).id
        failed = refused(log, own, Verb.INSPECT_FAIL, g.CLERK, reason="no")
        assert "red_card_open" == failed.code
        act(log, closing, Verb.REPLY_SUPERVISION, g.DISPATCHER, text="已办妥")
        assert State.CLOSED is act(log, closing, Verb.CLOSE).state

    def test_a_card_leaves_the_last_act_the_last(self, log: MemoryLog) -> None:
        sent = g.given_sent(log)
        act(log, sent.id, Verb.SUPERVISE)
        act(log, sent.id, Verb.INSTRUCT)
        assert State.FILED is act(log, sent.id, Verb.STAND_DOWN).state


class TestApart:
    """What two seats say that do not hear of each other."""

    def test_a_red_card_holds_up_an_ending_that_had_not_seen_it(self, log: MemoryLog) -> None:
        id_ = g.given_eval(log).id
        there = log.fork("B")
        given_red(log, log.folded[id_])
        act(there, id_, Verb.CLOSE)
        log.take(kept.event for kept in there.kept)

        both = log.folded[id_]
        assert (State.EVAL, ["card"]) == (both.state, [pair.about for pair in both.contested])
        closing = next(fact for fact in both.facts if fact.type == "closed")
        decided = act(log, id_, Verb.RESOLVE, keep=(closing.hash,), reason="办结在先")

        assert (State.EVAL, ()) == (decided.state, decided.contested)
        assert decided.card is not None
        assert decided.card.red_open
        assert "red_card_open" == refused(log, id_, Verb.CLOSE).code
        act(log, id_, Verb.REPLY_SUPERVISION, g.DISPATCHER, text="已办妥")
        assert State.CLOSED is act(log, id_, Verb.CLOSE).state

    def test_a_lesser_card_and_an_ending_are_no_dispute(self, log: MemoryLog) -> None:
        id_ = g.given_eval(log).id
        there = log.fork("B")
        act(log, id_, Verb.SUPERVISE)
        act(there, id_, Verb.CLOSE)
        log.take(kept.event for kept in there.kept)
        assert (State.CLOSED, ()) == (log.folded[id_].state, log.folded[id_].contested)

    def test_of_two_cards_the_heavier_stands_in_any_order(self, log: MemoryLog) -> None:
        id_ = g.given_work(log).id
        there = log.fork("B")
        act(log, id_, Verb.SUPERVISE)
        given_red(there, there.folded[id_])
        mine: tuple[Event, ...] = log.folded[id_].facts
        log.take(kept.event for kept in there.kept)

        both = log.folded[id_]
        assert both.card is not None
        assert (Supervision.RED, ()) == (both.card.level, both.contested)
        again: Incident | None = None
        for fact in (*(kept.event for kept in there.kept), *mine):
            again = evolve(again, fact)
        assert both == again


class TestInstructionAndRecord:
    """T16 and T29."""

    def test_a_leaders_words_are_sealed_and_counted(self, log: MemoryLog) -> None:
        id_ = g.given_work(log, person="").id
        before = dict(log.folded[id_].sealed)
        said = act(log, id_, Verb.INSTRUCT, text="请抓紧", person="演示丁")
        assert (1, {"passed_by", "text"}) == (said.instructions, set(said.facts[-1].sealed))
        assert before.items() <= dict(said.sealed).items()
        with pytest.raises(BadInput):
            act(log, id_, Verb.INSTRUCT, text="")

    def test_for_information_is_closed_with_a_number_of_its_own(self, log: MemoryLog) -> None:
        recorded = act(log, g.given_reported(log).id, Verb.RECORD_ONLY)
        assert (State.CLOSED, log.now, None) == (
            recorded.state,
            recorded.closed_at,
            recorded.on_time,
        )
        assert f"{recorded.temp}-B" == recorded.archive_no
        assert State.FILED is act(log, recorded.id, Verb.REOPEN).state

    def test_with_children_it_is_not_only_recorded(self, log: MemoryLog) -> None:
        master = g.given_reported(log)
        byways.given_merged(log, master)
        assert "has_children" == refused(log, master.id, Verb.RECORD_ONLY).code

    def test_long_after_it_is_reopened_by_the_leader(self, log: MemoryLog) -> None:
        recorded = act(log, g.given_reported(log).id, Verb.RECORD_ONLY)
        log.now += 31 * DAY
        assert "reopen_needs_leader" == refused(log, recorded.id, Verb.REOPEN, reason="旧事").code


def test_what_an_act_does_not_know_is_refused_by_name(log: MemoryLog) -> None:
    id_ = g.given_work(log).id
    for verb, name, value in (
        (Verb.SUPERVISE, "days", 2),
        (Verb.NOTE, "natural", True),
        (Verb.NOTE, "level", Supervision.RED),
        (Verb.SUPERVISE, "priority", Priority.P1),
    ):
        with pytest.raises(BadInput) as bad:
            act(log, id_, verb, **{name: value})
        assert name == bad.value.where
    assert False is Command(verb=Verb.NOTE, incident=id_).natural
