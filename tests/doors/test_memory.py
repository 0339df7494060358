"""No file fills the memory: a process that may have so much and no more refuses it in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.doors.bombs import BOMBS, keys_of_keys
from tests.doors.test_imports import hub, versions
from tests.e2e.town import Ran

__all__ = ["hub"]  # a fixture
BOUND: Final = 1536 * 1024 * 1024
"""Bytes of address space, the libraries' own with it: most of a small office computer's memory."""
CHILD: Final = """
import json, resource, sys
from tests.e2e.town import zhiwang
resource.setrlimit(resource.RLIMIT_AS, (BOUND, BOUND))
for line in json.load(sys.stdin):
    done = zhiwang(*line)
    print(json.dumps([done.code, done.out, done.err]), flush=True)
"""
QUICK: Final = ("row.xlsx", "record.csv", "deep.geojson")
"""The bombs that `make test` throws; `make check-long` throws all."""
TOLD: Final = {
    "row.xlsx": "一行超过 4 MB",
    "rows.xlsx": "一行超过 4 MB",
    "cell.xlsx": "一行超过 4 MB",
    "texts.xlsx": "共享文本超过",
    "styles.xlsx": "解压后超过 16 MB",
    "record.csv": "引号里的换行使一行过长",
    "rows.csv": "超过 200000 行",
    "features.geojson": "缺少列",
    "feature.geojson": "一个要素超过 1 MB",
    "deep.geojson": "最外层不是 GeoJSON 对象",
    "nested.geojson": "嵌套过深",
    "names.geojson": "最外层的成员超过",
}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit of address space there")


def limited(*lines: Sequence[str | Path]) -> list[Ran]:
    """Run commands in one process that cannot have more memory than BOUND."""
    asked = json.dumps([[str(word) for word in line] for line in lines])
    child = [sys.executable, "-c", CHILD.replace("BOUND", str(BOUND))]
    done = subprocess.run(
        child, capture_output=True, input=asked.encode(), timeout=200, check=False
    )
    assert 0 == done.returncode, done.stderr.decode()[-2000:]
    return [Ran(*json.loads(line)) for line in done.stdout.splitlines()]


def refused(ran: Ran, named: str) -> None:
    """The one clear line."""
    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines())), ran
    assert named in ran.err


@pytest.mark.parametrize(
    "names", [QUICK, pytest.param(tuple(BOMBS), marks=pytest.mark.long)], ids=["few", "all"]
)
def test_a_bomb_is_one_line(hub: Path, tmp_path: Path, names: Sequence[str]) -> None:
    before = versions(hub)
    for name in names:
        BOMBS[name](tmp_path / name)
    db = ("--db", f"sqlite:///{hub}")

    rans = limited(*(("import", "roster", tmp_path / name, *db) for name in names))

    for name, ran in zip(names, rans, strict=True):
        refused(ran, name)
        assert TOLD[name] in ran.err
    assert before == versions(hub)


def test_what_has_no_end_and_what_has_too_many_parts(hub: Path, tmp_path: Path) -> None:
    """A device as a table and as a mapping; a key that took tomllib minutes, deaf to Ctrl+C."""
    roster = tmp_path / "roster.csv"
    roster.write_text("number,name,grid,phone,post\n")
    keys_of_keys(tmp_path / "map.toml")
    db = ("--db", f"sqlite:///{hub}")
    before = versions(hub)

    rans = limited(
        ("import", "roster", "/dev/zero", *db),
        ("import", "roster", roster, "--mapping", "/dev/zero", *db),
        ("import", "roster", roster, "--mapping", tmp_path / "map.toml", *db),
    )

    for ran, named in zip(rans, ("zero", "zero", "map.toml 第 1 行"), strict=True):
        refused(ran, named)
    assert before == versions(hub)


@pytest.mark.parametrize(
    "line", [b"\xff\xfe\n", b"x" * (32 << 20)], ids=["no UTF-8", "no end of line"]
)
def test_a_password_that_is_no_text_is_one_line(hub: Path, line: bytes) -> None:
    """Standard input of a real process: a test's own has no bytes."""
    before = versions(hub)
    person = ("account", "add", "--scope", "441900106", "--name", "n", "--role", "clerk")
    done = subprocess.run(
        [sys.executable, "-m", "console", *person, "--db", f"sqlite:///{hub}"],
        capture_output=True,
        input=line,
        timeout=120,
        check=False,
    )

    refused(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()), "标准输入")
    assert before == versions(hub)
