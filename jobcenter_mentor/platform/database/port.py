"""Ports (porte): where a lower feature asks for the table of a higher one, which hands it over when it is loaded."""

from typing import Any

from sqlalchemy import FromClause


class Port:
    """The columns that a lower feature needs of a table that belongs to a higher feature (port)."""

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._table: FromClause | None = None

    def fill(self, table: FromClause) -> None:
        """Hand over the table. Raises LookupError where it lacks a column that is needed."""
        missing = [name for name in self._columns if name not in table.c]
        if missing:
            raise LookupError(f"{table.description} has no {', '.join(missing)}.")
        self._table = table

    @property
    def table(self) -> Any:
        """The table. Raises LookupError before the higher feature is loaded."""
        if self._table is None:
            raise LookupError(f"No feature has handed over a table with {', '.join(self._columns)}.")
        return self._table

    def alias(self) -> Any:
        """Return the table under an alias, so that it never mixes with the query around it."""
        return self.table.alias()
