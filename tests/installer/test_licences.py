"""No part of a package lacks its licence."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from installer.freeze import licences
from installer.freeze.licences import Bundled, Missing

HERE_ONLY = {"pyinstaller"}
"""Locked for the build alone; its licence is looked at there."""


def made_up(folder: Path, name: str, *texts: str) -> str:
    """Install a made-up distribution; return its place."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    for text in texts:
        (info / text).write_text("Take it and be glad.\n")
    record = "".join(f"{info.name}/{file},,\n" for file in ("METADATA", *texts))
    (info / "RECORD").write_text(record)
    return str(folder)


def test_every_distribution_of_the_package_has_its_text() -> None:
    parts = list(licences.distributions(licences.locked()))

    for part in parts:
        assert any(text.stat().st_size > 200 for text in part.texts), part
    names = {part.name for part in parts}
    installed = {licences.plain(each.metadata["Name"]) for each in metadata.distributions()}
    assert licences.locked() & installed == names
    assert {"pyside6-essentials", "psycopg", "numpy", "typst"} <= names


def test_every_library_inside_a_wheel_has_its_text() -> None:
    places = {str(each.locate_file("")) for each in metadata.distributions()}
    names = licences.vendored(places)
    if not names:
        pytest.skip("this system's wheels bring no libraries beside them")
    for name in names:
        short = licences.LIBRARY.match(name)
        assert short is not None, name
        assert short[1] in {*licences.LIBRARIES, *licences.WITH_THEIR_WHEEL}, name


def test_texts_kept_here_are_of_distributions_that_bring_none() -> None:
    assert set(licences.SUPPLIED) <= licences.locked()
    brought = [
        name
        for name in licences.SUPPLIED
        for file in metadata.distribution(name).files or ()
        if ".dist-info" in file.parts[0] and licences.TEXT.match(file.name)
    ]
    assert [] == brought


def test_a_distribution_without_a_text_stops_the_build(tmp_path: Path) -> None:
    place = made_up(tmp_path, "nobodys")
    with pytest.raises(Missing, match=r"nobodys 1\.0: no licence text"):
        list(licences.distributions({"nobodys"}, place))


def test_a_library_that_nobody_knows_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"libnew-0123abcd\.so\.1: a library that no licence"):
        list(licences.libraries(["libnew-0123abcd.so.1"], tmp_path))
    with pytest.raises(Missing, match="not understood"):
        list(licences.libraries(["plain.so"], tmp_path))
    with pytest.raises(Missing, match="apt-get install libcurl4"):
        list(licences.libraries(["libcurl-0123abcd.so.4"], tmp_path))


def test_texts_of_one_name_lie_side_by_side(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "LICENSE").write_text(folder)
    place = made_up(tmp_path / "site", "one", "LICENSE.txt")
    (one,) = licences.distributions({"one", "not-installed"}, place)
    two = Bundled("two", "2", "MIT", (tmp_path / "a/LICENSE", tmp_path / "b/LICENSE"))

    licences.collect(tmp_path / "out", [two, one])

    assert "a" == (tmp_path / "out/two-2/LICENSE").read_text()
    assert "b" == (tmp_path / "out/two-2/1-LICENSE").read_text()
    listed = (tmp_path / "out/LIST.tsv").read_text().splitlines()
    assert ["name\tversion\tlicence", "one\t1.0\tsee its text", "two\t2\tMIT"] == listed
    assert "LGPL" in (tmp_path / "out/QT.txt").read_text()


def test_modules_of_a_distribution_outside_the_lock_are_strangers() -> None:
    assert set() == licences.strangers(["numpy.linalg", "json", "dispatch.domain", "PySide6.QtGui"])
    assert {"pytest"} == licences.strangers(["pytest", "numpy"])
