"""The layout of the package, and a real dpkg that installs and removes it in a folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.freeze import contents
from installer.linux import deb_tree

APP = f"opt/apps/{deb_tree.APPID}"

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("dpkg-deb", "dpkg-shlibdeps"))), reason="no dpkg-deb, dpkg-shlibdeps"
)


@pytest.fixture
def frozen(tmp_path: Path) -> list[str]:
    """A stand-in for the frozen program: a real program of this system, a link, a text."""
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    shutil.copyfile("/bin/true", folder / "zhiwang")
    (folder / "zhiwang").chmod(0o700)
    (folder / "_internal/data.txt").write_text("一\n", encoding="utf-8")
    (folder / "_internal/link").symlink_to("data.txt")
    for name in ("licences", "icons"):
        (tmp_path / name).mkdir()
    (tmp_path / "licences/LIST.tsv").write_text("name\n")
    (tmp_path / "icons/48.png").write_bytes(b"png")
    named = ("frozen", "licences", "icons")
    return [word for name in named for word in (f"--{name}", str(tmp_path / name))]


def packed(frozen: list[str], out: Path, build: str = "7") -> Path:
    assert 0 == deb_tree.main([*frozen, "--build", build, "--out", str(out)])
    (file,) = out.glob("*.deb")
    return file


def told(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_all_files_lie_under_the_applications_folder(frozen: list[str], tmp_path: Path) -> None:
    file = packed(frozen, tmp_path / "out")
    tree = tmp_path / "tree"
    told("dpkg-deb", "-x", file, tree)

    files = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if not path.is_dir()}
    assert {
        f"{APP}/info",
        f"{APP}/entries/applications/{deb_tree.APPID}.desktop",
        f"{APP}/entries/icons/hicolor/48x48/apps/{deb_tree.APPID}.png",
        f"{APP}/entries/icons/hicolor/scalable/apps/{deb_tree.APPID}.svg",
        f"{APP}/files/zhiwang",
        f"{APP}/files/_internal/data.txt",
        f"{APP}/files/_internal/link",
        f"{APP}/files/licences/LIST.tsv",
        *(f"{APP}/files/hub/{path.name}" for path in deb_tree.HUB.iterdir()),
    } == files
    assert f"{APP}/files/hub/zhiwang-hub.service" in files
    assert 0o755 == (tree / APP / "files/zhiwang").stat().st_mode & 0o777
    assert 0o644 == (tree / APP / "files/_internal/data.txt").stat().st_mode & 0o777


def test_info_says_who_it_is_and_asks_for_nothing(frozen: list[str], tmp_path: Path) -> None:
    file = packed(frozen, tmp_path / "out", "12")
    told("dpkg-deb", "-x", file, tmp_path / "tree")

    info = json.loads((tmp_path / "tree" / APP / "info").read_text(encoding="utf-8"))

    assert {"appid", "name", "version", "arch", "permissions"} == set(info)
    assert (deb_tree.APPID, contents.version("12")) == (info["appid"], info["version"])
    assert [told("dpkg", "--print-architecture").strip()] == info["arch"]
    assert not any(info["permissions"].values())
    assert deb_tree.APPID == told("dpkg-deb", "-f", file, "Package").strip()
    assert info["version"] == told("dpkg-deb", "-f", file, "Version").strip()


def test_the_entry_starts_the_program_that_is_there(frozen: list[str], tmp_path: Path) -> None:
    told("dpkg-deb", "-x", packed(frozen, tmp_path / "out"), tmp_path / "tree")
    entry = tmp_path / "tree" / APP / f"entries/applications/{deb_tree.APPID}.desktop"
    lines = dict(
        line.split("=", 1) for line in entry.read_text(encoding="utf-8").splitlines()[1:] if line
    )
    program, *words = lines["Exec"].split()
    assert (tmp_path / "tree" / program.lstrip("/")).is_file()
    assert ["run", "--from-icon"] == words
    assert deb_tree.APPID == lines["Icon"]
    if shutil.which("desktop-file-validate"):
        assert "" == told("desktop-file-validate", entry)


def test_there_is_no_maintainer_script(frozen: list[str], tmp_path: Path) -> None:
    file = packed(frozen, tmp_path / "out")
    told("dpkg-deb", "-e", file, tmp_path / "control")
    assert {"control", "md5sums"} == {path.name for path in (tmp_path / "control").iterdir()}


def test_what_the_libraries_need_and_a_chinese_font_are_dependencies(
    frozen: list[str], tmp_path: Path
) -> None:
    depends = told("dpkg-deb", "-f", packed(frozen, tmp_path / "out"), "Depends")
    assert "libc6 (>= " in depends
    assert "fonts-noto-cjk | " in depends


def test_the_same_tree_and_time_give_the_same_bytes(
    frozen: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    first = packed(frozen, tmp_path / "one").read_bytes()
    (tmp_path / "frozen/_internal/data.txt").touch()
    assert first == packed(frozen, tmp_path / "two").read_bytes()


def test_dpkg_installs_it_and_leaves_nothing_when_it_goes(
    frozen: list[str], tmp_path: Path
) -> None:
    file = packed(frozen, tmp_path / "out")
    root = tmp_path / "root"
    for name in ("updates", "info"):
        (root / "var/lib/dpkg" / name).mkdir(parents=True)
    for name in ("status", "available"):
        (root / "var/lib/dpkg" / name).touch()
    forced = "--force-depends,not-root,bad-path"
    dpkg = ["dpkg", f"--root={root}", forced, f"--log={tmp_path}/dpkg.log"]
    told(*dpkg, "--install", file)
    assert (root / APP / "files/zhiwang").is_file()
    told(*dpkg, "--purge", deb_tree.APPID)
    assert not (root / "opt").exists()


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        (["--frozen", "/no/such"], "/no/such: no such folder"),
        (["--build", "7b"], "is no version of four numbers"),
    ],
)
def test_what_cannot_be_packed_is_a_line(
    frozen: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    spoilt: list[str],
    line: str,
) -> None:
    given = [*frozen, "--build", "7", "--out", str(tmp_path / "out"), *spoilt]
    assert 2 == deb_tree.main(given)
    (told_line,) = capsys.readouterr().err.splitlines()
    assert line in told_line
    assert not (tmp_path / "out").exists()
