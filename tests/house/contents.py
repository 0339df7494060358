"""Rules over every file that is kept, whatever its kind: names, hosts, paths of one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "core",
    "manager",
    "misc",
}
LARGEST = 4 << 20

# Put together so that this file does not hold what it looks for.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "deb." + "debian.org",
    "security." + "debian.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "conda" + ".org",
    "crates" + ".io",
    "proxy." + "golang.org",
    "tuna." + "tsinghua",
    "mirrors." + "aliyun",
]
PLACES = ["/" + "work/", "/" + "root/", "/" + "opt/py" + "pi", "." + "library", "/tmp" + "/notes"]
HOME = re.compile("/" + r"home/[a-z]")


def name_is_forbidden(place: str) -> bool:
    """Whether a folder or Python module bears a name that says nothing."""
    path = PurePosixPath(place)
    names = {*path.parts[:-1], path.stem if path.suffix == ".py" else ""}
    return bool(names & FORBIDDEN_NAMES)


def strange_contents(text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and word for each registry host and each path of one machine."""
    words = [*REGISTRIES, *PLACES]
    if not any(word in text for word in words) and not HOME.search(text):
        return
    for number, line in enumerate(text.splitlines(), 1):
        for word in words:
            if word in line:
                yield number, f"holds {word}"
        if HOME.search(line):
            yield number, "holds somebody's home folder"
