"""What a station needs: screen, fonts, sound, disk, clock, hub, calendar, packages; one check each.

Nothing here imports Qt: a child process asks it, for a missing library ends a process.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal

from console import own_process
from console.words import say

Level = Literal["ok", "warn", "bad"]
CHILD_S: Final = 30
LEAST_FREE: Final = 512 * 1024**2
ENOUGH_FREE: Final = 5 * 1024**3
REMOTE: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})
PACKAGES: Final = Path(__file__).resolve().parent.parent / "installer/linux/packages.txt"
ASK: Final = "--ask-qt"
"""The option by which a child is told to ask Qt, see `console.qt_answer`."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it stands, what to do when it is not well."""

    name: str
    level: Level
    what: str
    todo: str = ""


def qt(environ: Mapping[str, str]) -> Iterator[Check]:
    """Can Qt draw at all, and is there a screen for the window."""
    version = importlib.metadata.version("PySide6-Essentials")
    if version.startswith("6.12.0") and sys.version_info[:2] == (3, 11):
        todo = say("装 6.9 版", "install 6.9")
        yield Check("qt", "bad", f"PySide6 {version}, Python 3.11", todo)
    died = asked({**environ, "QT_QPA_PLATFORM": "offscreen"})[1]
    if died:
        bring = "apt-get --fix-broken install" if own_process.frozen() else "make setup"
        todo = say(f"运行 {bring} 装齐系统库", f"run {bring} for the system's libraries")
        yield Check("qt", "bad", say(f"Qt 不能启动：{died}", f"Qt does not start: {died}"), todo)
        return
    yield Check("qt", "ok", f"PySide6 {version}")
    named = environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY")
    if sys.platform == "linux" and not named:
        what = say("没有屏幕（DISPLAY、WAYLAND_DISPLAY 都未设）", "no screen: DISPLAY is not set")
        todo = say("在桌面里运行；无屏可用 demo --headless", "run in a desktop, or demo --headless")
        yield Check("screen", "warn", what, todo)
        return
    plain = {name: value for name, value in environ.items() if name != "QT_QPA_PLATFORM"}
    died = asked(plain)[1]
    if died:
        what = say(f"屏幕 {named} 打不开：{died}", f"screen {named} does not open: {died}")
        yield Check("screen", "bad", what, say("检查 DISPLAY 与权限", "look at DISPLAY and xauth"))
    else:
        yield Check("screen", "ok", named or sys.platform)


def asked(environ: Mapping[str, str]) -> tuple[str, str]:
    """Have a child start Qt; return the Chinese fonts it found, a line each, or why it failed."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            own_process.command("doctor", ASK),
            env=dict(environ),
            capture_output=True,
            text=True,
            timeout=CHILD_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", type(error).__name__
    if done.returncode == 0:
        return done.stdout, ""
    told = [line for line in done.stderr.splitlines() if line.strip()]
    return "", told[0][:160] if told else f"code {done.returncode}"


def font(environ: Mapping[str, str]) -> Check:
    """Is there a font for Chinese."""
    lister = shutil.which("fc-list", path=environ.get("PATH"))
    if lister:
        listed = [lister, ":lang=zh-cn", "family"]
        found = subprocess.run(listed, capture_output=True, text=True, check=False)  # noqa: S603 - found on the path
        families = found.stdout.splitlines()
    else:
        families = asked({**environ, "QT_QPA_PLATFORM": "offscreen"})[0].splitlines()
    if families:
        return Check("font", "ok", min(families).split(",")[0].strip())
    what = say("没有中文字体，汉字会显示为方框", "no Chinese font: characters show as boxes")
    return Check("font", "bad", what, "apt-get install fonts-noto-cjk")


def sound() -> Check:
    """Is there a player for the alarm; whether it is heard only the ear can tell."""
    from ui.alarms.sound import SilentSink, find_sink

    if isinstance(find_sink(), SilentSink):
        what = say("没有 pw-play、paplay 或 aplay，P1 报警无声", "no player: a P1 alarm is silent")
        return Check("sound", "warn", what, "apt-get install alsa-utils")
    return Check("sound", "ok", say("有播放器", "a player is there"))


def disk(folder: Path, mounts: Path = Path("/proc/mounts")) -> Check:
    """Is there room beside the site's folder, and is it a local disk."""
    there = folder.resolve()
    while not there.exists():
        there = there.parent
    kind = _kind(there, mounts)
    if kind in REMOTE:
        what = say(f"{there} 在网络盘上（{kind}）", f"{there} is on a network drive ({kind})")
        return Check("disk", "bad", what, say("站点须在本地盘", "move it to a local disk"))
    free = shutil.disk_usage(there).free
    what = say(f"{there} 余 {free / 1024**3:.1f} GiB", f"{there}: {free / 1024**3:.1f} GiB free")
    if free < ENOUGH_FREE:
        level: Level = "bad" if free < LEAST_FREE else "warn"
        return Check("disk", level, what, say("腾出空间", "make room"))
    return Check("disk", "ok", what)


