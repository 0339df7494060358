"""Story 1: 08:20, the night hands 46 open incidents over; two sign, the day answers for them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from dispatch.domain.calendar import MINUTE, ZONE, instant
from tests.e2e.town import PASSWORD, TOWN, Town, zhiwang

NIGHT, DAY = f"{TOWN}-20261121-N", f"{TOWN}-20261122-D"
QUIET, QUICK = "0101", "0106"
"""Items whose limits run in working time, and by the clock: 30 minutes to accept."""


def at(town: Town, day: int, hour: int, minute: int = 0) -> None:
    """Put the town's clock to a moment of November 2026."""
    moment = instant(datetime(2026, 11, day, hour, minute, tzinfo=ZONE))
    town.pass_time(moment - town.now)


def second_chief(town: Town) -> None:
    """The hub's staff with one more chief, who is planned for the day, as an office does it."""
    for name in ("chief2",):
        added = zhiwang(
            *("account", "add", "--db", town.db, "--scope", TOWN, "--name", name),
            *("--role", "chief"),
            stdin=PASSWORD + "\n",
        )
        assert 0 == added.code, added.err
    roster = town.folder / "duty.csv"
    line = f"{TOWN},2026-11-22,D,值班长席,chief2,138****6021"
    roster.write_text(f"scope,date,shift,seat,account,phone\n{line}\n", encoding="utf-8-sig")
    assert 0 == zhiwang("import", "duty", roster, "--db", town.db).code
    for seat in ("seat1", "seat2"):
        town.sync(seat)


def both_sync(town: Town) -> None:
    """Let either seat know what the other did."""
    for seat in ("seat1", "seat2", "seat1"):
        town.sync(seat)


def shift(town: Town, seat: str, *words: str | Path) -> Any:
    """Run a shift's word at a seat."""
    return zhiwang("shift", *words, "--site", town.site(seat))


def listed(town: Town, seat: str, which: str = NIGHT) -> Any:
    """The hand-over list as JSON."""
    return shift(town, seat, "handover", "list", "--shift", which, "--json").json()


def on_hold(town: Town) -> None:
    """One that is put on hold until tomorrow."""
    id_ = town.report("seat1", "clerk1", QUIET, "等施工队")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    town.act("seat1", "fire1", "ask-hold", id_, "--reason", "season", "--review", "2026-11-22")
    town.act("seat1", "leader1", "grant-hold", id_)


def in_conflict(town: Town) -> str:
    """One that two seats sent to two units before they heard of each other."""
    id_: str = town.report("seat1", "clerk1", QUIET, "两边都派了")["id"]
    town.act("seat1", "clerk1", "file", id_)
    both_sync(town)
    town.login("seat2", "dispatcher2")
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat2", "dispatcher2", "dispatch", id_, "--unit", "安监")
    both_sync(town)
    return id_


def a_night(town: Town) -> str:
    """46 open at 08:00: 32 in time, 3 red, 8 yellow, 2 on hold, 1 conflict; return the last."""
    second_chief(town)
    at(town, 21, 21)
    town.login("seat1", "chief1", "clerk1", "dispatcher1", "fire1", "leader1")
    assert 0 == shift(town, "seat1", "on", "--as", "chief1", "--seat", "值班长席").code
    for number in range(32):
        town.report("seat1", "clerk1", QUIET, f"登记 {number}")
    for _ in range(2):
        on_hold(town)
    contested = in_conflict(town)
    at(town, 22, 7)
    town.login("seat1", "clerk1")
    for number in range(3):
        town.report("seat1", "clerk1", QUICK, f"线索 {number}")
    at(town, 22, 7, 54)
    town.login("seat1", "clerk1")
    for number in range(8):
        town.report("seat1", "clerk1", QUICK, f"新线索 {number}")
    at(town, 22, 8, 20)
    both_sync(town)
    return contested


