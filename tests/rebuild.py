"""Runs migrations that exist only in the tests, in this process or in one that can be killed half-way."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from flask import Flask, current_app

from jobcenter_mentor.app import MIGRATIONS, create_app
from jobcenter_mentor.platform.database import schema
from jobcenter_mentor.platform.database.db import db
from tests.databases import a_config

HEAD = '''"""Made-up migration: {what}."""

import os
import signal

import sqlalchemy as sa
from alembic import op

revision = "made_up"
down_revision = "{last}"
branch_labels = None
depends_on = None

ALWAYS_ON_SQLITE = {{"sqlite": "always", "postgresql": "auto"}}
'''
REBUILD = """
def upgrade():
    for table in ("mentor", "letter", "pay_line"):
        with op.batch_alter_table(table, recreate=ALWAYS_ON_SQLITE[op.get_bind().dialect.name]) as batch:
            batch.add_column(sa.Column("made_up", sa.String(20), nullable=False, server_default="ja"))
        if table == "letter" and os.environ.get("KILLED"):
            os.kill(os.getpid(), signal.SIGKILL)


def downgrade():
    for table in ("mentor", "letter", "pay_line"):
        with op.batch_alter_table(table, recreate=ALWAYS_ON_SQLITE[op.get_bind().dialect.name]) as batch:
            batch.drop_column("made_up")
"""
BREAKING = """
def upgrade():
    op.execute("DELETE FROM team WHERE id = 1")


def downgrade():
    pass
"""


def write(folder: Path, body: str) -> Path:
    """Write a migration that follows on the newest one of the package."""
    folder.mkdir(exist_ok=True)
    (folder / "made_up.py").write_text(
        HEAD.format(what="for tests", last=schema.wanted_revision()) + body, encoding="utf-8"
    )
    return folder


def upgrade(folder: Path) -> None:
    """Bring the current app's database up to the migrations of the package and those in the folder."""
    command.upgrade(_config(folder), "head")


def downgrade(folder: Path) -> None:
    """Go one version back."""
    command.downgrade(_config(folder), "-1")


def upgrade_apart(url: str, folder: Path, *, killed: bool = False) -> int:
    """Do the same in a process of its own, and return what it exits with."""
    environment = {"KILLED": "1"} if killed else {}
    return subprocess.run([sys.executable, "-m", "tests.rebuild", url, str(folder)], env=environment).returncode


def _config(folder: Path):  # type: ignore[no-untyped-def]
    config = current_app.extensions["migrate"].migrate.get_config()
    config.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}:{folder}")
    return config


def _app(url: str) -> Flask:
    return create_app(a_config(url))


if __name__ == "__main__":
    with _app(sys.argv[1]).app_context():
        upgrade(Path(sys.argv[2]))
        db.engine.dispose()
