"""What goes into the frozen program: all it reads as a file, none of the system's libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy

from dispatch.hub import database
from dispatch.store import migrate
from dispatch.store.engine import shape_of
from installer.freeze import contents
from tests.house.source import ROOT, kept_files

VENV = Path("/build/venv")


def rows(*pairs: tuple[str, str]) -> list[contents.Row]:
    return [(target, source, "BINARY") for target, source in pairs]


def test_every_file_of_the_product_that_is_no_code_is_data() -> None:
    placed = {Path(source) for source, _ in contents.data()}
    kept = {
        path
        for path in kept_files()
        if path.relative_to(ROOT).parts[0] in contents.PACKAGES and path.suffix != ".py"
    }
    assert kept
    assert set() == kept - placed


def test_data_lies_where_the_code_looks_for_it() -> None:
    for source, folder in contents.data():
        assert Path(source).parent.relative_to(ROOT).as_posix() == folder


@pytest.mark.parametrize("room", ["store", "hub"])
def test_migrations_go_along_as_files(room: str) -> None:
    names = {
        Path(source).name
        for source, folder in contents.data()
        if folder.startswith(f"dispatch/{room}/migrations")
    }
    steps = {path.name for path in (ROOT / f"dispatch/{room}/migrations/versions").glob("*.py")}
    assert {"env.py", *steps} <= names


def test_the_migrations_run_from_the_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a package: the code lies elsewhere, in an archive."""
    for source, folder in contents.data():
        target = tmp_path / folder / Path(source).name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(Path(source).read_bytes())
    there = tmp_path / "dispatch/store/migrations"
    monkeypatch.setattr(migrate, "HERE", there)
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path}/site.db")
    migrate.upgrade(engine, tmp_path / "site.db", there / "versions")
    assert shape_of(engine) is not None
    engine.dispose()
    monkeypatch.setattr(database, "_MIGRATIONS", tmp_path / "dispatch/hub/migrations")
    hub = database.Database(f"sqlite:///{tmp_path}/hub.db")
    hub.upgrade()
    hub.check()
    hub.close()


def test_the_systems_libraries_stay_out_and_pythons_goes_along() -> None:
    ours = rows(
        ("PySide6/Qt/lib/libQt6Core.so.6", f"{VENV}/lib/PySide6/Qt/lib/libQt6Core.so.6"),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0"),
        ("python3.11/lib-dynload/_bz2.so", "/usr/lib/python3.11/lib-dynload/_bz2.so"),
    )
    systems = rows(
        ("libxcb.so.1", "/usr/lib/x86_64-linux-gnu/libxcb.so.1"),
        ("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3"),
    )
    assert ours == contents.kept([*ours, *systems], VENV)


@pytest.mark.parametrize(
    ("plugin", "kept"),
    [
        ("platforms/libqxcb.so", True),
        ("platforms/libqoffscreen.so", True),
        ("platforms/libqwayland-generic.so", True),
        ("platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("platforms/libqeglfs.so", False),
        ("platformthemes/libqgtk3.so", False),
        ("sqldrivers/libqsqlpsql.so", False),
    ],
)
def test_plugins_of_qt_are_those_of_a_workstation(plugin: str, *, kept: bool) -> None:
    target = f"PySide6/Qt/plugins/{plugin}"
    row = rows((target, f"{VENV}/{target}"))
    assert (row if kept else []) == contents.kept(row, VENV)


def test_a_version_has_four_numbers() -> None:
    assert contents.version("0227").endswith(".227")
    for bad in ("", "12a", "-1", "1.2"):
        with pytest.raises(ValueError, match="four numbers"):
            contents.version(bad)
