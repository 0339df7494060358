"""Bad words of a joint order, of its parts and of what goes between town and city."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.clock import VARIABLE
from tests.doors.seat import events, log_in, make_seat, reported, set_clock
from tests.e2e.town import Ran, zhiwang

WHO = ("clerk1", "dispatcher1", "chief1", "leader1", "fire1", "safety1", "city1")


def act(seat: Path, name: str, verb: str, id_: str, *words: str) -> Ran:
    return zhiwang("incident", verb, id_, "--site", seat, "--as", name, "--json", *words)


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A seat: A1 handled jointly by 消防 with 安监, A2 in the work of 消防, A3 with the city."""
    folder = tmp_path_factory.mktemp("joint")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, *WHO)
        for id_ in ("A1", "A2", "A3"):
            assert 0 == reported(made, "--text", f"货物堵住通道 {id_}").code
            for name, verb, *words in (
                ("clerk1", "file"),
                ("dispatcher1", "dispatch", "--unit", "消防"),
                ("fire1", "sign", "--person", "队长"),
            ):
                assert 0 == act(made, name, verb, id_, *words).code
        joint = act(made, "chief1", "joint", "A1", "--lead", "消防", "--assist", "安监")
        assert 0 == joint.code, joint.err
        asked = act(made, "chief1", "ask-escalation", "A3", "--reason", "beyond_power")
        assert 0 == asked.code, asked.err
        assert 0 == act(made, "leader1", "grant-escalation", "A3").code
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("chief1", ("joint", "A2", "--lead", "消防"), "--assist"),
        ("chief1", ("joint", "A2", "--assist", "安监"), "--lead"),
        ("chief1", ("joint", "A2", "--lead", "消防", "--assist", "消防"), "--assist"),
        ("chief1", ("joint", "A2", "--lead", "消防", "--assist", "火星"), "--assist"),
        ("chief1", ("joint", "A2", "--lead", "火星", "--assist", "安监"), "--lead"),
        (
            "chief1",
            ("joint", "A2", "--lead", "消防", "--assist", "安监", "--limit", "公安=2h"),
            "--limit",
        ),
        (
            "chief1",
            ("joint", "A2", "--lead", "消防", "--assist", "安监", "--limit", "安监=0h"),
            "--limit",
        ),
        ("fire1", ("joint", "A2", "--lead", "消防", "--assist", "安监"), "role_missing"),
        ("chief1", ("joint", "A1", "--lead", "消防", "--assist", "安监"), "assists_already"),
        ("safety1", ("sub-sign", "A2", "--person", "某员"), "out_of_scope"),
        ("fire1", ("sub-sign", "A1", "--unit", "安监", "--person", "某员"), "not_your_order"),
        ("dispatcher1", ("sub-sign", "A1", "--unit", "安监"), "needs_on_behalf"),
        ("safety1", ("sub-arrive", "A1", "--at", "soon"), "--at"),
        ("safety1", ("sub-arrive", "A1", "--at", "2026-11-28T08:00:00+08:00"), "--at"),
        ("safety1", ("sub-feedback", "A1", "--measure", "已查"), "sub_state"),
        ("safety1", ("sub-feedback", "A1"), "--measure"),
        (
            "fire1",
            ("feedback", "A2", "--measure", "已清", "--closing", "unmet"),
            "--closing: 还没有达到办结条件：通道",
        ),
        ("fire1", ("feedback", "A2", "--measure", "已清", "--closing", "yes"), "--closing"),
        ("safety1", ("sub-return", "A1"), "--reason"),
        ("safety1", ("sub-return", "A1", "--reason", "too-far"), "--reason"),
        ("safety1", ("sub-return", "A1", "--reason", "not-ours", "--propose", "火星"), "--propose"),
        ("chief1", ("sub-excuse", "A1", "--reason", "enough"), "--unit"),
        ("chief1", ("sub-excuse", "A1", "--unit", "安监"), "--reason"),
        ("chief1", ("sub-excuse", "A1", "--unit", "公安", "--reason", "enough"), "no_sub_order"),
        ("chief1", ("ask-escalation", "A2"), "--reason"),
        ("leader1", ("grant-escalation", "A2"), "nothing_asked"),
        ("city1", ("city-done", "A3", "--text", "已处置"), "--order"),
        ("city1", ("city-done", "A2", "--order", "S-1", "--text", "已处置"), "wrong_state"),
        ("chief1", ("city-return", "A3", "--order", "S-1"), "city_only"),
        ("city1", ("city-return", "A3", "--order", ""), "--order"),
    ],
)
def test_bad_words_are_one_line_and_nothing_is_written(
    seat: Path, name: str, words: tuple[str, ...], named: str
) -> None:
    before = events(seat)
    verb, id_, *rest = words

    ran = act(seat, name, verb, id_, *rest)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines())), ran
    assert named in ran.err
    assert "Traceback" not in ran.err
    assert before == events(seat)
