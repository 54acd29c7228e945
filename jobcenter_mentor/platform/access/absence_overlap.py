"""Refuse overlapping absences (overlap) of a person, by trigger on SQLite; PostgreSQL has a constraint.

Written after every migration, since a rebuilt table loses its triggers.
"""

from sqlalchemy import Connection, inspect

ABSENCES = {"absence": ("user_id", "withdrawn_on IS NULL"), "mentor_absence": ("mentor_id", "1")}
"""Each table of absences: whose they are, and which of them count."""
REFUSE = """
CREATE TRIGGER {table}_overlap_{act} BEFORE {act} ON {table} WHEN NEW.{counts} AND EXISTS (
  SELECT 1 FROM {table} AS other WHERE other.{person} = NEW.{person} AND other.id IS NOT NEW.id AND other.{counts}
  AND other.first_day <= NEW.last_day AND other.last_day >= NEW.first_day)
BEGIN SELECT RAISE(ABORT, 'overlapping {table}'); END
"""


def install(connection: Connection) -> None:
    """Write the triggers of the tables there are; PostgreSQL keeps its constraints through a migration."""
    if connection.dialect.name != "sqlite":
        return
    tables = set(inspect(connection).get_table_names())
    for table in ABSENCES.keys() & tables:
        person, counts = ABSENCES[table]
        for act in ("insert", "update"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_overlap_{act}")
            told = REFUSE.format(table=table, act=act, person=person, counts=counts)
            connection.exec_driver_sql(told.replace("NEW.1", "1").replace("other.1", "1"))
