"""The hub's database: opened, brought to this program's schema, read and written in jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Row, Select, Table, literal, select
from sqlalchemy.exc import DatabaseError

from dispatch.domain.errors import BadInput, StoreError
from dispatch.hub.dialect import dialect_of

T = TypeVar("T")

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ANSWERS: Final = select(literal(1))


class Database:
    """One engine and its dialect; every job is one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.dialect = dialect_of(url)
        try:
            self.engine = self.dialect.engine(url)
        except (ValueError, TypeError) as error:  # what stands behind the address's question mark
            raise BadInput("--db", f"地址里的参数不对：{str(error)[:100]}") from None

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def read(self, job: Callable[[Connection], T]) -> T:
        """Run a job that sees one state of the database and writes nothing."""
        with self.engine.connect() as connection:
            reading = self.dialect.reading(connection)
            with reading.begin():
                return job(reading)

    def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job in one transaction; whatever it raises undoes all of it."""
        with self.engine.begin() as connection:
            return job(connection)

    def locked(
        self, connection: Connection, query: Select[tuple[object, ...]]
    ) -> Sequence[Row[tuple[object, ...]]]:
        """Return the rows of a query, locked to the end of the transaction."""
        return connection.execute(self.dialect.locked(query)).all()

    def insert_missing(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, object]]
    ) -> None:
        """Insert the rows whose key is not there yet."""
        if rows:
            connection.execute(self.dialect.insert_missing(table), list(rows))

    def answers(self) -> None:
        """Raise the driver's own error unless the database answers now."""
        with self.engine.connect() as connection:
            connection.execute(_ANSWERS)

    def upgrade(self) -> None:
        """Bring an empty or older database to this program's schema."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except DatabaseError as error:
            raise StoreError(f"打不开数据库: {str(error.orig).splitlines()[0]}") from None

    def check(self) -> None:
        """Raise StoreError unless the schema is exactly this program's."""
        wanted = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
        try:
            with self.engine.connect() as connection:
                found = MigrationContext.configure(connection).get_current_revision()
        except DatabaseError as error:
            raise StoreError(f"打不开数据库: {str(error.orig).splitlines()[0]}") from None
        if found is None:
            raise StoreError("数据库尚未建立，先运行 zhiwang hub init")
        if found != wanted:
            raise StoreError(f"数据库结构为 {found}，本程序需要 {wanted}")
