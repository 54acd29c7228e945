"""The version of the tables (skema): the one this program needs and the one a database has."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from jobcenter_mentor.config import PACKAGE

MIGRATIONS = PACKAGE / "migrations"


@cache
def wanted_revision() -> str:
    """Return the version that this program was written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def found_revision(connection: Connection) -> str:
    """Return the version of a database's tables; empty where it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""
