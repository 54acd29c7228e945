"""B1, B2, B4: a sheet of 36,260 rows and 20 columns is checked and taken in, beside a plain loop and pandas.

B3 is in `exporting`: the same rows go out as a workbook.

Every candidate runs once a round in a process of its own, in turn, so that its peak of memory is its own. The floor
reads with calamine, checks with ifs and writes with sqlite3. Citizens are the kind of the goal: read, validate,
compare, insert. Courses are measured too; they are assessed by the law and reserved besides.
Run it as `python -m benchmarks.bench_excel [--smoke]`.
"""

import json
import multiprocessing
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from marshmallow import Schema, ValidationError, fields, validate
from python_calamine import CalamineWorkbook
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from benchmarks.exporting import exports
from benchmarks.measuring import Report
from benchmarks.population import FIRST_NAMES, LAST_NAMES
from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.runs import service
from tests.builders import WORKING_DAY, a_frame, a_user
from tests.databases import SqliteFiles, a_config

ROWS, SMOKE_ROWS, COLUMNS = 36_260, 200, 20
ROUNDS, SMOKE_ROUNDS = 5, 1
SLOWEST, SECOND_IMPORT, PEAK, FASTER = 3.0, 0.8, 1.3, 4.0
BAD_EVERY = 100
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+")
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
GROUPS = {"Kontanthjælp": "kontanthjaelp", "Sygedagpenge": "sygedagpenge", "Ressourceforløb": "ressourceforloeb"}
TABLE = (
    "CREATE TABLE citizen (id INTEGER PRIMARY KEY, cpr TEXT NOT NULL, first_name TEXT, last_name TEXT, benefit TEXT, "
    "visitation TEXT, valid_from TEXT, phone TEXT, email TEXT, address TEXT, language TEXT);"
    "CREATE UNIQUE INDEX by_cpr ON citizen (cpr); CREATE INDEX by_name ON citizen (last_name, first_name);"
    "CREATE INDEX by_day ON citizen (valid_from, benefit)"
)
Answer = tuple[int, int]
"""Rows taken in and rows refused."""


def numbers() -> Iterator[str]:
    """Give CPR numbers that belong to nobody: they fail modulus 11."""
    day = date(1950, 1, 2)
    while True:
        for serial in range(1000, 1008):
            digits = f"{day:%d%m%y}{serial}"
            if sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11:
                yield digits
        day += timedelta(days=1)


def made_sheet(kind: str, rows: int) -> bytes:
    """Write the sheet with XlsxWriter: dates as dates, CPR numbers as text, one row of a hundred without first name."""
    draw, content, cprs = Random(2014), BytesIO(), numbers()
    headings = [column.heading for column in profile_of(kind).columns]
    headings += [f"Andet {number}" for number in range(COLUMNS - len(headings))]
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day, sheet = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_worksheet("Ark1")
        sheet.write_row(0, 0, headings)
        for at in range(1, rows + 1):
            told = a_row(draw, next(cprs), at)
            for column, heading in enumerate(headings):
                value = told.get(heading, "andet")
                if isinstance(value, date):
                    sheet.write_datetime(at, column, datetime.combine(value, datetime.min.time()), day)
                elif value != "":
                    sheet.write(at, column, value) if isinstance(value, float) else sheet.write_string(
                        at, column, value
                    )
    return content.getvalue()


def a_row(draw: Random, cpr: str, at: int) -> dict[str, Any]:
    """Draw a person with a course; every hundredth has no first name."""
    group, mentor = draw.choice(list(GROUPS)), draw.randrange(800)
    start = date(2014, 1, 1) + timedelta(days=draw.randrange(280))
    return {
        "CPR-nr": cpr,
        "Fornavn": "" if at % BAD_EVERY == 7 else draw.choice(FIRST_NAMES),
        "Efternavn": draw.choice(LAST_NAMES),
        "Målgruppe": group,
        "Visitation": "Aktivitetsparat" if group == "Kontanthjælp" else "",
        "Gældende fra": start,
        "Har uddannelse": "",
        "Telefon": f"20{draw.randrange(10**6):06d}",
        "E-mail": f"borger{at}@example.dk",
        "Adresse": f"Møllevej {draw.randrange(200)}, 9999 Sønderå",
        "Sprog": "dansk",
        "Sagsbehandler": "",
        "Team": "Team Unge",
        "Mentor": f"Samira Haddad{mentor}",
        "Mentortype": "Intern",
        "Mentor telefon": f"20{mentor:06d}",
        "Mentor e-mail": f"mentor{mentor}@example.dk",
        "Startdato": start,
        "Slutdato": start + timedelta(days=draw.randrange(30, 170)),
        "Timer pr. uge": draw.randrange(2, 20) / 2,
        "Timepris": draw.randrange(300, 500) / 1.0,
        "Formål": "Tager selv bussen til træning.",
        "Mentorform": "Individuel",
        "Ydelse": group,
        "Matchgruppe": "",
    }


