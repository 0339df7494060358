"""Step 1 and the filing: T1, 3, 4, 5."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import (
    Channel,
    Finding,
    Priority,
    Role,
    Source,
    Stage,
    State,
)
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def last_body(incident: Incident, name: str) -> object:
    return getattr(incident.facts[-1].body, name)


class TestReport:
    """T1."""

    def test_everything_said_is_recorded_and_the_accept_clock_runs(self, log: MemoryLog) -> None:
        incident = g.given_reported(log, found_at=log.now - HOUR)
        assert State.REPORTED is incident.state
        assert (g.GRID, g.VILLAGE) == (incident.grid, incident.village)
        assert g.START - HOUR == incident.found_at
        assert log.now == incident.reported_at
        assert "A1" == incident.temp
        assert incident.number is None
        assert (g.VILLAGE,) == incident.concerned
        assert incident.due_at == log.now + 30 * MINUTE
        assert ["phone", "place", "reporter", "text"] == [name for name, _ in incident.sealed]
        assert 1 == incident.step
        assert incident.open

    @pytest.mark.parametrize(
        ("by", "source"),
        [
            (g.WORKER, Source.WORKER),
            (g.PATROL, Source.PATROL),
            (g.STATION, Source.STATION),
            (g.FIREMAN, Source.DEPARTMENT),
            (g.CLERK, Source.CITIZEN),
        ],
    )
    def test_the_reporter_gives_the_source(self, log: MemoryLog, by: Actor, source: Source) -> None:
        assert source is g.given_reported(log, by, source=None).source

    def test_missing_photos_are_a_mark_and_no_refusal(self, log: MemoryLog) -> None:
        assert 3 == g.given_reported(log, g.WORKER, source=None).photos_missing
        one = ("a" * 64,)
        assert 2 == g.given_reported(log, g.WORKER, source=None, photos=one).photos_missing
        assert 0 == g.given_reported(log, photos=one).photos_missing
        assert one == log.kept[-1].event.blobs

    def test_without_an_item_it_is_unclassified(self, log: MemoryLog) -> None:
        assert "0000" == g.given_reported(log, item=None).item

    def test_without_a_grid_the_village_is_needed(self, log: MemoryLog) -> None:
        assert g.VILLAGE == g.given_reported(log, grid=None, village=g.VILLAGE).village
        with pytest.raises(BadInput, match="village"):
            g.given_reported(log, grid=None)

    def test_a_second_report_under_the_same_id_is_refused(self, log: MemoryLog) -> None:
        incident = g.given_reported(log)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.REPORT, lon=g.LON, lat=g.LAT, grid=g.GRID)
        assert "already_reported" == refused.value.code

    def test_a_station_reports_for_its_own_village_only(self, log: MemoryLog) -> None:
        with pytest.raises(Refused) as refused:
            g.given_reported(log, g.STATION, grid=g.NEXT_GRID)
        assert "out_of_scope" == refused.value.code
        assert g.NEXT_VILLAGE == refused.value.facts["village"]

    def test_departments_and_squads_report_anywhere_in_their_town(self, log: MemoryLog) -> None:
        assert g.NEXT_VILLAGE == g.given_reported(log, g.FIREMAN, grid=g.NEXT_GRID).village
        assert g.NEXT_VILLAGE == g.given_reported(log, g.PATROL, grid=g.NEXT_GRID).village

    def test_who_reports_goes_on_seeing_it(self, log: MemoryLog) -> None:
        """Else it left the reporter's own window as soon as the hub had numbered it."""
        by_department = g.given_reported(log, g.FIREMAN, grid=g.NEXT_GRID)
        assert (g.NEXT_VILLAGE, g.FIRE) == by_department.concerned
        assert (g.NEXT_VILLAGE, g.SQUAD) == g.given_reported(
            log, g.PATROL, grid=g.NEXT_GRID
        ).concerned
        assert (g.VILLAGE,) == g.given_reported(log, g.STATION).concerned
        assert (g.VILLAGE,) == g.given_reported(log, g.CLERK).concerned


