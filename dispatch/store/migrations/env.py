"""How Alembic runs here: in-process, on the connection that the store gives it."""

from __future__ import annotations

from alembic import context

from dispatch.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
context.run_migrations()
