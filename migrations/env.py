"""Alembic's entry: runs on the connection that `app.store.migrate` hands over."""

from alembic import context

from app.catalogue import all_tables

context.configure(
    connection=context.config.attributes["connection"], target_metadata=all_tables(), render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