class TestVerify:
    """T3, T4."""

    def test_a_named_worker_is_asked_and_the_verify_clock_runs(self, log: MemoryLog) -> None:
        incident = g.given_verify(log)
        assert State.VERIFY is incident.state
        assert "W001" == incident.worker
        assert incident.due_at == log.now + 30 * MINUTE

    def test_a_limit_of_the_own_may_be_given(self, log: MemoryLog) -> None:
        due = log.now + 2 * HOUR
        incident = g.given_reported(log)
        assert due == act(log, incident.id, Verb.ASK_VERIFY, worker="W001", due=due).due_at

    def test_the_worker_answers_and_the_accept_clock_is_the_first_one(self, log: MemoryLog) -> None:
        given = g.given_verify(log)
        incident = act(log, given.id, Verb.VERIFY, finding=Finding.ABSENT)
        assert State.REPORTED is incident.state
        assert Finding.ABSENT is incident.finding
        assert given.limit(Stage.ACCEPT) == incident.limit(Stage.ACCEPT)

    def test_another_worker_is_refused(self, log: MemoryLog) -> None:
        incident = g.given_verify(log)
        other = g.person("W002", Role.WORKER, node=g.GRID)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.VERIFY, other, finding=Finding.TRUE)
        assert ("not_the_worker_named", "W001") == (
            refused.value.code,
            refused.value.facts["worker"],
        )

    @pytest.mark.parametrize("by", [g.DISPATCHER, g.STATION])
    def test_it_may_be_recorded_on_the_workers_behalf(self, log: MemoryLog, by: Actor) -> None:
        incident = g.given_verify(log)
        for name in (None, "W002"):
            with pytest.raises(Refused) as refused:
                act(log, incident.id, Verb.VERIFY, by, finding=Finding.TRUE, on_behalf=name)
            assert "needs_on_behalf" == refused.value.code
        told = {"on_behalf": "W001", "told_by": Channel.PHONE}
        after = act(log, incident.id, Verb.VERIFY, by, finding=Finding.TRUE, **told)
        assert "W001" == last_body(after, "on_behalf")
        assert Channel.PHONE is last_body(after, "told_by")


class TestFile:
    """T5."""

    def test_item_priority_and_profile_are_frozen_with_their_versions(self, log: MemoryLog) -> None:
        incident = act(log, g.given_reported(log, item=None).id, Verb.FILE, item=g.P1_ITEM)
        assert State.FILED is incident.state
        assert (g.P1_ITEM, Priority.P1, "v1") == (
            incident.item,
            incident.priority,
            incident.catalogue,
        )
        assert incident.sla is not None
        assert "U1" == incident.sla.code
        assert ("org-1", "cal-1") == (
            last_body(incident, "organisation"),
            last_body(incident, "calendar"),
        )
        assert incident.due_at == log.now + 3 * MINUTE
        first_answer = incident.limit(Stage.FIRST_ANSWER)
        assert first_answer is not None
        assert (incident.reported_at or 0) + 15 * MINUTE == first_answer.due

    def test_a_priority_told_at_the_report_stays_with_its_item(self, log: MemoryLog) -> None:
        kept = act(log, g.given_reported(log, priority=Priority.P3).id, Verb.FILE)
        assert Priority.P3 is kept.priority
        other = g.given_reported(log, priority=Priority.P3)
        assert Priority.P1 is act(log, other.id, Verb.FILE, item=g.P1_ITEM).priority
        said = g.given_reported(log)
        assert Priority.P1 is act(log, said.id, Verb.FILE, priority=Priority.P1).priority

    def test_a_station_files_any_priority_in_its_village(self, log: MemoryLog) -> None:
        incident = act(log, g.given_reported(log).id, Verb.FILE, g.STATION, item=g.P1_ITEM)
        assert State.FILED is incident.state
        assert last_body(incident, "by_station")
        with pytest.raises(Refused) as refused:
            act(log, g.given_reported(log, grid=g.NEXT_GRID).id, Verb.FILE, g.STATION)
        assert "out_of_scope" == refused.value.code

    def test_only_a_chief_files_an_unclassified_one(self, log: MemoryLog) -> None:
        incident = g.given_reported(log, item=None)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.FILE)
        assert "unclassified_needs_chief" == refused.value.code
        both = g.person("both", Role.CLERK, Role.CHIEF)
        filed = act(log, incident.id, Verb.FILE, both)
        assert (State.FILED, "chief") == (filed.state, filed.facts[-1].role)

    def test_a_chief_who_is_no_clerk_files_nothing_else(self, log: MemoryLog) -> None:
        with pytest.raises(Refused) as refused:
            act(log, g.given_reported(log).id, Verb.FILE, g.CHIEF)
        assert "role_missing" == refused.value.code

    def test_the_chief_confirms_afterwards_and_nothing_waits(self, log: MemoryLog) -> None:
        incident = g.given_sent(log)
        confirmed = act(log, incident.id, Verb.CONFIRM)
        assert confirmed.confirmed
        assert State.SENT is confirmed.state
        with pytest.raises(Refused, match="already_confirmed"):
            act(log, incident.id, Verb.CONFIRM)

    def test_a_new_filing_wants_a_new_confirmation(self, log: MemoryLog) -> None:
        incident = g.given_closed(log)
        act(log, incident.id, Verb.REOPEN, reason="back")
        assert not log.folded[incident.id].confirmed
        incident = g.given_filed(log)
        act(log, incident.id, Verb.CONFIRM)
        with pytest.raises(Refused, match="something_followed type=filing_confirmed"):
            act(log, incident.id, Verb.UNFILE)

    def test_what_needs_no_confirmation_gets_none(self, log: MemoryLog) -> None:
        with pytest.raises(Refused, match="not_filed"):
            act(log, g.given_reported(log).id, Verb.CONFIRM)
        with pytest.raises(Refused, match="nothing_to_confirm"):
            act(log, g.given_filed(log, priority=Priority.P3).id, Verb.CONFIRM)
