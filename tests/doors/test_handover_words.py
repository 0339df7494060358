"""`zhiwang shift handover` and `shift log`: one seat, and every wrong word in one line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.clock import VARIABLE
from tests.doors.seat import NOW, events, log_in, make_seat, reported, set_clock
from tests.e2e.town import Ran, zhiwang
from tests.unit.towns import HENGLI

RUNNING = f"{HENGLI}-20261121-D"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A seat at 11:20 with a chief, a clerk, a leader and one reported incident, A1."""
    folder = tmp_path_factory.mktemp("handover")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "chief1", "clerk1", "leader1")
        assert 0 == reported(made, "--text", "货物堵住通道").code
        set_clock(folder / "clock", NOW + 60_000)
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


@pytest.fixture
def seat(first: Path, tmp_path: Path) -> Path:
    """The same seat, as nobody has touched it yet."""
    return Path(shutil.copytree(first, tmp_path / "seat"))


def shift(seat: Path, *words: str | Path) -> Ran:
    return zhiwang("shift", *words, "--site", seat)


def listed(seat: Path) -> Any:
    """The hand-over of the running shift."""
    return shift(seat, "handover", "list", "--shift", RUNNING, "--json").json()


def test_a_line_is_ticked_by_its_number_and_taken_back(seat: Path) -> None:
    tick = ("A1", "--shift", RUNNING, "--as", "chief1")
    assert "1 项" == shift(seat, "handover", "tick", *tick).err.strip()
    line = listed(seat)["list"][0]
    assert ("演示长", "A1", "open") == (line["ticked_by"], line["number"], line["list"])
    assert "" != line["place"] or line["item_name"]

    assert 0 == shift(seat, "handover", "untick", *tick).code
    assert 0 == listed(seat)["ticked"]


def test_the_list_is_one_line_a_matter_for_people(seat: Path) -> None:
    told = shift(seat, "handover", "list", "--shift", RUNNING).out

    assert "A1" in told
    assert RUNNING in told


def test_the_log_holds_what_was_written_and_done(seat: Path) -> None:
    write = ("log", "write", "--as", "clerk1")
    assert 0 == shift(seat, *write, "--text", "与110核对线路正常", "--kind", "call").code
    promised = ("--text", "18点前回电", "--kind", "promise", "--incident", "A1", "--due", "4h")
    assert 0 == shift(seat, *write, *promised).code
    assert 0 == shift(seat, "on", "--as", "chief1", "--seat", "值班长席").code

    lines = shift(seat, "log", "list", "--json").lines()

    assert [("act", "reported"), ("call", "line_written"), ("promise", "line_written"),
            ("shift", "shift_on")] == [(each["kind"], each["type"]) for each in lines]  # fmt: skip
    call, promise = lines[1:3]
    assert ("与110核对线路正常", "演示受") == (call["text"], call["person"])
    assert ("A1", "2026-11-21T15:21:00.000+08:00") == (promise["number"], promise["due_at"])
    only = shift(seat, "log", "list", "--json", "--kind", "call", "--person", "clerk1").lines()
    assert [call] == only
    assert [] == shift(seat, "log", "list", "--json", "--person", "leader1").lines()


def test_a_promise_stands_on_the_list_until_it_is_kept(seat: Path) -> None:
    write = ("log", "write", "--as", "clerk1", "--text", "18点前回电", "--kind", "promise")
    assert 0 == shift(seat, *write).code
    line = next(each for each in listed(seat)["list"] if each["list"] == "promise")
    assert ("18点前回电", "演示受") == (line["place"], line["owner"])

    promise = line["key"].partition(":")[2]
    assert 0 == shift(seat, "log", "keep", promise, "--as", "chief1", "--text", "已回电").code

    assert ["open"] == [each["list"] for each in listed(seat)["list"]]
    lines = shift(seat, "log", "list", "--json", "--kind", "promise").lines()
    assert ["演示长"] == [each["kept_by"] for each in lines]


