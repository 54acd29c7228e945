"""The version of the tables (skema): the one this program needs, the one a database has, and what to do about it."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.database import triggers

MIGRATIONS = PACKAGE / "migrations"
DO = "Kør jobcenter-mentor db upgrade."
NO_TABLES = f"Databasen har ingen tabeller. {DO}"
LOCK = 20140101
"""The number of the advisory lock on PostgreSQL that says: tables are being changed."""


@cache
def wanted_revision() -> str:
    """Return the version that this program was written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def found_revision(connection: Connection) -> str:
    """Return the version of a database's tables; empty where it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def fault(connection: Connection) -> str:
    """Tell in Danish why this release can't run on the database, and with which command it can; empty where it can."""
    wanted, there = wanted_revision(), found_revision(connection)
    if there == wanted:
        return _unguarded(connection)
    if not there:
        return NO_TABLES
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if there in known:
        return f"Databasens tabeller er af udgave {there}; programmet bruger {wanted}. {DO}"
    return (
        f"Databasens tabeller er af udgave {there}, som programmet (udgave {wanted}) ikke kender. "
        "Brug den nyere udgave af programmet, eller læg sikkerhedskopien fra før opgraderingen tilbage."
    )


def _unguarded(connection: Connection) -> str:
    missing = triggers.expected(connection) - triggers.names(connection)
    if not missing:
        return ""
    tables = ", ".join(sorted({name.partition(triggers.MARK)[0] for name in missing}))
    return f"Databasen mangler værn mod ændringer i {tables}. {DO}"
