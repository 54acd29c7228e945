"""Migreringer: runs them against the database of the current app; each in one transaction."""

from alembic import context
from flask import current_app

from jobcenter_mentor.db import db


def run() -> None:
    """Run the migrations asked for, with batch mode so that SQLite can alter its tables."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
