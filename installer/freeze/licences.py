"""Collect the licence texts of all that a package holds, from what the distributions bring.

python installer/freeze/licences.py FOLDER    of this environment's distributions into FOLDER
A distribution or library without a text stops it: one line, exit code 2, FOLDER not made.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "installer/package.lock"
TEXTS = Path(__file__).with_name("texts")
DEBIAN = Path("/usr/share/doc")

ONLY_BUILDS = frozenset(
    "altgraph macholib packaging pefile pyinstaller-hooks-contrib pywin32-ctypes setuptools".split()
)
"""What PyInstaller needs to freeze and leaves outside; its own launcher is in the package."""

SUPPLIED = {
    "chinesecalendar": ("chinesecalendar.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "QT.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt", "QT.txt"),
}
"""Texts kept here for the distributions that bring none in their wheel."""

LIBRARIES = {
    "com_err": "libcom-err2",
    "crypt": "libcrypt1",
    "crypto": "libssl3",
    "curl": "libcurl4",
    "gssapi_krb5": "libkrb5-3",
    "k5crypto": "libkrb5-3",
    "keyutils": "libkeyutils1",
    "krb5": "libkrb5-3",
    "krb5support": "libkrb5-3",
    "lber": "libldap-2.5-0",
    "ldap": "libldap-2.5-0",
    "nghttp2": "libnghttp2-14",
    "pq": "libpq5",
    "sasl2": "libsasl2-2",
    "sqlite3": "libsqlite3-0",
    "ssl": "libssl3",
    "tiff": "libtiff6",
}
"""Libraries inside wheels whose licences do not name them: the Debian package of the same one."""

WITH_THEIR_WHEEL = frozenset("geos geos_c gfortran proj quadmath scipy_openblas64_".split())
"""Libraries inside wheels that the wheel's own licence texts cover."""

TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_PIN = re.compile(r"^([a-z0-9.-]+)==", re.MULTILINE)
LIBRARY = re.compile(r"lib(.+?)-[0-9a-f]{8}(?:-[0-9a-f]{8})?\.so")


class Missing(Exception):
    """Something is in the package whose licence is not."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """A distribution or library, what it says its licence is, and the texts' files."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def locked(lock: Path = LOCK) -> frozenset[str]:
    """Return the names of the distributions that a package is made of, on any system."""
    return frozenset(_PIN.findall(lock.read_text(encoding="utf-8"))) - ONLY_BUILDS


def distributions(names: Iterable[str], *places: str) -> Iterator[Bundled]:
    """Yield those of the named distributions that are installed; Missing where a text lacks.

    `places` are searched instead of this Python's own path.
    """
    wanted = frozenset(names)
    found = metadata.distributions(path=list(places) or sys.path)
    by_name = {plain(each.metadata["Name"]): each for each in found}
    for name in sorted(wanted & by_name.keys()):
        each = by_name[name]
        brought = tuple(
            Path(str(each.locate_file(file)))
            for file in each.files or ()
            if ".dist-info" in file.parts[0] and TEXT.match(file.name)
        )
        texts = brought or tuple(TEXTS / file for file in SUPPLIED.get(name, ()))
        if not texts:
            raise Missing(f"{name} {each.version}: no licence text in its wheel, none supplied")
        yield Bundled(name, each.version, _said(each.metadata), texts)


def plain(name: str) -> str:
    """Return a distribution's name in the one spelling that locks use."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _said(told: metadata.PackageMetadata) -> str:
    """What a distribution says its licence is, in a few words."""
    for field in ("License-Expression", "License"):
        if told[field]:
            return " ".join(str(told[field]).split())[:80]
    kinds = [kind for kind in told.get_all("Classifier") or () if kind.startswith("License")]
    return "; ".join(kind.rpartition(":: ")[2] for kind in kinds) or "see its text"


def libraries(names: Iterable[str], debian: Path = DEBIAN) -> Iterator[Bundled]:
    """Yield the libraries inside wheels by their files' names; Missing where a text lacks."""
    found = set()
    for name in names:
        shape = LIBRARY.match(name)
        if shape is None:
            raise Missing(f"{name}: a library whose name is not understood")
        if shape[1] not in WITH_THEIR_WHEEL:
            found.add((shape[1], name))
    for short, name in sorted(found):
        package = LIBRARIES.get(short)
        if package is None:
            raise Missing(f"{name}: a library that no licence is known for")
        text = debian / package / "copyright"
        if not text.is_file():
            raise Missing(f"{name}: no {text}; apt-get install {package}")
        yield Bundled(f"lib{short}", name, f"see Debian's {package}", (text,))


def strangers(modules: Iterable[str]) -> set[str]:
    """Return the distributions that these modules come from and whose licence is not collected."""
    homes = metadata.packages_distributions()
    found = {home for module in modules for home in homes.get(module.partition(".")[0], ())}
    return {plain(home) for home in found} - locked()


def vendored(places: Iterable[str]) -> list[str]:
    """Return the file names of the libraries that wheels installed there brought along."""
    return sorted({file.name for place in places for file in Path(place).glob("*.libs/*.so*")})


def python(debian: Path = DEBIAN) -> Bundled:
    """Return Python itself, whose library and modules are in the package."""
    number = ".".join(str(part) for part in sys.version_info[:2])
    candidates = (
        debian / f"libpython{number}" / "copyright",
        Path(sys.base_prefix) / "LICENSE.txt",
    )
    for text in candidates:
        if text.is_file():
            full = ".".join(str(part) for part in sys.version_info[:3])
            return Bundled("python", full, "PSF-2.0", (text,))
    raise Missing(f"python {number}: no licence text at {candidates[0]}")


def collect(target: Path, parts: Iterable[Bundled]) -> None:
    """Copy all texts into a new folder, one below for each part, with a list of them."""
    every = sorted(parts, key=lambda each: each.name)
    target.mkdir(parents=True)
    rows = ["name\tversion\tlicence"]
    for each in every:
        rows.append(f"{each.name}\t{each.version}\t{each.licence}")
        folder = target / f"{each.name}-{each.version}"
        folder.mkdir()
        for number, text in enumerate(each.texts):
            # Numpy has several of one name.
            name = text.name if not (folder / text.name).exists() else f"{number}-{text.name}"
            shutil.copyfile(text, folder / name)
    (target / "LIST.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", target / "LICENSE")
    shutil.copyfile(TEXTS / "QT.txt", target / "QT.txt")


def main(words: list[str]) -> int:
    """Collect for the environment of this Python."""
    if len(words) != 1:
        print("licences: name one folder", file=sys.stderr)
        return 2
    try:
        parts = [*distributions(locked()), python()]
        if sys.platform == "linux":
            parts += libraries(vendored(sys.path))
        collect(Path(words[0]), parts)
    except (Missing, OSError) as missing:
        print(f"licences: {missing}", file=sys.stderr)
        return 2
    print(f"licences of {len(parts)} parts in {words[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
