"""Bring a database to the present shape: in-process, with a copy taken before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from dispatch.domain.errors import StoreError
from dispatch.store.engine import shape_of

HERE: Final = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, path: Path, steps: Path = HERE / "versions") -> None:
    """Carry the database through every step it lacks, all in one transaction.

    A shape this program does not know refuses to open. `steps`: folder of the revisions.
    """
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(steps).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    shape = shape_of(engine)
    if shape is not None:
        _known(script, shape, path)
    if shape == script.get_current_head():
        return
    if shape is not None:
        _copy(engine, path, shape)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _known(script: ScriptDirectory, shape: str, path: Path) -> None:
    try:
        known = script.get_revision(shape)
    except CommandError:
        known = None
    if known is None:
        raise StoreError(f"{path.name}: 数据库版本 {shape} 比本程序新，请先升级程序；数据未改动")


def _copy(engine: Engine, path: Path, shape: str) -> None:
    target = path.with_name(f"{path.name}.before-{shape}")
    target.unlink(missing_ok=True)
    # Straight on the driver: a copy cannot be made inside the transaction that begins by itself.
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
