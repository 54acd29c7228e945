"""Triggers: writes the guards into a database, SQLite and PostgreSQL alike, and takes them away for a migration."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Integer, Table, UniqueConstraint, inspect, text

from jobcenter_mentor.platform.database.guards import ALWAYS, NEVER, Guard, Tally, encrypted, guarded
from jobcenter_mentor.platform.database.port import Port
from jobcenter_mentor.platform.database.sqlite import OUR_CONNECTION

MARK = "_guard_"
"""Part of the name of every trigger and function made here."""
NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace",
}
FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
REFUSAL = "%s is append-only"
EMPTY = {"sqlite": "('', 0)", "postgresql": "('', '0', 'false')"}
ACTS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("insert", "update", "delete", "truncate")}
TALLIES = {
    "insert": (("NEW", "-"),),
    "update": (("OLD", "+"), ("NEW", "-")),
    "delete": (("OLD", "+"),),
}
"""The rows of each act, with the sign by which what they hold goes into the tally."""
TALLIED = 'CASE WHEN {row}."{when}" IS NULL THEN {row}."{summed}" ELSE 0 END'
ADD = 'UPDATE "{table}" SET {changes} WHERE "id" = {row}."{by}";'
TALLY = (
    'SELECT -coalesce(sum(other."{summed}"), 0) FROM "{table}" AS other WHERE other."{by}" = NEW."id" '
    'AND other."{when}" IS NULL'
)
DOORS = Port("open_id", "way", "table_name", "column_name", "first_id", "last_id")
"""The table of the lawful changes, whose open rows are the doors in the guards; the log hands it over."""
FORGED = f"{OUR_CONNECTION}() IS NOT 1"
"""A door that the program's own connection doesn't open; a bare SQLite has no such function and refuses by itself."""
SAME_KEY = 'EXISTS (SELECT 1 FROM "{table}" AS other WHERE {same})'
NO_DOOR = (
    "NOT EXISTS (SELECT 1 FROM {doors} WHERE open_id IS NOT NULL AND way = '{way}' AND table_name = '{table}' "
    'AND OLD."id" BETWEEN first_id AND last_id{named})'
)
OWNER_ONLY = """
    IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
      RAISE EXCEPTION 'only the owner of the tables makes a lawful change' USING ERRCODE = 'insufficient_privilege';
    END IF;"""
FUNCTION = """
CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE refused boolean := true;
BEGIN
  IF TG_OP = 'INSERT' THEN{owner}
    refused := {insert};
  ELSIF TG_OP = 'UPDATE' THEN
    refused := {update};
  ELSIF TG_OP = 'DELETE' THEN
    refused := {delete};
  END IF;
  IF refused THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def names(connection: Connection) -> set[str]:
    """Return the names of the guards' triggers that the database has."""
    return {name for name in connection.scalars(text(NAMES[connection.dialect.name])) if MARK in name}


def expected(connection: Connection) -> set[str]:
    """Return the names of the triggers that the guards of this version make."""
    acts = ACTS[connection.dialect.name]
    tallied = {f"{table.name}{MARK}tally_{act}" for table, guard in guarded() if guard.tally for act in TALLIES}
    return tallied | {f"{table.name}{MARK}{act}" for table, _ in guarded() for act in acts}


def lift(connection: Connection) -> None:
    """Take all guards away, so that a migration can rebuild tables; `install` follows in the same transaction."""
    if connection.dialect.name == "postgresql":
        for name in [one for one in connection.scalars(text(FUNCTIONS)) if one.endswith(MARK)]:
            connection.execute(text(f'DROP FUNCTION "{name}" CASCADE'))
    else:
        for name in names(connection):
            connection.execute(text(f'DROP TRIGGER "{name}"'))


def install(connection: Connection) -> None:
    """Guard the tables there are; one that an older schema doesn't have, or has without its columns, is passed by."""
    found = inspect(connection)
    tables = set(found.get_table_names())
    for table, guard in guarded():
        if table.name not in tables or DOORS.table.name not in tables:
            continue
        columns = [column["name"] for column in found.get_columns(table.name)]
        if {column.name for column in table.columns} <= set(columns):
            _guard(connection, table, guard, columns)