def by_plain_loop(content: bytes, file: Path) -> Answer:  # noqa: C901 - one loop of ifs, as a floor should be
    """The floor: calamine, ifs that collect row, field and message, executemany in one transaction."""
    heading, *rows = CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()
    place = {name: number for number, name in enumerate(heading)}
    wrong: list[tuple[int, str, str]] = []
    noted: list[tuple[int, str, str]] = []
    good, seen = [], set[str]()
    for number, row in enumerate(rows, 2):
        cpr, first, last, group, visitation, start, _, phone, mail, address, language = row[:11]
        before = len(wrong)
        if not (isinstance(cpr, str) and len(cpr) == 10 and cpr.isdigit()):
            wrong.append((number, "CPR-nr", "CPR-nummeret skal have ti cifre."))
        elif sum(weight * int(digit) for weight, digit in zip(WEIGHTS, cpr, strict=True)) % 11:
            noted.append((number, "CPR-nr", "CPR-nummeret opfylder ikke modulus 11."))
        if cpr in seen:
            wrong.append((number, "CPR-nr", "Samme borger to gange."))
        seen.add(str(cpr))
        for name, told in (("Fornavn", first), ("Efternavn", last)):
            if not told:
                wrong.append((number, name, "Mangler."))
        if group not in GROUPS:
            wrong.append((number, "Målgruppe", "Ukendt målgruppe."))
        if group == "Kontanthjælp" and not visitation:
            wrong.append((number, "Visitation", "Mangler."))
        if not isinstance(start, date):
            wrong.append((number, "Gældende fra", "Ikke en gyldig dato."))
        if phone and not (len(str(phone)) == 8 and str(phone).isdigit()):
            wrong.append((number, "Telefon", "8 cifre."))
        if mail and not MAIL.fullmatch(str(mail)):
            wrong.append((number, "E-mail", "Ikke en gyldig e-mailadresse."))
        if len(wrong) == before:
            good.append((cpr, first, last, GROUPS[str(group)], visitation, str(start), phone, mail, address, language))
    assert place["CPR-nr"] == 0
    with sqlite3.connect(file) as connection:
        connection.executescript(TABLE)
        marks = ", ".join("?" * 10)
        connection.executemany(f"INSERT INTO citizen VALUES (NULL, {marks})", good)
    return len(good), len(rows) - len(good)


def by_pandas(content: bytes, file: Path) -> Answer:
    """The peer: pandas as it comes, a marshmallow schema a row, and the objects added all together."""
    pandas = import_module("pandas")

    class Base(DeclarativeBase):
        pass

    class Person(Base):
        __tablename__ = "citizen"
        id: Mapped[int] = mapped_column(primary_key=True)
        cpr: Mapped[str] = mapped_column(unique=True)
        first_name: Mapped[str]
        last_name: Mapped[str] = mapped_column(index=True)
        benefit: Mapped[str]
        valid_from: Mapped[date] = mapped_column(index=True)
        phone: Mapped[str]
        email: Mapped[str]

    class Told(Schema):
        cpr = fields.String(required=True, validate=validate.Length(equal=10))
        first_name = fields.String(required=True, validate=validate.Length(min=1))
        last_name = fields.String(required=True, validate=validate.Length(min=1))
        benefit = fields.String(required=True, validate=validate.OneOf(list(GROUPS)))
        valid_from = fields.Date(required=True)
        phone = fields.String(required=True)
        email = fields.Email(required=True)

    names = {
        "CPR-nr": "cpr",
        "Fornavn": "first_name",
        "Efternavn": "last_name",
        "Målgruppe": "benefit",
        "Gældende fra": "valid_from",
        "Telefon": "phone",
        "E-mail": "email",
    }
    sheet = (
        pandas.read_excel(BytesIO(content), engine="openpyxl").rename(columns=names)[list(names.values())].fillna("")
    )
    good, wrong, schema = [], 0, Told()
    for record in sheet.to_dict("records"):
        record |= {"cpr": str(record["cpr"]).zfill(10), "phone": str(record["phone"])}
        try:
            good.append(Person(**schema.load(record | {"valid_from": record["valid_from"].date()})))
        except ValidationError:
            wrong += 1
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(good)
        session.commit()
    return len(good), wrong


def by_product(kind: str, content: bytes, url: str) -> tuple[Answer, int]:
    """Check and take in by the service, audit and access checks as shipped; the answer, and rows new or changed."""
    with create_app(a_config(url)).app_context():
        law = loader.law()
        started = time.perf_counter()
        with transaction() as session:
            by = session.get_one(User, 1)
            run = service.receive(session, kind, "ark.xlsx", content, actor=Actor(by, WORKING_DAY))
            checked = service.apply(
                session, run, actor=Actor(by, WORKING_DAY), law=law, valid_rows_only=True, max_rows=ROWS
            )
        taken.append(time.perf_counter() - started)
        db.engine.dispose()
    rows = checked.report["rows"]
    assert checked.report["applied"], checked.report["file_errors"]
    return (rows["new"] + rows["changed"] + rows["unchanged"], rows["rejected"]), rows["new"] + rows["changed"]