def issued(town: Town, out: Path) -> str:
    """Issue the night's report at the first seat; return the hash that is signed."""
    town.login("seat1", "chief1")
    made = zhiwang(
        *("report", "shift", "--site", town.site("seat1"), "--as", "chief1", "--out", out),
        *("--from", "2026-11-21T20:00:00+08:00", "--to", "2026-11-22T08:00:00+08:00", "--json"),
    ).json()
    both_sync(town)
    return str(made["figures_sha256"])


def sign(town: Town, seat: str, name: str, part: str, figures: str | Path) -> Any:
    """Sign the night's report."""
    return shift(
        *(town, seat, "handover", "sign", "--as", name, "--part", part),
        *("--shift", NIGHT, "--figures", figures),
    )


def test_the_night_hands_over_46_and_the_day_answers_for_them(town: Town, tmp_path: Path) -> None:
    """Through the command line at two seats and the hub between them."""
    contested = a_night(town)
    town.login("seat2", "chief2")
    planned = shift(town, "seat2", "roster", "--json").lines()
    assert [("chief2", "值班长席", False)] == [(e["account"], e["seat"], e["on"]) for e in planned]
    assert 0 == shift(town, "seat2", "on", "--as", "chief2", "--seat", "值班长席").code

    assert [True] == [e["on"] for e in shift(town, "seat2", "roster", "--json").lines()]

    before = listed(town, "seat2")
    lists = Counter(line["list"] for line in before["list"])
    assert {"open": 44, "hold": 2, "contested": 1} == lists
    lights = Counter(line["light"] for line in before["list"] if line["list"] == "open")
    assert (3, 8) == (lights["red"], lights["yellow"])
    due = [line["due_at"] for line in before["list"] if line["list"] == "hold"]
    assert all(each.startswith("2026-11-22") for each in due)
    assert [contested] == [e["incident"] for e in before["list"] if e["list"] == "contested"]
    assert {NIGHT} == {line["shift"] for line in before["list"]}

    refused = sign(town, "seat2", "chief2", "in", "a" * 64)
    assert (2, True) == (refused.code, refused.err.startswith("no_report"))
    figures = issued(town, tmp_path / "out")
    refused = sign(town, "seat2", "chief2", "in", "a" * 64)
    assert (2, True) == (refused.code, refused.err.startswith("report_differs"))
    refused = sign(town, "seat2", "chief2", "in", figures)
    assert (2, True) == (refused.code, "47" in refused.err)

    first, *others = (line["key"] for line in before["list"])
    for keys in ((first,), others):
        done = shift(
            *(town, "seat2", "handover", "tick", *keys, "--as", "chief2", "--shift", NIGHT)
        )
        assert 0 == done.code, done.err
    town.pass_time(MINUTE)
    assert 0 == sign(town, "seat1", "chief1", "out", tmp_path / "out" / "figures.json").code
    refused = sign(town, "seat1", "chief1", "in", figures)
    assert (2, True) == (refused.code, refused.err.startswith("same_person"))
    assert 0 == sign(town, "seat2", "chief2", "in", figures).code
    both_sync(town)
    town.login("seat1", "leader1")
    assert 0 == sign(town, "seat1", "leader1", "review", figures).code
    both_sync(town)

    for seat in ("seat1", "seat2"):
        after = listed(town, seat)
        assert after["handed_over"]
        assert [("out", "chief1"), ("in", "chief2"), ("review", "leader1")] == [
            (each["part"], each["account"]) for each in after["signed"]
        ]
        assert {DAY} == {line["shift"] for line in after["list"]}
        assert DAY == town.show(seat, contested)["shift"]
    assert 3 == sum(e["type"] == "handover_signed" for e in log(town, "seat2"))
    assert all(each.code == 0 for each in town.verify())


def log(town: Town, seat: str) -> Any:
    """The night's log."""
    return shift(town, seat, "log", "list", "--shift", NIGHT, "--json").lines()
