"""What the hub answers to a push: accepted, duplicate, quarantined, refused, or a gap."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import func, select, update

from dispatch.acts.perform import Author, new_id, record
from dispatch.domain.bodies import Noted
from dispatch.domain.codes import Kind, Level
from dispatch.domain.command import Verb
from dispatch.domain.event import Draft, Subject
from dispatch.hub.hub import Hub
from dispatch.hub.parcel import may_write
from dispatch.hub.schema import EVENT, SECRET, SITE
from dispatch.hub.verify import check_town
from dispatch.wire.envelope import Stamp, write
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Frame, Push, Secret
from tests.given import (
    FIREMAN,
    START,
    TOWN,
    VILLAGE,
    MemoryLog,
    act,
    given_filed,
    given_reported,
    given_sent,
)
from tests.hub.office import Seat, given_seat, push, statuses

ACCEPTED = ("accepted", "")


def _events(hub: Hub) -> int:
    query = select(func.count()).select_from(EVENT)
    return hub.office.database.read(lambda connection: connection.execute(query).scalar_one())


def _altered(frame: Frame, old: str, new: str, signer: Signer | None = None) -> Frame:
    """Change an event's bytes; signed anew when a signer is given."""
    raw = frame.event.replace(old, new)
    assert raw != frame.event
    if signer is None:
        return Frame(raw, frame.sig)
    return Frame(raw, signer.sign(_digest(raw)))


def _digest(raw: str) -> bytes:
    return hashlib.sha256(raw.encode()).digest()


def test_a_second_push_is_a_duplicate_with_the_same_numbers(hub: Hub) -> None:
    seat = given_seat(hub)
    given_filed(seat.log)

    first, second = seat.push(), seat.push()

    assert [(*ACCEPTED, 1), (*ACCEPTED, 2)] == statuses(first.verdicts)
    assert [("duplicate", "", 1), ("duplicate", "", 2)] == statuses(second.verdicts)
    assert [v.number for v in first.verdicts] == [v.number for v in second.verdicts]
    assert 2 == _events(hub)


def test_the_same_event_twice_in_one_push_is_one_row(hub: Hub) -> None:
    seat = given_seat(hub)
    given_reported(seat.log)

    done = push(hub, [*seat.frames(), *seat.frames()])

    assert [(*ACCEPTED, 1)] == statuses(done.verdicts)
    assert 1 == _events(hub)


def test_half_old_half_new_is_told_apart(hub: Hub) -> None:
    seat = given_seat(hub)
    given_sent(seat.log)
    seat.push(0, 2)

    done = seat.push()

    assert [("duplicate", "", 1), ("duplicate", "", 2), (*ACCEPTED, 3)] == statuses(done.verdicts)


def test_a_gap_is_answered_with_the_number_expected(hub: Hub) -> None:
    seat = given_seat(hub)
    given_sent(seat.log)
    frames = seat.frames()

    done = push(hub, [frames[0], frames[2]])

    assert [(*ACCEPTED, 1)] == statuses(done.verdicts)
    assert {seat.log.pen().inc: 2} == done.expected
    assert 1 == _events(hub)


def test_another_writers_events_are_taken_from_whoever_brings_them(hub: Hub) -> None:
    author, bearer = given_seat(hub, "A"), given_seat(hub, "B")
    given_reported(author.log)
    given_reported(bearer.log)

    done = push(hub, [*author.frames(), *bearer.frames()])

    assert {"accepted"} == {each.status for each in done.verdicts}


class TestUnits:
    """Events of one command are numbered together or not at all."""

    def _closed_with_child(self, seat: Seat) -> int:
        """Write a merge, which is one unit of two events; return where it begins."""
        master = given_filed(seat.log)
        child = given_reported(seat.log)
        before = len(seat.log.kept)
        act(seat.log, child.id, Verb.MERGE, into=master.id)
        assert 2 == len(seat.log.kept) - before
        return before

    def test_a_parted_unit_waits_for_its_rest(self, hub: Hub) -> None:
        seat = given_seat(hub)
        start = self._closed_with_child(seat)

        first = seat.push(0, start + 1)
        second = seat.push(start)

        assert start == len(first.verdicts)
        assert {seat.log.pen().inc: start + 1} == first.expected
        assert [(*ACCEPTED, start + 1), (*ACCEPTED, start + 2)] == statuses(second.verdicts)
        assert {} == second.expected

    def test_a_quarantine_holds_for_the_whole_unit(self, hub: Hub) -> None:
        seat = given_seat(hub)
        start = self._closed_with_child(seat)
        seat.push(0, start)
        frames = seat.frames(start)
        bad = _altered(
            frames[0], '"distance_m":', '"distance_m":"far","was":', seat.log.pen().signer
        )
        rest = _altered(
            frames[1],
            seat.log.kept[start].event.hash,
            _digest(bad.event).hex(),
            seat.log.pen().signer,
        )

        done = push(hub, [bad, rest])

        assert [
            ("quarantined", "unreadable", start + 1),
            ("quarantined", "unreadable", start + 2),
        ] == (statuses(done.verdicts))

    @pytest.mark.parametrize(
        "marks", [[(2, 2)], [(1, 3), (3, 3)], [(1, 2), (2, 3)], [(0, 2)], [(1, 501)], [(1, 0)]]
    )
    def test_a_unit_that_can_never_be_whole_goes_to_quarantine(
        self, hub: Hub, marks: list[tuple[int, int]]
    ) -> None:
        seat = given_seat(hub)
        frames = []
        pen, last = seat.log.pen(), ""
        for sseq, (i, n) in enumerate(marks, 1):
            frame = _note(seat, sseq, last, {"id": "u", "i": i, "n": n})
            last = _digest(frame.event).hex()
            frames.append(frame)

        done = push(hub, frames)

        assert [("quarantined", "unit", at) for at in range(1, len(marks) + 1)] == (
            statuses(done.verdicts)
        )
        assert pen.inc not in done.expected


