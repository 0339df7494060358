"""Story 7: eleven turn yellow; one extension over a holiday skips what is no working day."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.e2e.town import Town

MINUTE = 60_000
HOUR = 60 * MINUTE
WORKING_ITEM = "0603"
"""A P2 of the fire brigade: three working days (M2)."""
TUESDAY = 1_790_641_200_000
"""2026-09-29 08:20 in China: Thursday the holiday of the founding day begins."""


def due_of(incident: dict[str, str]) -> datetime:
    return datetime.fromisoformat(incident["due_at"])


def test_an_extension_over_a_holiday_skips_it_and_works_the_made_up_day(town: Town) -> None:
    """Three working days after Wednesday 30 September: 8, 9 and Saturday 10 October."""
    town.now = TUESDAY
    town.pass_time(0)
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "leader1", "fire1")
    id_ = town.report("seat1", "clerk1", WORKING_ITEM, "疏散通道被占")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防", "--due", "32h")
    work = town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    first = due_of(work)
    assert "2026-09-30T16:20" == f"{first:%Y-%m-%dT%H:%M}"

    asked = town.act("seat1", "fire1", "ask-extension", id_, "--days", "3", "--reason", "weather")
    assert first == due_of(asked)
    granted = town.act("seat1", "chief1", "grant-extension", id_)

    assert ("work", 1) == (granted["state"], granted["extensions"])
    # 1 to 7 October are the holiday; for it Saturday the 10th is worked.
    assert "2026-10-10T16:20" == f"{due_of(granted):%Y-%m-%dT%H:%M}"
    event = town.event("seat1", id_, "extension_granted")
    assert round(first.timestamp() * 1000) == event["open"]["was_due"]

    town.act(
        "seat1", "fire1", "ask-extension", id_, "--days", "2", "--reason", "weather", "--natural"
    )
    endorsed = town.act("seat1", "chief1", "grant-extension", id_)
    assert (1, due_of(granted)) == (endorsed["extensions"], due_of(endorsed))
    alone = town.tried("seat1", "chief1", "grant-extension", id_)
    assert (2, 1) == (alone.code, len(alone.err.splitlines()))
    second = town.act("seat1", "leader1", "grant-extension", id_)
    assert due_of(granted) + timedelta(days=2) == due_of(second)
    third = town.tried("seat1", "fire1", "ask-extension", id_, "--days", "1", "--reason", "weather")
    assert (2, True) == (third.code, "no_more_extensions" in third.err)
    assert all(ran.code == 0 for ran in town.verify())


def test_more_time_is_asked_before_the_limit_is_over(town: Town) -> None:
    town.login("seat1", "clerk1", "dispatcher1", "fire1")
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防", "--due", "20m")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    town.pass_time(21 * MINUTE)

    late = town.tried("seat1", "fire1", "ask-extension", id_, "--days", "2", "--reason", "weather")

    assert (2, True) == (late.code, "extension_too_late" in late.err)
    assert 1 == len(late.err.splitlines())
    assert "red" == town.show("seat1", id_)["light"]
