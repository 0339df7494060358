"""Story 6: a village's line is cut for 3 h 10 min; on return nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from tests.e2e.town import TOWN, VILLAGE, Town

REPORTS, DISPATCHES = 17, 9
CUT_MS = (3 * 60 + 10) * 60_000


def prepared(town: Town) -> tuple[str, str]:
    """Two incidents that both ends know before the cut: one filed, one at work."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1")
    town.login("village", "station1")
    both = town.report("seat1", "clerk1", "0605", "货物堵住安全出口")["id"]
    voided = town.report("seat1", "clerk1", "0602", "灭火器过期")["id"]
    for id_ in (both, voided):
        town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", voided, "--unit", VILLAGE)
    town.sync("seat1")
    town.sync("village")
    town.act("village", "station1", "sign", voided, "--person", "站员甲")
    town.sync("village")
    town.sync("seat1")
    return both, voided


def offline_work(town: Town, both: str, voided: str) -> list[str]:
    """What the station does without a line: reports, filings, dispatches, updates."""
    made: list[str] = [
        town.report("village", "station1", "0605", f"离线上报 {number + 1}")["id"]
        for number in range(REPORTS)
    ]
    updates = 0
    for id_ in made[:DISPATCHES]:
        town.act("village", "station1", "file", id_)
        updates += 1
    town.act("village", "station1", "dispatch", both, "--unit", VILLAGE)
    for id_ in made[: DISPATCHES - 1]:
        town.act("village", "station1", "dispatch", id_, "--unit", VILLAGE)
    town.act(
        "village", "station1", "feedback", voided, "--measure", "已更换灭火器", "--closing", "met"
    )
    updates += 1
    for number in range(41 - updates):
        town.act("village", "station1", "note", made[number % REPORTS], "--text", f"续报 {number}")
    return made


def test_a_cut_village_loses_and_doubles_nothing(town: Town) -> None:
    """17 reports, 9 dispatches, 41 updates, two collisions, kill -9 in mid sync."""
    both, voided = prepared(town)
    made = offline_work(town, both, voided)
    town.act("seat1", "dispatcher1", "dispatch", both, "--unit", "消防")
    town.act("seat1", "dispatcher1", "ask-void", voided, "--reason", "duplicate")
    town.act("seat1", "chief1", "grant-void", voided)
    town.sync("seat1")
    town.pass_time(CUT_MS)
    before = town.status("village")
    assert REPORTS + DISPATCHES + 41 <= before["unsent"]

    kill_in_mid_sync(town)
    started = time.monotonic()
    town.sync("village")
    town.sync("seat1")
    town.sync("village")
    print(f"back in {time.monotonic() - started:.1f} s")

    after = town.status("village")
    assert (0, after["made_here"]) == (after["unsent"], after["on_hub"])
    assert after["digest"] == after["hub_digest"]
    for id_ in made:
        at_seat, at_village = town.show("seat1", id_), town.show("village", id_)
        assert at_seat["events"] == at_village["events"]
        assert at_seat["number"].startswith(TOWN)
    for id_, state in ((both, "sent"), (voided, "done")):
        for site in ("seat1", "village"):
            shown = town.show(site, id_)
            assert (state, True) == (shown["state"], bool(shown["contested"]))
    assert [0, 0, 0, 0] == [ran.code for ran in town.verify()]


def kill_in_mid_sync(town: Town) -> None:
    """Start an exchange and kill it with -9 a moment later, three times."""
    for wait in (0.6, 0.9, 1.2):
        child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "console",
                "sync",
                "--site",
                str(town.site("village")),
                "--once",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()


def test_the_chief_decides_and_both_ends_agree(town: Town) -> None:
    """Two dispatches made apart stand side by side until the chief keeps one."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1")
    town.login("village", "station1")
    id_ = town.report("seat1", "clerk1", "0605", "安全出口上锁")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.sync("seat1")
    town.sync("village")
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("village", "station1", "dispatch", id_, "--unit", VILLAGE)
    town.sync("seat1")
    town.sync("village")
    town.sync("seat1")
    contested = town.show("seat1", id_)
    kept = next(
        event["id"]
        for event in contested["events"]
        if event["type"] == "dispatched" and event["actor"] == "station1"
    )
    refused = town.tried("seat1", "chief1", "ask-void", id_, "--reason", "x")
    assert 2 == refused.code
    decided = town.act("seat1", "chief1", "resolve", id_, "--keep", kept, "--reason", "near")
    assert ([], VILLAGE, ["消防"]) == (decided["contested"], decided["unit"], decided["told_off"])
    town.sync("seat1")
    town.sync("village")
    assert town.show("village", id_)["events"] == town.show("seat1", id_)["events"]
    assert ([], VILLAGE) == (town.show("village", id_)["contested"], decided["unit"])
