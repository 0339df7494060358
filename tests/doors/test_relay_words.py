"""`zhiwang relay` as a process of its own: seats go on while the hub stands still or is dead."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.hub import Tls
from dispatch.sync import driver
from tests.e2e.conftest import town as town  # noqa: PLC0414 - the fixture
from tests.e2e.town import TOWN, Ran, Town, free_port, zhiwang
from tests.sync.own_ca import own_ca


@contextmanager
def serving(town: Town, tls: Tls, port: int) -> Iterator[subprocess.Popen[str]]:
    """A relay on the first seat's machine; killed with -9 at the end."""
    words = ["relay", "--site", str(town.site("seat1")), "--listen", f"127.0.0.1:{port}"]
    words += ["--tls-cert", str(tls.cert), "--tls-key", str(tls.key)]
    command = [sys.executable, "-m", "console", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            assert f"https://127.0.0.1:{port}" == json.loads(told)["serving"]
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def offline(town: Town, name: str) -> Ran:
    """Exchange while the hub does not answer: what can be goes by the relay."""
    ran = zhiwang("sync", "--site", town.site(name), "--once")
    assert 3 == ran.code, ran
    return ran


@pytest.mark.long
def test_two_seats_go_on_without_the_hub(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "READ_S", 1.0)  # a hub that stands still is not waited for long
    ca, tls = own_ca(tmp_path)
    port = free_port()
    town.login("seat1", "clerk1", "dispatcher1")
    town.login("seat2", "clerk1", "dispatcher2")
    for name in ("seat1", "seat2", "seat1"):
        town.sync(name)
    for name in ("seat1", "seat2"):
        url = f"https://127.0.0.1:{port}"
        set_ = zhiwang("site", "relay", town.site(name), "--url", url, "--ca", ca)
        assert 0 == set_.code, set_.err
    assert town.hub is not None
    town.hub.send_signal(signal.SIGSTOP)
    town.pass_time(5_000)
    try:
        without_the_hub(town, tls, port)
    finally:
        town.kill_hub()
    town.start_hub()
    town.pass_time(5_000)
    back_again(town)


def without_the_hub(town: Town, tls: Tls, port: int) -> None:
    """Two seats at work on one incident; the relay is killed in between."""
    with serving(town, tls, port):
        id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
        assert "经本地中继" in offline(town, "seat1").err
        assert "收到" in offline(town, "seat2").err
        assert "reported" == town.show("seat2", id_)["state"]
        town.act("seat2", "clerk1", "file", id_)
        town.act("seat2", "dispatcher2", "dispatch", id_, "--unit", "消防")
        offline(town, "seat2")
        offline(town, "seat1")
        seen = town.show("seat1", id_)
        assert ("sent", [], seen["temp"]) == (seen["state"], seen["contested"], seen["number"])
        told = town.status("seat1")
        assert "relay" == told["way"]
        assert told["carried"] >= 2
    assert "中继也连不上" in offline(town, "seat1").err
    town.act("seat1", "clerk1", "note", id_, "--text", "已电话核实")
    with serving(town, tls, port):  # after -9, the same file
        offline(town, "seat1")
        offline(town, "seat2")
        assert "noted" == town.show("seat2", id_)["events"][-1]["type"]


def back_again(town: Town) -> None:
    """The hub has numbered everything once, whoever brought it."""
    town.sync("seat2")
    town.sync("seat1")
    town.sync("seat2")

    one, two = (town.status(name) for name in ("seat1", "seat2"))
    assert ("hub", 0, 0) == (one["way"], one["unsent"], one["carried"])
    assert (0, one["town_seq"], one["digest"]) == (two["unsent"], two["town_seq"], two["digest"])
    assert one["digest"] == one["hub_digest"]
    incidents = zhiwang("incident", "list", "--site", town.site("seat2"), "--json").lines()
    assert incidents
    assert all(each["number"].startswith(f"{TOWN}-") for each in incidents)
    events = zhiwang("export", "events", "--site", town.site("seat1")).lines()
    numbers = sorted(each["seq"] for each in events if "seq" in each)
    assert len(set(numbers)) == len(numbers)
    town.sync("village")
    assert all(ran.code == 0 for ran in town.verify())


@pytest.mark.long
def test_words_that_are_refused(town: Town, tmp_path: Path) -> None:
    _, tls = own_ca(tmp_path)
    at = ("--tls-cert", tls.cert, "--tls-key", tls.key)
    seat = town.site("seat1")
    for words in (
        ("relay", "--site", seat, "--listen", "127.0.0.1:0"),
        ("relay", "--site", seat, "--listen", "nowhere", *at),
        ("relay", "--site", town.site("village"), "--listen", "127.0.0.1:0", *at),
        ("relay", "--site", tmp_path, "--listen", "127.0.0.1:0", *at),
        ("relay", "--site", seat, "--listen", "127.0.0.1:0", *at[:2], "--tls-key", "none"),
        ("site", "relay", seat),
        ("site", "relay", seat, "--url", "http://127.0.0.1:1"),
        ("site", "relay", seat, "--url", "https://a/b"),
        ("site", "relay", seat, "--url", "https://a", "--ca", tmp_path / "none"),
        ("site", "relay", tmp_path, "--off"),
    ):
        ran = zhiwang(*words)
        assert (2, 1, "") == (ran.code, len(ran.err.strip().splitlines()), ran.out), (words, ran)
    assert 0 == zhiwang("site", "relay", seat, "--off").code
    assert TOWN == town.status("seat1")["town"]
