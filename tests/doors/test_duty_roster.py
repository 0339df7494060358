"""The duty roster at the hub's door: taken whole or refused by line; the same again is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.test_imports import TOWN, taken, versions
from tests.e2e.town import PASSWORD, zhiwang

HEAD = "scope,date,shift,seat,account,phone\n"
LINE = f"{TOWN},2026-11-22,D,值班长席,chief2,138****6021\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The database of a hub with a made-up town and one chief."""
    folder = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        db = f"sqlite:///{folder / 'hub.db'}"
        assert 0 == zhiwang("hub", "init", "--db", db, "--seed-town", TOWN).code
        person = ("--scope", TOWN, "--name", "chief2", "--role", "chief")
        added = zhiwang("account", "add", "--db", db, *person, stdin=PASSWORD + "\n")
        assert 0 == added.code, added.err
        yield folder / "hub.db"
        assert [] == list(folder.glob("zhiwang-crash-*"))


def test_a_roster_is_taken_once_and_its_shifts_are_replaced(hub: Path, tmp_path: Path) -> None:
    file = tmp_path / "duty.csv"
    file.write_text(HEAD + LINE + LINE.replace("D,", "夜班,"), encoding="utf-8-sig")
    assert {"taken": 2, "changed": True} == _told(hub, file)
    assert {"taken": 2, "changed": False} == _told(hub, file)

    file.write_text(HEAD + LINE.replace("值班长席", "一号席"))
    assert {"taken": 1, "changed": True} == _told(hub, file)
    assert {"taken": 1, "changed": False} == _told(hub, file)


def _told(hub: Path, file: Path) -> dict[str, object]:
    told = taken(hub, "duty", file).json()
    return {name: told[name] for name in ("taken", "changed")}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "第 1 行: 缺少列 scope"),
        (HEAD, "没有数据"),
        (HEAD + LINE.replace(",D,", ",X,"), "第 2 行: 班次“X”"),
        (HEAD + LINE.replace("2026-11-22", "2026-02-30"), "第 2 行: 日期"),
        (HEAD + LINE.replace("2026-11-22", "22.11.2026"), "第 2 行: 日期"),
        (HEAD + LINE.replace(TOWN, "999999999"), "第 2 行: 组织表中没有 999999999"),
        (HEAD + LINE.replace(TOWN, f"{TOWN}/消防"), "第 2 行: "),
        (HEAD + LINE.replace("chief2", "nobody"), "第 2 行: 没有账号"),
        (HEAD + LINE.replace("值班长席", ""), "第 2 行: 席位名"),
        (HEAD + LINE.replace("值班长席", "长" * 65), "第 2 行: 席位名"),
        (HEAD + LINE + LINE, "第 3 行: chief2 在这一班排了两次"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_changes(
    hub: Path, tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "duty.csv"
    file.write_text(content)
    before = versions(hub)

    refused = taken(hub, "duty", file)

    assert (2, before) == (refused.code, versions(hub))
    assert told in refused.err
