"""Story 12, as far as pages 1 to 4: the shift report balances, is provisional, then revised."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.e2e.town import VILLAGE, Town, zhiwang

FROM, TO = "2026-11-21T08:00:00+08:00", "2026-11-21T20:00:00+08:00"
MINUTE = 60_000


def report(town: Town, site: str, out: Path) -> Any:
    """Make the shift report at a site; return what the command said."""
    return zhiwang(
        "report", "shift", "--site", town.site(site), "--from", FROM, "--to", TO,
        "--out", out, "--json",
    ).json()  # fmt: skip


def figures(out: Path) -> Any:
    """The figures of a report by id."""
    told = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in told["figures"]}


def test_a_report_is_provisional_then_revised(town: Town, tmp_path: Path) -> None:
    """Made with facts still on the way it says so; made again it names what differs."""
    town.login("seat1", "clerk1", "dispatcher1")
    town.login("village", "station1")
    for number in range(3):
        id_ = town.report("seat1", "clerk1", "0605", f"通道堵塞 {number}")["id"]
        town.act("seat1", "clerk1", "file", id_)
    town.pass_time(MINUTE)
    out = tmp_path / "out"

    first = report(town, "seat1", out)
    assert (True, True, 0) == (first["balanced"], first["provisional"], first["revision"])
    before = figures(out)
    assert 3 == before["flow.new.all"]["value"]
    assert 3 == len(before["flow.new.all"]["ids"])

    late = town.report("village", "station1", "0602", "灭火器过期")["id"]
    town.pass_time(MINUTE)
    town.sync("village")
    town.sync("seat1")
    town.pass_time(MINUTE)
    second = report(town, "seat1", out)

    assert (True, 1) == (second["balanced"], second["revision"])
    told = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert late in figures(out)["flow.new.all"]["ids"]
    assert any(each["before"] == "3" and each["after"] == "4" for each in told["differences"])
    pdf = next(path for path in second["paths"] if path.endswith(".pdf"))
    text = subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "演示数据" in text
    assert "修订" in text


def test_a_village_makes_its_own_report_offline(town: Town, tmp_path: Path) -> None:
    """Without the hub the station still reports on its own shift."""
    town.login("village", "station1")
    town.kill_hub()
    town.report("village", "station1", "0602", "灭火器过期")
    town.pass_time(MINUTE)

    made = report(town, "village", tmp_path / "out")

    assert (True, True) == (made["balanced"], made["provisional"])
    assert 1 == figures(tmp_path / "out")["flow.new.all"]["value"]
    assert VILLAGE in json.dumps(json.loads((tmp_path / "out" / "figures.json").read_text()))