def _guard(connection: Connection, table: Table, guard: Guard, columns: list[str]) -> None:
    if guard.tally is not None:
        _keep_tally(connection, table.name, guard.tally)
    writer = _Conditions(table, guard, columns, connection.dialect.name)
    if connection.dialect.name == "postgresql":
        _guard_postgresql(connection, table, writer)
        return
    conditions = {
        "insert": _any([writer.closed(), *writer.replaced("insert"), *([FORGED] if table is DOORS.table else [])]),
        "update": _any([writer.changed(), *writer.replaced("update")]),
        "delete": writer.deleted(),
    }
    for act, condition in conditions.items():
        refuse = f"SELECT RAISE(ABORT, '{REFUSAL % table.name}') WHERE {condition}"
        connection.exec_driver_sql(
            f'CREATE TRIGGER {table.name}{MARK}{act} BEFORE {act} ON "{table.name}" BEGIN {refuse}; END'
        )


def _keep_tally(connection: Connection, table: str, tally: Tally) -> None:
    """Let each change of a row be added to the row it points at, in the statement that makes it."""
    is_sqlite = connection.dialect.name == "sqlite"
    for act, rows in TALLIES.items():
        changes = []
        for column, summed in tally.sums:
            parts = [f"{sign} {TALLIED.format(row=row, when=tally.when, summed=summed)}" for row, sign in rows]
            changes.append(f'"{column}" = "{column}" {" ".join(parts)}')
        add = ADD.format(table=table, changes=", ".join(changes), row=rows[-1][0], by=tally.by)
        of = f" OF {', '.join([*(summed for _, summed in tally.sums), tally.when])}" if act == "update" else ""
        name = f"{table}{MARK}tally_{act}"
        does = f"BEGIN {add} END"
        if not is_sqlite:
            function = f"{table}_tally_{act}{MARK}"
            connection.exec_driver_sql(
                f'CREATE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {add} RETURN NULL; END $$'
            )
            does = f'EXECUTE FUNCTION "{function}"()'
        connection.exec_driver_sql(f'CREATE TRIGGER {name} AFTER {act}{of} ON "{table}" FOR EACH ROW {does}')


def _guard_postgresql(connection: Connection, table: Table, writer: "_Conditions") -> None:
    name = f"{table.name}{MARK}"
    body = FUNCTION.format(
        name=name,
        owner=OWNER_ONLY if table is DOORS.table else "",
        refusal=REFUSAL % table.name,
        insert=writer.closed(),
        update=writer.changed(),
        delete=writer.deleted(),
    )
    connection.exec_driver_sql(body.replace("%", "%%"))
    for act in ACTS["postgresql"]:
        each = "STATEMENT" if act == "truncate" else "ROW"
        connection.exec_driver_sql(
            f'CREATE TRIGGER {name}{act} BEFORE {act} ON "{table.name}" FOR EACH {each} EXECUTE FUNCTION "{name}"()'
        )


