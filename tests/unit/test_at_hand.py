"""What is at hand around a place: the nearest of each kind, in reach, by a town's words."""

from __future__ import annotations

import pytest

from dispatch.advice.at_hand import REACH_M, SHOWN, AtHand, Help, kind_of, nearest, within
from dispatch.desk.views_at_hand import Arrival, Response

LON, LAT = 113.9635, 23.0380
MINUTE = 60_000


def helps(kind: Help, count: int) -> list[AtHand]:
    """One farther than the other to the north, some hundred metres each, the farthest first."""
    made = [
        AtHand(kind, f"{kind}{nth:02}", f"演示 {nth}", LON, LAT + (nth + 1) * 0.001)
        for nth in range(count)
    ]
    return made[::-1]


def test_the_nearest_of_each_kind_are_named_and_no_more() -> None:
    every = [each for kind in Help for each in helps(kind, 9)]
    found = nearest(LON, LAT, every)
    assert SHOWN == {kind: sum(each.kind is kind for each in found) for kind in Help}
    order = [kind for kind, most in SHOWN.items() for _ in range(most)]
    assert order == [each.kind for each in found]
    workers = [each for each in found if each.kind is Help.WORKER]
    assert ["worker00", "worker01", "worker02"] == [each.code for each in workers]
    assert [111, 222, 334] == [each.distance_m for each in workers]


def test_what_is_out_of_reach_is_not_at_hand() -> None:
    far = AtHand(Help.HYDRANT, "h", "演示", LON, LAT + 1.01 * REACH_M / 111_195)
    near = AtHand(Help.HYDRANT, "i", "演示", LON, LAT + 0.99 * REACH_M / 111_195)
    assert ["i"] == [each.code for each in nearest(LON, LAT, (far, near))]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("警民联防点", Help.DUTY_POINT),
        ("值守点", Help.DUTY_POINT),
        ("视频摄像头", Help.CAMERA),
        ("市政消火栓", Help.HYDRANT),
        ("室内消防栓", Help.HYDRANT),
        ("出租屋", None),
        ("消防器材店", None),
        ("", None),
    ],
)
def test_a_town_s_own_words_tell_the_kind(words: str, kind: Help | None) -> None:
    assert kind is kind_of(words)


@pytest.mark.parametrize(
    ("took", "kept"),
    [(0, 1), (60, 1), (61, 3), (180, 3), (300, 5), (301, None)],
)
def test_an_arrival_keeps_one_three_or_five_minutes_or_none(took: int, kept: int | None) -> None:
    assert kept == within(1_000, 1_000 + took * 1_000)


def test_those_within_three_minutes_are_within_five_as_well() -> None:
    arrivals = tuple(
        Arrival(f"u{took}", "演示", 0, None if took < 0 else took * MINUTE)
        for took in (1, 2, 4, 9, -1)
    )
    shown = Response(arrivals=arrivals)
    assert [1, 2, 3] == [shown.kept(minutes) for minutes in (1, 3, 5)]
