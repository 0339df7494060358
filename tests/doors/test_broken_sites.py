"""A site's folder that is missing, damaged or readable by others; photos that are none."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.clock import VARIABLE
from dispatch.wire.protocol import BLOB_BYTES
from tests.doors.seat import events, log_in, make_seat, reported, set_clock
from tests.e2e.town import Ran, zhiwang


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "clerk1")
        assert 0 == reported(made, "--text", "货物堵住通道").code
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of the whole site, to be broken."""
    made = tmp_path / "seat"
    shutil.copytree(whole, made)
    return made


def setting(name: str, value: str) -> Callable[[Path], object]:
    """Return what puts another value into site.toml."""

    def change(folder: Path) -> None:
        file = folder / "site.toml"
        text, count = re.subn(f'(?m)^{name} = ".*"$', f"{name} = {value}", file.read_text())
        assert 1 == count
        file.write_text(text)

    return change


def written(name: str, content: bytes) -> Callable[[Path], object]:
    """Return what writes a file anew; a database's log beside it goes with the old one."""

    def change(folder: Path) -> None:
        for each in folder.glob(f"{name}*"):
            each.unlink()
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)

    return change


def halved(folder: Path) -> None:
    raw = (folder / "site.db").read_bytes()
    (folder / "site.db").write_bytes(raw[: len(raw) // 2])


def told_newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "site.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'v9999'")
        database.commit()


def one_line(ran: Ran, code: int, named: str) -> None:
    assert (code, 1) == (ran.code, len(ran.err.splitlines())), ran
    assert named in ran.err
    assert "" == ran.out


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (shutil.rmtree, "site.toml"),
        (written("site.toml", b""), "site.toml: 缺少 site"),
        (written("site.toml", b"\xff\xfe"), "site.toml: 第 1 个字节"),
        (written("site.toml", b"site = "), "site.toml: 不是 TOML"),
        (setting("hub_key", '"zz"'), "site.toml: hub_key"),
        (setting("hub", '"somewhere"'), "site.toml: hub"),
        (setting("town", "7"), "site.toml: 缺少 town"),
        (setting("inc", '"x y"'), "site.toml: inc"),
        (setting("letter", '"1"'), "site.toml: letter"),
        (written("writer.key", b"short"), "writer.key: 5 字节"),
        (written("hub.token", b"\xff"), "hub.token: 不是令牌"),
        (lambda folder: (folder / "writer.key").unlink(), "writer.key"),
        (lambda folder: (folder / "writer.key").chmod(0o644), "writer.key: 别人可读"),
        (lambda folder: (folder / "hub.token").chmod(0o640), "hub.token: 别人可读"),
        (told_newer, "v9999"),
    ],
)
def test_a_wrong_folder_is_one_line(
    copy: Path, broken: Callable[[Path], object], named: str
) -> None:
    broken(copy)
    for words in (("incident", "list"), ("verify",), ("sync", "--once")):
        one_line(zhiwang(*words, "--site", copy), 2, named)


@pytest.mark.parametrize("broken", [written("site.db", b"no database at all" * 999), halved])
def test_a_damaged_database_is_code_4(copy: Path, broken: Callable[[Path], object]) -> None:
    broken(copy)
    before = (copy / "site.db").read_bytes()
    for words in (("incident", "list"), ("verify",), ("sync", "status")):
        one_line(zhiwang(*words, "--site", copy), 4, "site.db")
    assert before == (copy / "site.db").read_bytes()


@pytest.mark.parametrize("change", ["raw = raw || x'20'", "raw = 'text'", "sig = zeroblob(64)"])
def test_verify_names_a_changed_event(copy: Path, change: str) -> None:
    with closing(sqlite3.connect(copy / "site.db")) as database:
        database.execute(f"UPDATE event SET {change} WHERE pos = 2")
        database.commit()
    one_line(zhiwang("verify", "--site", copy), 4, "第 2 条事件")


def test_a_damaged_session_asks_for_a_new_log_in(copy: Path) -> None:
    (copy / "sessions" / "clerk1.json").write_text("{")
    before = events(copy)
    one_line(reported(copy, "--text", "x"), 2, "clerk1.json")
    assert before == events(copy)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        (b"", "不是 JPEG"),
        (b"GIF89a" * 9, "不是 JPEG"),
        (b"\xff\xd8\xff" + bytes(BLOB_BYTES), "超过 8 MiB"),
    ],
)
def test_a_photo_that_is_none(copy: Path, content: bytes | None, told: str) -> None:
    photo = copy / "photo.jpg"
    if content is not None:
        photo.write_bytes(content)
    before = events(copy)
    refused = reported(copy, "--text", "x", "--photo", str(photo))
    one_line(refused, 2, "photo.jpg")
    assert told in refused.err
    assert before == events(copy)
    assert [] == [each for each in (copy / "photos").rglob("*") if each.is_file()]
