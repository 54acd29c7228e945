"""B3: 36,260 rows of 20 columns go out as a typed workbook, beside a bare XlsxWriter loop and pandas with openpyxl.

The product writes as shipped: a select through SQLAlchemy that hands over a thousand rows at a time, `sheets` for the
cells, with sums, filter and definitions. The floor reads the same table with sqlite3 and writes the same tuples with
XlsxWriter's own `write`. Each candidate runs in a process of its own, in turn; what was written is read back.
"""

import json
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import Column as DbColumn
from sqlalchemy import Date, Integer, MetaData, String, Table, create_engine, select

from benchmarks.measuring import Report
from benchmarks.population import FIRST_NAMES, LAST_NAMES
from jobcenter_mentor.platform.workbook import SheetColumn, write_workbook

SLOWEST, FASTER, GROWTH_MB = 1.2, 2.0, 30
CLOSE = 1e-9
KINDS = (*["text"] * 10, *["date"] * 3, *["hours"] * 2, *["kroner"] * 3, *["whole"] * 2)
NAMES = [f"c{number}" for number in range(len(KINDS))]
_TYPES = {"text": String, "date": Date}
TABLE = Table(
    "line", MetaData(), *(DbColumn(name, _TYPES.get(kind, Integer)) for name, kind in zip(NAMES, KINDS, strict=True))
)
COLUMNS = [
    SheetColumn(f"Kolonne {number}", itemgetter(number), kind, summed=kind in {"hours", "kroner"})
    for number, kind in enumerate(KINDS)
]


def filled(file: Path, rows: int) -> None:
    """Make the table: texts as in a list of courses, days, minutes, øre and counts."""
    draw, engine = Random(2014), create_engine(f"sqlite:///{file}")
    TABLE.create(engine)
    with engine.begin() as connection:
        connection.execute(TABLE.insert(), [dict(zip(NAMES, a_row(draw, at), strict=True)) for at in range(rows)])
    engine.dispose()


def a_row(draw: Random, at: int) -> tuple[Any, ...]:
    """Draw a course with names of all letters, and text that begins as a formula does."""
    start = date(2014, 1, 1) + timedelta(days=draw.randrange(300))
    texts = [f"{at:010d}", draw.choice(FIRST_NAMES), draw.choice(LAST_NAMES), "Kontanthjælp", "Aktivitetsparat"]
    texts += ["Samira Haddad", "Intern", "+45 00 11 22 33", "Tager selv bussen til træning.", "Team Unge"]
    days = [start, start + timedelta(days=90), start + timedelta(days=draw.randrange(180))]
    return (*texts, *days, *(draw.randrange(1, 2220) for _ in range(2)), *(draw.randrange(10**6) for _ in range(5)))


def by_product(file: Path, out: Path) -> None:
    """Write as shipped, fed by a cursor that hands over a thousand rows at a time."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection, out.open("wb") as content:
        rows = connection.execution_options(yield_per=1000).execute(select(TABLE))
        write_workbook(content, "Liste", COLUMNS, rows, [("Lavet", "i dag")])


def by_bare_loop(file: Path, out: Path) -> None:
    """The floor: sqlite3 and XlsxWriter in constant memory, nothing else."""
    safe = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with sqlite3.connect(file) as connection, xlsxwriter.Workbook(str(out), safe) as book:
        sheet = book.add_worksheet()
        looks = [book.add_format({"num_format": "dd-mm-yyyy" if kind == "date" else "General"}) for kind in KINDS]
        sheet.write_row(0, 0, NAMES)
        for line, row in enumerate(_typed(connection), 1):
            for number, value in enumerate(row):
                sheet.write(line, number, value, looks[number])


def _typed(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    for row in connection.execute(f"SELECT {', '.join(NAMES)} FROM line"):
        yield [date.fromisoformat(value) if kind == "date" else value for kind, value in zip(KINDS, row, strict=True)]


def by_pandas(file: Path, out: Path) -> None:
    """The peer: a data frame and openpyxl, as they come."""
    pandas = import_module("pandas")
    with sqlite3.connect(file) as connection:
        pandas.DataFrame(_typed(connection), columns=NAMES).to_excel(out, engine="openpyxl", index=False)


def alone(write: Callable[[Path, Path], None], file: Path, out: Path) -> dict[str, float]:
    """Run a candidate in a process of its own; return its seconds and how many MB it grew by."""
    reads, writes = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_tell, args=(write, file, out, writes))
    child.start()
    told: dict[str, float] = json.loads(reads.recv())
    child.join()
    return told


def _tell(write: Callable[[Path, Path], None], file: Path, out: Path, writes: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    write(file, out)
    seconds = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    writes.send(json.dumps({"s": seconds, "grown": grown}))


def hold_cells(file: Path, out: Path, rows: int) -> None:
    """Stop where a cell read back is not the value of the table, in its own type."""
    found = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert len(found) in {rows + 1, rows + 3}, len(found)
    with sqlite3.connect(file) as connection:
        for cells, row in zip(found[1 : rows + 1], _typed(connection), strict=True):
            for kind, cell, value in zip(KINDS, cells, row, strict=True):
                assert _is_same(cell, value, kind), (cell, value)


def _is_same(cell: Any, value: Any, kind: str) -> bool:
    if isinstance(value, int):
        return isinstance(cell, float) and abs(cell - value / {"hours": 60, "kroner": 100}.get(kind, 1)) < CLOSE
    return bool((cell.date() if isinstance(cell, datetime) else cell) == value)


def exports(report: Report, rows: int, rounds: int) -> None:
    """B3, and the export's part of B4: the growth of memory at one and at two times the rows."""
    candidates = {"export": by_product, "bare loop": by_bare_loop}
    if has_peer := find_spec("pandas") is not None and find_spec("openpyxl") is not None:
        candidates["pandas and openpyxl"] = by_pandas
    with tempfile.TemporaryDirectory() as name:
        file, twice, out = Path(name, "rows.sqlite"), Path(name, "twice.sqlite"), Path(name, "out.xlsx")
        filled(file, rows)
        filled(twice, 2 * rows)
        found: dict[str, list[dict[str, float]]] = {candidate: [] for candidate in candidates}
        for _ in range(rounds + 1):
            for candidate, write in candidates.items():
                found[candidate].append(alone(write, file, out))
                if candidate == "export":
                    hold_cells(file, out, rows)
        growths = [median(told["grown"] for told in found["export"]), alone(by_product, twice, out)["grown"]]
    seconds = {candidate: [told["s"] for told in rounds_of[1:]] for candidate, rounds_of in found.items()}
    report.goal("B3", report.add("export", seconds["export"], seconds["bare loop"]), at_most=SLOWEST)
    if has_peer:
        peer = report.add("pandas and openpyxl", seconds["pandas and openpyxl"], seconds["export"])
        report.goal("B3 peer", peer, at_least=FASTER)
    else:
        report.results.append({"name": "pandas and openpyxl", "skipped": True})
    report.goal("B4 export, MB grown", growths[0], at_most=GROWTH_MB)
    report.goal("B4 export of twice the rows, MB grown", growths[1], at_most=GROWTH_MB)
    assert all(less <= more + GROWTH_MB for more, less in pairwise(growths)), growths