class _Conditions:
    """The conditions under which an act is refused, as SQL on OLD and NEW."""

    def __init__(self, table: Table, guard: Guard, columns: list[str], dialect: str) -> None:
        self.table, self.guard, self.columns, self.dialect = table, guard, columns, dialect
        self.secret = encrypted(table)

    def closed(self) -> str:
        """Refuse a row where none may be added, and one that comes with a tally of its own."""
        tallied = self.guard.tally.sums if self.guard.tally else ()
        return _any([self.guard.closed or NEVER, *(f'NEW."{column}" <> 0' for column, _ in tallied)])

    def changed(self) -> str:
        """Refuse an update where a rule holds and a column changes that it does not let go."""
        changed = [
            f"({rule.when}) AND ({_any(self._change(column) for column in self._kept(rule.but))})"
            for rule in self.guard.rules
        ]
        return _any([*changed, *self._mistallied()])

    def _mistallied(self) -> Iterator[str]:
        """Refuse a tally that is not the sum, and a row that goes over to another."""
        tally = self.guard.tally
        if tally is not None:
            yield self._differs(tally.by)
            for column, summed in tally.sums:
                is_sum = TALLY.format(summed=summed, table=self.table.name, by=tally.by, when=tally.when)
                yield f'NEW."{column}" <> ({is_sum})'

    def deleted(self) -> str:
        return f"({_any(rule.when for rule in self.guard.rules)}) AND {self._no_door('deletion')}"

    def replaced(self, act: str) -> Iterator[str]:
        """Refuse OR REPLACE, which on SQLite deletes the settled row of the same key past the triggers of deletion."""
        settled = _any(rule.when.replace("OLD.", "other.") for rule in self.guard.rules)
        for keys, where in self._unique():
            same = [f"{self._of('other', key)} = {self._of('NEW', key)}" for key in keys]
            same += [self._of(row, where) for row in ("other", "NEW") if where]
            if act == "update":
                moved = _any(f"{self._of('NEW', key)} IS NOT {self._of('OLD', key)}" for key in keys)
                same += ['other."id" <> OLD."id"', moved]
            yield SAME_KEY.format(table=self.table.name, same=" AND ".join(f"({one})" for one in [*same, settled]))

    def _kept(self, but: tuple[str, ...]) -> list[str]:
        return [column for column in self.columns if column not in (*but, "version")]

    def _change(self, column: str) -> str:
        """Tell that a column changes without leave."""
        change = self._differs(column)
        if column in self.secret:
            change = f"{change} AND {self._no_door('encryption')}"
        if column in self.guard.by_audit:
            change = f"{change} AND {self._no_door('column', column)}"
        if column in self.guard.once:
            change = f"{change} AND {self._is_filled(column)}"
        for emptied, stamp in self.guard.removable:
            if emptied == column:
                change = f'{change} AND NOT (NEW."{column}" IS NULL AND NEW."{stamp}" IS NOT NULL)'
        return f"({change})"

    def _differs(self, column: str) -> str:
        if self.dialect == "sqlite":
            return f'NEW."{column}" IS NOT OLD."{column}"'
        cast = "::text" if self._is_json(column) else ""
        return f'NEW."{column}"{cast} IS DISTINCT FROM OLD."{column}"{cast}'

    def _is_filled(self, column: str) -> str:
        cast = "" if self.dialect == "sqlite" else "::text"
        return f'(OLD."{column}" IS NOT NULL AND OLD."{column}"{cast} NOT IN {EMPTY[self.dialect]})'

    def _is_json(self, column: str) -> bool:
        return column in self.table.columns and self.table.columns[column].type.__visit_name__ == "JSON"

    def _no_door(self, way: str, column: str = "") -> str:
        if not isinstance(self.table.columns["id"].type, Integer):
            return ALWAYS
        named = f" AND column_name = '{column}'" if column else ""
        return NO_DOOR.format(doors=DOORS.table.name, way=way, table=self.table.name, named=named)

    def _unique(self) -> Iterator[tuple[list[str], str]]:
        """Give the keys that tell rows apart, as SQL, each with the condition of a partial index."""
        yield [column.name for column in self.table.primary_key], ""
        for constraint in self.table.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield [column.name for column in constraint.columns], ""
        for index in self.table.indexes:
            if index.unique:
                where = index.dialect_options["sqlite"]["where"]
                keys = [getattr(part, "name", None) or str(part) for part in index.expressions]
                yield keys, "" if where is None else str(where)

    def _of(self, row: str, sql: str) -> str:
        """Turn SQL on the columns of the table into the same on one row."""
        found = "|".join(sorted(self.columns, key=len, reverse=True))
        return re.sub(rf'(?:\b\w+\.)?"?\b({found})\b"?', rf'{row}."\1"', sql)


def _any(conditions: Iterable[str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions) or NEVER
