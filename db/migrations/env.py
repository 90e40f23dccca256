"""Alembic's door: runs the versions on the connection it is handed (`db.schema`)."""

from alembic import context

from db.tables import meta

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=meta, transactional_ddl=True, render_as_batch=False)
with context.begin_transaction():
    context.run_migrations()