def _note(
    seat: Seat, sseq: int, prev: str, unit: dict[str, object] | None = None, /, **changes: object
) -> Frame:
    """Sign a note by hand, with whatever in its envelope."""
    pen = seat.log.pen()
    stamp = Stamp(new_id(), pen.inc, sseq, prev, TOWN, (), START, 0, 0, "", "clerk", "clerk")
    draft = Draft(subject=Subject(Kind.INCIDENT, "i1"), type="noted", body=Noted())
    given = json.loads(write(draft, stamp, pen.signer, None).raw)
    given |= {"unit": unit} if unit else {}
    given |= changes
    raw = json.dumps(given, ensure_ascii=False)
    return Frame(raw, pen.signer.sign(_digest(raw)))


class TestRefusals:
    """Signature, writer, fork: the three hard ones."""

    def test_a_wrong_signature_takes_the_writers_later_events_with_it(self, hub: Hub) -> None:
        seat, other = given_seat(hub, "A"), given_seat(hub, "B")
        given_sent(seat.log)
        given_reported(other.log)
        frames = list(seat.frames())
        frames[1] = _altered(frames[1], '"actor":"clerk"', '"actor":"chief"')

        done = push(hub, [*frames, *other.frames()])

        told = statuses(done.verdicts)
        assert [("accepted", ""), *[("refused", "signature")] * 2, ("accepted", "")] == [
            (status, reason) for status, reason, _ in told
        ]
        assert 2 == _events(hub)

    def test_a_writer_nobody_registered_is_refused(self, hub: Hub) -> None:
        given_seat(hub)
        stranger = MemoryLog("X")
        given_reported(stranger)
        frames = [Frame(k.signed.raw.decode(), k.signed.sig) for k in stranger.kept]

        assert [("refused", "writer", None)] == statuses(push(hub, frames).verdicts)

    def test_a_revoked_sites_events_are_refused(self, hub: Hub) -> None:
        seat = given_seat(hub)
        given_reported(seat.log)
        revoke = update(SITE).where(SITE.c.id == seat.site.id).values(revoked=True)
        hub.office.database.write(lambda connection: connection.execute(revoke))

        (verdict,) = seat.push().verdicts
        assert ("refused", "writer: revoked") == (verdict.status, verdict.reason)

    def test_an_event_of_another_town_is_refused(self, hub: Hub) -> None:
        seat = given_seat(hub)

        done = push(hub, [_note(seat, 1, "", town="441900003")])

        assert [("refused", "writer", None)] == statuses(done.verdicts)

    def test_other_bytes_under_a_known_sequence_are_a_fork(self, hub: Hub) -> None:
        seat = given_seat(hub)
        push(hub, [_note(seat, 1, "")])

        done = push(hub, [_note(seat, 1, "")])

        assert [("refused", "fork", None)] == statuses(done.verdicts)
        assert 1 == _events(hub)

    def test_two_branches_in_one_push_are_a_fork(self, hub: Hub) -> None:
        seat = given_seat(hub)
        one, two = _note(seat, 1, ""), _note(seat, 1, "")

        done = push(hub, [one, two])

        assert {"accepted", "refused"} == {each.status for each in done.verdicts}
        assert 1 == _events(hub)

    def test_an_event_after_another_past_is_a_fork_and_all_behind_it(self, hub: Hub) -> None:
        seat = given_seat(hub)
        push(hub, [_note(seat, 1, "")])
        second = _note(seat, 2, "0" * 63 + "1")
        third = _note(seat, 3, _digest(second.event).hex())

        done = push(hub, [second, second, third])

        assert [("refused", "fork", None)] * 2 == statuses(done.verdicts)
        assert {} == done.expected

    @pytest.mark.parametrize("text", ["", "{}", "[]", "poison", '{"v":1', "\u0000"])
    def test_bytes_without_an_envelope_are_refused_and_stop_nobody(
        self, hub: Hub, text: str
    ) -> None:
        seat = given_seat(hub)
        given_reported(seat.log)

        done = push(hub, [Frame(text, b"x" * 64), *seat.frames()])

        assert {("refused", "signature", None), (*ACCEPTED, 1)} == set(statuses(done.verdicts))

    @pytest.mark.parametrize(
        "changes",
        [
            {"sseq": 0},
            {"sseq": -1},
            {"sseq": 1 << 60},
            {"inc": "i" * 200},
            {"subject": {"kind": "incident", "id": "x" * 300}},
            {"subject": {"kind": "incident", "id": "a\u0000b"}},
            {"type": "t" * 100},
            {"id": ""},
        ],
    )
    def test_names_that_no_table_holds_are_refused(
        self, hub: Hub, changes: dict[str, object]
    ) -> None:
        seat = given_seat(hub)

        done = push(hub, [_note(seat, 1, "", None, **changes)])

        assert [("refused", "signature", None)] == statuses(done.verdicts)
        assert 0 == _events(hub)


