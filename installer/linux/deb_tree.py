"""Lay a frozen program out as a package of /opt/apps/<appid> and pack it with dpkg-deb.

python installer/linux/deb_tree.py --frozen DIR --licences DIR --icons DIR --build N --out DIR
No maintainer script is written: the package's files are all there is to install and remove.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from installer.freeze import contents  # noqa: E402 - a script finds its own folder only

APPID = "cn.zhiwang.console"
"""A placeholder: whoever publishes the package puts a domain of his own, turned round, here."""
MAINTAINER = "Zhiwang console <zhiwang@example.invalid>"
NAME = "智网调度台"
ENTRIES = Path(__file__).with_name("entries")
HUB = ROOT / "installer/hub"
FONTS = "fonts-noto-cjk | fonts-wqy-zenhei | fonts-wqy-microhei | fonts-droid-fallback"
PLAYERS = "pipewire-bin | pulseaudio-utils | alsa-utils"
PERMISSIONS = (
    "account",
    "audio_record",
    "autostart",
    "bluetooth",
    "camera",
    "clipboard",
    "installed_apps",
    "notification",
    "trayicon",
)


class Unpackable(Exception):
    """Something that the package needs is not there, or a tool refused."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a package is made of: folders of the frozen program, licence texts and icons."""

    frozen: Path
    licences: Path
    icons: Path
    version: str
    arch: str


def info(parts: Parts) -> str:
    """Return the file `info` of the layout; the console asks for none of the permissions."""
    told = {
        "appid": APPID,
        "name": NAME,
        "version": parts.version,
        "arch": [parts.arch],
        "permissions": dict.fromkeys(PERMISSIONS, False),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def lay_out(parts: Parts, tree: Path) -> Path:
    """Put everything into a new tree; return the application's folder in it."""
    for folder in (parts.frozen, parts.licences, parts.icons):
        if not folder.is_dir():
            raise Unpackable(f"{folder}: no such folder")
    app = tree / "opt/apps" / APPID
    shutil.copytree(parts.frozen, app / "files", symlinks=True)
    shutil.copytree(parts.licences, app / "files/licences")
    # For a server: put into its place by hand, for the package itself runs nothing.
    shutil.copytree(HUB, app / "files/hub")
    app.joinpath("info").write_text(info(parts), encoding="utf-8")
    desktop = (ENTRIES / "zhiwang.desktop").read_text(encoding="utf-8").replace("@APPID@", APPID)
    entry = app / f"entries/applications/{APPID}.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(desktop, encoding="utf-8")
    themes = app / "entries/icons/hicolor"
    drawn = [*parts.icons.glob("*.png"), ENTRIES / "zhiwang.svg"]
    for file in drawn:
        size = f"{file.stem}x{file.stem}" if file.suffix == ".png" else "scalable"
        place = themes / size / "apps" / f"{APPID}{file.suffix}"
        place.parent.mkdir(parents=True)
        shutil.copyfile(file, place)
    _may_be_read(tree)
    return app


def _may_be_read(tree: Path) -> None:
    """Everybody may read all and change nothing; what was executable is so for everybody."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def needed(app: Path) -> str:
    """Return the Debian packages that the libraries in the application need, as control says it."""
    files = app / "files"
    binaries = [
        path
        for path in sorted(files.rglob("*"))
        if path.is_file() and not path.is_symlink() and _is_binary(path)
    ]
    own = sorted({path.parent for path in binaries})
    with tempfile.TemporaryDirectory() as name:
        control = Path(name, "debian/control")
        control.parent.mkdir()
        control.write_text(f"Source: {APPID}\n\nPackage: {APPID}\nArchitecture: any\n")
        told = _run(
            ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
            + [f"-l{folder}" for folder in own]
            + [str(path) for path in binaries],
            Path(name),
        )
    return told.strip().removeprefix("shlibs:Depends=")


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def control(parts: Parts, depends: str, size: int) -> str:
    """Return the package's control file; `size` in bytes."""
    return (
        f"Package: {APPID}\n"
        f"Version: {parts.version}\n"
        f"Architecture: {parts.arch}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {size // 1024}\n"
        f"Depends: {depends}, {FONTS}\n"
        f"Recommends: {PLAYERS}\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {NAME}: dispatch console of a city's grid governance\n"
        " The window and the command line `zhiwang` of a village station, a town centre\n"
        " or the city, and the hub that they exchange with; works without a network.\n"
    )


def pack(parts: Parts, out: Path) -> Path:
    """Make the package in the folder `out`; return its file."""
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name, "tree")
        app = lay_out(parts, tree)
        files = [path for path in sorted(app.rglob("*")) if path.is_file()]
        real = [path for path in files if not path.is_symlink()]
        size = sum(path.stat().st_size for path in real)
        meta = tree / "DEBIAN"
        meta.mkdir(mode=0o755)
        meta.joinpath("control").write_text(control(parts, needed(app), size), encoding="utf-8")
        sums = [f"{_md5(path)}  {path.relative_to(tree)}\n" for path in real]
        meta.joinpath("md5sums").write_text("".join(sums), encoding="utf-8")
        for path in (meta / "control", meta / "md5sums"):
            path.chmod(0o644)
        out.mkdir(parents=True, exist_ok=True)
        # One kind of compression with any number of processors: the same bytes everywhere.
        packing = ["dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=2", "--build"]
        file = out / f"{APPID}_{parts.version}_{parts.arch}.deb"
        _run([*packing, str(tree), str(file)], Path(name))
    return file


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        raise Unpackable(f"{command[0]}: {last[0]}")
    return done.stdout


def main(words: list[str]) -> int:
    """Pack what the options name; print the package's file."""
    parser = argparse.ArgumentParser(prog="deb_tree", allow_abbrev=False)
    for option in ("--frozen", "--licences", "--icons", "--out"):
        parser.add_argument(option, required=True, type=Path)
    parser.add_argument("--build", required=True)
    given = parser.parse_args(words)
    try:
        version = contents.version(given.build)
        arch = _run(["dpkg", "--print-architecture"], Path.cwd()).strip()
        parts = Parts(given.frozen, given.licences, given.icons, version, arch)
        print(pack(parts, given.out.resolve()))
    except (Unpackable, ValueError, OSError) as error:
        print(f"deb: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
