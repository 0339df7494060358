"""Steps of the hub's schema, run in-process by alembic."""