class TestQuarantine:
    """Numbered, chained, delivered, but not folded."""

    def test_an_unreadable_body_is_kept_and_the_next_event_passes(self, hub: Hub) -> None:
        seat, reader = given_seat(hub, "A"), given_seat(hub, "B")
        poison = _note(seat, 1, "", open={"sealed": 7})
        after = _note(seat, 2, _digest(poison.event).hex())

        done = push(hub, [poison, after])
        reader.pull(with_digest=True)

        assert [("quarantined", "unreadable", 1), (*ACCEPTED, 2)] == statuses(done.verdicts)
        assert ["unreadable", ""] == [f.quarantined.partition(":")[0] for f in reader.got]
        assert [("quarantined", "unreadable", 1)] == statuses(push(hub, [poison]).verdicts)
        assert (2, 1) == (check_town(hub, TOWN).seq, check_town(hub, TOWN).subjects)

    def test_an_unknown_type_is_kept_and_forwarded_untouched(self, hub: Hub) -> None:
        seat, reader = given_seat(hub, "A"), given_seat(hub, "B")
        frame = _note(seat, 1, "", type="callout_made", v=9)

        done = push(hub, [frame])
        reader.pull()

        assert [(*ACCEPTED, 1)] == statuses(done.verdicts)
        assert [frame.event] == [each.event for each in reader.got]

    def test_a_station_cannot_close(self, hub: Hub) -> None:
        station = given_seat(hub, "V", VILLAGE)
        frame = _note(station, 1, "", type="closed", open={"on_time": True, "archive_no": "x"})

        done = push(hub, [frame])

        assert [("quarantined", "level", 1)] == statuses(done.verdicts)

    @pytest.mark.parametrize(
        ("level", "type_", "may"),
        [
            (Level.TOWN, "closed", True),
            (Level.VILLAGE, "filed", True),
            (Level.VILLAGE, "void_granted", False),
            (Level.VILLAGE, "called_back", False),
            (Level.DEPARTMENT, "signed", True),
            (Level.DEPARTMENT, "dispatched", False),
            (Level.SQUAD, "closed", False),
            (Level.SQUAD, "a_type_from_the_future", True),
        ],
    )
    def test_what_a_level_may_write(self, level: Level, type_: str, may: bool) -> None:
        assert may == may_write(level, type_)

    def test_what_a_department_may_write_is_written_there(self, hub: Hub) -> None:
        town = given_seat(hub, "A")
        unit = given_seat(hub, "U", f"{TOWN}/消防")
        incident = given_sent(town.log)
        town.push()
        unit.log.take(kept.event for kept in town.log.kept)
        act(unit.log, incident.id, Verb.SIGN, FIREMAN, person="演示乙", phone="138****0001")

        assert [(*ACCEPTED, 4)] == statuses(unit.push().verdicts)


def test_keys_travel_with_events_and_nowhere_else(hub: Hub) -> None:
    seat, reader = given_seat(hub, "A"), given_seat(hub, "B")
    incident = given_reported(seat.log)
    wrong = Secret(incident.id, b"short")
    foreign = Secret("another-subject", b"k" * 32)

    hub.ingest.push(Push(seat.frames(), (wrong, foreign)))
    assert 0 == len(reader.pull().keys)
    seat.push()
    rows = select(SECRET.c.subject, SECRET.c.key)
    kept = hub.office.database.read(lambda connection: connection.execute(rows).all())

    assert [(incident.id, seat.log.secret(incident.id))] == [tuple(row) for row in kept]


def test_a_session_is_written_by_record_too(hub: Hub) -> None:
    """Subjects other than incidents are numbered and pulled like any."""
    seat, reader = given_seat(hub, "A"), given_seat(hub, "B")
    draft = Draft(subject=Subject(Kind.SHIFT, "day"), type="noted", body=Noted())
    record(seat.log, (draft,), Author("clerk", "clerk", ""), START)

    seat.push()

    assert 1 == len(reader.pull(with_digest=True).entries)