def _kind(there: Path, mounts: Path) -> str:
    """The file system that a folder lies on, as far as the system tells."""
    try:
        rows = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    above = [row for row in rows if len(row) > 2 and there.is_relative_to(row[1])]
    return max(above, key=lambda row: len(row[1]))[2] if above else ""


def calendar(years: frozenset[int], today: date) -> Check:
    """Is the year's list of holidays there, and in its last weeks the next one's too."""
    wanted = {today.year} | ({today.year + 1} if today.month > 10 else set())
    missing = sorted(wanted - years)
    if not missing:
        return Check("calendar", "ok", " ".join(str(year) for year in sorted(years)))
    told = " ".join(str(year) for year in missing)
    what = say(f"没有 {told} 年的节假日表", f"no holidays of {told}")
    todo = say("公布后由市级 import calendar", "the hub imports it when it is published")
    return Check("calendar", "bad" if today.year in missing else "warn", what, todo)


def packages(listed: Path = PACKAGES) -> Check | None:
    """Are Debian's packages there; None elsewhere and outside a checkout."""
    query = shutil.which("dpkg-query")
    if query is None or not listed.is_file():
        return None
    shape = "${db:Status-Abbrev} ${Package}, ${Provides}\n"
    done = subprocess.run(  # noqa: S603 - found on the path
        [query, "-W", "-f", shape], capture_output=True, text=True, check=False
    )
    have = {
        word.strip().partition(" ")[0]
        for line in done.stdout.splitlines()
        if line.startswith("ii")
        for word in line[2:].split(",")
    }
    rows = listed.read_text(encoding="utf-8").splitlines()
    wanted = [name for row in rows if (name := row.partition("#")[0].strip())]
    missing = [name for name in wanted if name not in have]
    if not missing:
        return Check("packages", "ok", say(f"{len(wanted)} 个都在", f"all {len(wanted)} are there"))
    what = say(f"缺 {' '.join(missing)}", f"missing: {' '.join(missing)}")
    return Check("packages", "warn", what, f"apt-get install {' '.join(missing)}")


def python() -> Check:
    """Is Python one that the product is made for."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Check("python", "ok", version)
    return Check("python", "bad", version, say("须 3.11 至 3.13", "3.11 to 3.13 is needed"))


def clock(server: datetime | None, now: datetime) -> Check:
    """Does this machine's clock agree with the hub's, which is told in whole seconds."""
    if server is None:
        what = say("无法核对：市平台未答", "not compared: the hub did not answer")
        return Check("clock", "warn", what, say("连上后再看", "look again when it answers"))
    apart = (now - server).total_seconds()
    what = say(f"与市平台相差 {apart:+.0f} 秒", f"{apart:+.0f} s from the hub's")
    if abs(apart) <= 3:
        return Check("clock", "ok", what)
    level: Level = "bad" if abs(apart) > 60 else "warn"
    return Check("clock", level, what, say("用 NTP 校时", "set the clock by NTP"))


def everywhere(environ: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Yield the checks that need no site."""
    yield python()
    yield from qt(environ)
    yield font(environ)
    yield sound()
    found = packages()
    if found is not None:
        yield found


def utc_now() -> datetime:
    """Return the machine's own time, which a drill does not move."""
    return datetime.now(UTC)