def test_the_report_is_signed_with_its_file(seat: Path, tmp_path: Path) -> None:
    assert 0 == shift(seat, "on", "--as", "chief1", "--seat", "值班长席").code
    made = zhiwang(
        *("report", "shift", "--site", seat, "--as", "chief1", "--out", tmp_path / "out"),
        *("--from", "2026-11-21T08:00:00+08:00", "--to", "2026-11-21T20:00:00+08:00"),
        *("--format", "csv", "--json"),
    ).json()
    sign = ("handover", "sign", "--shift", RUNNING, "--as", "chief1", "--part", "out")
    other = tmp_path / "other.json"
    other.write_text("{}")
    refused = shift(seat, *sign, "--figures", other)
    assert (2, True) == (refused.code, refused.err.startswith("report_differs"))

    assert 0 == shift(seat, *sign, "--figures", tmp_path / "out" / "figures.json").code

    found = listed(seat)
    assert made["figures_sha256"] == found["figures"]
    assert [("out", "chief1", "演示长")] == [
        (each["part"], each["account"], each["person"]) for each in found["signed"]
    ]
    second = shift(seat, *sign[:-1], "in")
    assert (2, True) == (second.code, second.err.startswith("same_person"))


BAD = [
    (("handover", "list", "--shift", "x"), "--shift"),
    (("handover", "list", "--shift", "441900107-20261121-D"), "--shift"),
    (("handover", "list", "--shift", f"{HENGLI}-20261122-D"), "--shift"),
    (("handover", "tick", "A9", "--as", "chief1"), "A9"),
    (("handover", "tick", "", "--as", "chief1"), ""),
    (("handover", "tick", "open:nobody", "--as", "chief1"), "not_on_the_list"),
    (("handover", "tick", "open:A1", "--as", "clerk1"), "role_missing"),
    (("handover", "tick", "open:A1", "--as", "nobody"), "not_logged_in"),
    (("handover", "untick", "open:A1", "--as", "chief1"), "not_ticked"),
    (("handover", "sign", "--part", "both", "--as", "chief1"), "--part"),
    (("handover", "sign", "--part", "out", "--as", "chief1"), "not_on_shift"),
    (("handover", "sign", "--part", "out", "--as", "chief1", "--figures", "/no/file"), "--figures"),
    (("log", "list", "--kind", "gossip"), "--kind"),
    (("log", "list", "--shift", "20261121"), "--shift"),
    (("log", "write", "--as", "clerk1", "--text", ""), "--text"),
    (("log", "write", "--as", "clerk1", "--text", " "), "--text"),
    (("log", "write", "--as", "clerk1", "--text", "长" * 2001), "--text"),
    (("log", "write", "--as", "clerk1", "--text", "x", "--kind", "act"), "--kind"),
    (("log", "write", "--as", "clerk1", "--text", "x", "--due", "4h"), "--due"),
    (("log", "write", "--as", "clerk1", "--text", "x", "--incident", "Z9"), "unknown_incident"),
    (("log", "keep", "a" * 64, "--as", "clerk1"), "no_promise"),
    (("log", "keep", "x", "--as", "clerk1"), "promise"),
]


@pytest.mark.parametrize(("words", "named"), BAD)
def test_a_wrong_word_is_one_line_and_writes_nothing(
    first: Path, words: tuple[str, ...], named: str
) -> None:
    before = events(first)

    ran = shift(first, *words)

    assert (2, "") == (ran.code, ran.out)
    assert named in ran.err
    assert 1 == len(ran.err.strip().splitlines())
    assert before == events(first)


def test_the_texts_of_the_log_are_sealed(seat: Path) -> None:
    assert 0 == shift(seat, "log", "write", "--as", "clerk1", "--text", "来访者某先生").code

    raw = zhiwang("export", "events", "--site", seat).lines()
    line = next(each for each in raw if each["type"] == "line_written")

    assert "某先生" not in json.dumps(line, ensure_ascii=False)