taken: list[float] = []
"""Seconds of the product's own work, without the making of the app."""


def alone(act: Callable[[], Any]) -> dict[str, Any]:
    """Run a candidate in a process of its own; return its seconds, its peak in MB and what it answered."""
    reads, writes = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_tell, args=(act, writes))
    child.start()
    told: dict[str, Any] = json.loads(reads.recv())
    child.join()
    return told


def _tell(act: Callable[[], Any], writes: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    answer = act()
    seconds = taken[-1] if taken else time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writes.send(json.dumps({"s": seconds, "mb": peak / 1024, "grown": (peak - before) / 1024, "answer": answer}))


def prepared(files: SqliteFiles) -> str:
    """Return the address of a fresh database with a frame and one who may import."""
    url = files.fresh()
    with create_app(a_config(url)).app_context():
        with transaction() as session:
            a_frame(session, amount=10**12)
            assert a_user(session, "TL").id == 1
        db.engine.dispose()
    return url


def one_round(kind: str, content: bytes, folder: Path, files: SqliteFiles, peer: bool) -> dict[str, dict[str, Any]]:
    """Measure floor, product, the same sheet again, and the peer, each once."""
    plain, rival = folder / "floor.sqlite", folder / "peer.sqlite"
    for file in (plain, rival):
        file.unlink(missing_ok=True)
    found = {}
    if kind == "citizens":
        found["floor"] = alone(lambda: by_plain_loop(content, plain))
    url = prepared(files)
    found["first"] = alone(lambda: by_product(kind, content, url))
    found["second"] = alone(lambda: by_product(kind, content, url))
    if kind == "citizens" and peer:
        found["peer"] = alone(lambda: by_pandas(content, rival))
    return found


def hold_answers(rounds: list[dict[str, dict[str, Any]]], rows: int) -> None:
    """Stop where a candidate took in other rows than the others, or the second import wrote any."""
    bad = sum(1 for at in range(1, rows + 1) if at % BAD_EVERY == 7)
    for found in rounds:
        for name, told in found.items():
            answer, *written = told["answer"] if name in {"first", "second"} else [told["answer"]]
            assert answer == [rows - bad, bad], (name, answer)
            assert name != "second" or written == [0], (name, written)


def measure(kind: str, rows: int, rounds: int, peer: bool, warm: bool) -> list[dict[str, dict[str, Any]]]:
    """Measure a kind of sheet round by round, after one round to warm up where `warm` asks for it."""
    content = made_sheet(kind, rows)
    with tempfile.TemporaryDirectory() as name:
        files = SqliteFiles(Path(name))
        found = [one_round(kind, content, Path(name), files, peer) for _ in range(rounds + warm)][int(warm) :]
    hold_answers(found, rows)
    return found


def imports(report: Report, rows: int, rounds: int, *, warm: bool) -> None:
    """B1, B2 and B4."""
    peer = find_spec("pandas") is not None and find_spec("openpyxl") is not None
    citizens = measure("citizens", rows, rounds, peer, warm)
    seconds = {name: [found[name]["s"] for found in citizens] for name in citizens[0]}
    first = report.add("import of citizens", seconds["first"], seconds["floor"])
    report.goal("B1", first, at_most=SLOWEST)
    if peer:
        rival = report.add("pandas, marshmallow, add_all", seconds["peer"], seconds["first"])
        report.goal("B1 peer", rival, at_least=FASTER)
    else:
        report.results.append({"name": "pandas, marshmallow, add_all", "skipped": True})
    report.goal("B2", report.add("the same sheet again", seconds["second"], seconds["first"]), at_most=SECOND_IMPORT)
    peaks = {name: [found[name]["mb"] for found in citizens] for name in ("first", "floor")}
    report.goal("B4", report.add("peak memory, MB", peaks["first"], peaks["floor"]), at_most=PEAK)
    courses = measure("courses", rows, 1, False, warm)
    floor = seconds["floor"][: len(courses)]
    report.add("import of courses, assessed and reserved", [found["first"]["s"] for found in courses], floor)
    again = [[found[name]["s"] for found in courses] for name in ("second", "first")]
    report.add("the same courses again", again[0], again[1])


def main() -> None:
    """Measure, print one JSON document."""
    smoke = "--smoke" in sys.argv
    rows, rounds = (SMOKE_ROWS, SMOKE_ROUNDS) if smoke else (ROWS, ROUNDS)
    report = Report("excel", f"{rows} x {COLUMNS}", rounds)
    exports(report, rows, rounds)
    imports(report, rows, rounds, warm=not smoke)
    report.finish(strict=False)


if __name__ == "__main__":
    main()
