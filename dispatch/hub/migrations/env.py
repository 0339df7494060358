"""Run the steps on the connection that the hub hands over."""

from __future__ import annotations

from alembic import context

from dispatch.hub.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
