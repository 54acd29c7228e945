"""Small sheets as people of the trade have met them (ark fra marken), and what is right for each."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.intake.cross_rules import check_overlaps
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.intake.row_check import SheetRow
from jobcenter_mentor.sheets.runs import import_check, own_headings, service
from tests.builders import WORKING_DAY as ON
from tests.builders import a_mentor, a_user
from tests.sheets.runs.sheets import SHEET, a_course, altered, cell, xlsx, xlsx_with

FIELD = Path(__file__).parents[2] / "data" / "field"


def checked(name: str, kind: str = "courses", **how: Any) -> dict[str, Any]:
    content = (FIELD / name).read_bytes()
    return import_check.check(None, kind, name, content, by=None, on=ON, **how, law=loader.law()).whole_report()


def of_rows(rows: list[dict[str, Any]], kind: str = "courses") -> dict[str, Any]:
    content = xlsx(rows, headings=list(rows[0]))
    return import_check.check(None, kind, "a.xlsx", content, by=None, on=ON, law=loader.law()).whole_report()


def warned(report: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in report["warnings"]]


@pytest.mark.parametrize(
    ("name", "kind", "warnings"),
    [
        ("f01-spill-in-unread-column.xlsx", "courses", ["unknown_column"]),
        ("f02-lookup-sheet.xlsx", "courses", []),
        ("f03-mentor-1-first.xlsx", "mentors", []),
        ("f11-workbook22.xlsx", "courses", []),
        ("f12-heading-in-row-12.xlsx", "courses", []),
        ("f13-repeated-heading.xlsx", "courses", ["repeated_heading", "cpr_mod11"]),
        ("f14-printed-footer.xlsx", "courses", ["printed_footer"]),
        ("f16-title-with-commas.csv", "meetings", []),
        ("f17-cpr-nonbreaking-hyphen.xlsx", "courses", []),
        ("f18-oracle-date.csv", "meetings", []),
    ],
)
def test_a_sheet_from_the_field_is_accepted_and_told_once(name: str, kind: str, warnings: list[str]) -> None:
    report = checked(name, kind)

    assert (report["file_errors"], report["row_errors"], warned(report)) == ([], [], warnings)


ERRORS = ["#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#BUSY!", "#ERROR!", "#UNKNOWN!", "#OVERLØB!", "#NV", "#Н/Д"]
ERRORS += ["#¡VALOR!", "#VÆRDI!", "#I/T", "#N/D", "#GETTING_DATA", "####"]


@pytest.mark.parametrize("sign", ERRORS)
def test_an_error_sign_of_any_spreadsheet_costs_its_cell_only(sign: str) -> None:
    read = cell(xlsx([a_course(), a_course(1)]), "L2", f'<c r="L2" t="e"><v>{sign}</v></c>')
    report = import_check.check(None, "courses", "a.xlsx", read, by=None, on=ON, law=loader.law()).report
    unread = xlsx([a_course(Hjælp="x")], headings=[*a_course(), "Hjælp"])
    beside = import_check.check(
        None,
        "courses",
        "a.xlsx",
        cell(unread, "O2", f'<c r="O2" t="e"><v>{sign}</v></c>'),
        by=None,
        on=ON,
        law=loader.law(),
    ).report

    assert [(error["cell"], error["code"]) for error in report["row_errors"]] == [("L2", "excel_error")]
    assert (report["valid_rows"], beside["row_errors"]) == ([3], [])
    if sign != "#GETTING_DATA":  # as text it may be a word
        assert [error["code"] for error in of_rows([a_course(Formål=sign)])["row_errors"]] == ["excel_error"]


def test_the_sheet_is_asked_for_and_several_may_be_chosen() -> None:
    asked = checked("f02-month-sheets.xlsx")
    one = checked("f02-month-sheets.xlsx", sheets=["Okt"])
    two = checked("f02-month-sheets.xlsx", sheets=["sep", "Nov"])
    none = checked("f02-month-sheets.xlsx", sheets=["Dec"])

    assert (asked["file_errors"][0]["code"], asked["file_errors"][0]["sheets"]) == (
        "ambiguous_sheet",
        ["Sep", "Okt", "Nov"],
    )
    assert (one["sheet"], one["rows"]["new"]) == ("Okt", 1)
    assert (two["sheet"], two["rows"]["new"], two["row_errors"]) == ("Sep, Nov", 2, [])
    assert "»Dec«" in none["file_errors"][0]["message"]


def test_a_fault_names_its_sheet_where_several_are_read() -> None:
    def months(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("Okt")
        other.write_row(0, 0, list(a_course()))
        other.write_row(1, 0, [f"{value}" for value in a_course(Fornavn="").values()])

    report = import_check.check(
        None, "courses", "a.xlsx", xlsx_with(months), by=None, on=ON, sheets=["Ark1", "Okt"], law=loader.law()
    ).report

    first = next(error for error in report["row_errors"] if error["column"] == "Fornavn")
    assert (first["cell"], first["message"].startswith("Ark »Okt« række 2, Fornavn")) == ("Okt!B2", True)


def test_a_label_is_not_called_a_password() -> None:
    report = checked("f10-sensitivity-label.xlsx")

    assert report["status"] == "reject_file"
    assert "følsomhedsmærkat" in report["file_errors"][0]["message"]
    assert "adgangskode" not in report["file_errors"][0]["message"]


def test_what_excel_writes_for_yes_is_read_and_other_signs_are_taught_once(session: Session) -> None:
    leader, content = a_user(session, "TL"), (FIELD / "f09-excel-da-booleans.csv").read_bytes()
    run, first = service.keep(session, "meetings", "f09.csv", content, actor=Actor(leader, ON), law=loader.law())
    held = [error["row"] for error in first.report["row_errors"] if error["column"] == "Afholdt"]

    own_headings.teach_values(session, "meetings", {("held", "1"): "yes", ("held", "x"): "yes"}, by=leader)
    again = service.look(session, run, actor=Actor(leader, ON), law=loader.law())

    assert (held, service.preview_of(run)["values"], first.values) == ([3, 4], [], [("held", "1"), ("held", "x")])
    assert [row.get("held") for row in again.rows] == [True, True, True]
    assert not [error for error in again.report["row_errors"] if error["column"] == "Afholdt"]


def test_a_mentor_in_capitals_is_the_one_who_is_known(session: Session, law: Law) -> None:
    coordinator = a_user(session, "MK")
    coordinator.roles.extend(a_user(session, "TL").roles)
    for name in ("f03-mentor-1-first.xlsx", "f03-mentor-2-upper-case-same-phone.xlsx"):
        content = (FIELD / name).read_bytes()
        run, looked = service.keep(session, "mentors", name, content, actor=Actor(coordinator, ON), law=loader.law())
        done = service.apply(session, run, actor=Actor(coordinator, ON), law=law)
        assert (looked.report["rows"], done.report["applied"]) == (done.report["rows"], True)

    assert looked.report["rows"] | {"read": 0} == {"read": 0, "new": 1, "changed": 0, "unchanged": 1, "rejected": 0}
    assert session.scalar(select(func.count()).select_from(Mentor)) == 2


@pytest.mark.parametrize(
    ("name", "phone", "email", "rows"),
    [
        (("PRØVESEN", "TESTA"), "20115577", "anden@example.dk", {"changed": 1}),
        (("Testa", "Prøvesen,"), "20115577", "testa@example.dk", {"changed": 1}),
        (("Testa B.", "Prøvesen"), "20331234", "TESTA@example.dk", {"changed": 1}),
        (("Testa Bo", "Prøvesen"), "20115577", "anden@example.dk", {"rejected": 1}),
        (("Testa", "Pröve"), "20331234", "anden@example.dk", {"new": 1}),
    ],
)
def test_who_a_mentor_is_does_not_hang_on_how_the_name_is_written(
    session: Session, name: tuple[str, str], phone: str, email: str, rows: dict[str, int]
) -> None:
    a_mentor(session, first_name="Testa", last_name="Prøvesen", phone="20115577", email="testa@example.dk")
    row = {"Fornavn": name[0], "Efternavn": name[1], "Mentortype": "Intern", "Telefon": phone, "E-mail": email}
    content = xlsx(
        [row | {"Ansættelsessted": "", "Timer pr. uge": 5, "Gælder fra": date(2014, 1, 1)}],
        headings=[*row, "Ansættelsessted", "Timer pr. uge", "Gælder fra"],
    )

    report = import_check.check(
        session, "mentors", "a.xlsx", content, by=a_user(session, "TL"), on=ON, law=loader.law()
    ).report

    told = {key: count for key, count in report["rows"].items() if count and key != "read"}
    assert told == rows, report


def calls_of(act: Callable[[], object]) -> int:
    """Count the calls of functions; steps, not seconds."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


MANY = 3_000_000
HOLLOW = {
    "empty rows": b"<row/>" * MANY,
    "empty rows of another prefix": b'<x:row xmlns:x="a"/>' * MANY,
    "empty cells": b'<row r="3">' + b"<c/>" * MANY + b"</row>",
    "elements of nothing": b"<q/>" * (MANY * 3),
}


@pytest.mark.parametrize("what", HOLLOW)
def test_a_small_file_of_much_that_is_empty_is_refused_while_it_is_unpacked(what: str) -> None:
    bomb = altered(xlsx(), {SHEET: lambda part: part.replace(b"</sheetData>", HOLLOW[what] + b"</sheetData>")})

    steps = calls_of(lambda: import_check.check(None, "courses", "a.xlsx", bomb, by=None, on=ON, law=loader.law()))
    report = import_check.check(None, "courses", "a.xlsx", bomb, by=None, on=ON, law=loader.law()).report

    assert (len(bomb) < 300_000, report["file_errors"][0]["code"]) == (True, "too_many_rows")
    assert steps < 100_000  # nobody walks through it


@pytest.mark.parametrize("apart", [7, 1])
def test_twice_the_courses_of_one_citizen_are_twice_the_work(apart: int) -> None:
    def rows(count: int) -> list[SheetRow]:
        first = date(1990, 1, 1)
        days = [first + timedelta(days=number * apart) for number in range(count)]
        told = [{"cpr": "1", "start": day, "last_day": day + timedelta(days=3), "mentor": "A B"} for day in days]
        return [SheetRow(number, profile_of("courses"), {}, values) for number, values in enumerate(told, 2)]

    few, many = rows(500), rows(1000)

    steps = [calls_of(lambda sheet=sheet: check_overlaps(sheet)) for sheet in (few, many)]
    assert steps[1] < 2.2 * steps[0]
    assert all(bool(row.errors) == (apart < 4) for row in many[1:])


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"Fornavn": 12345}, "Fornavn"),
        ({"Efternavn": "-"}, "Efternavn"),
        ({"Fornavn": "Emil\u0430"}, "Fornavn"),
        ({"Mentor e-mail": "m\u0430il@example.dk"}, "Mentor e-mail"),
        ({"Mentor telefon": "\uff12\uff10\uff11\uff11\uff15\uff15\uff17\uff17"}, "Mentor telefon"),
    ],
)
def test_what_only_looks_like_a_name_an_address_or_a_number_is_told(changes: dict[str, Any], column: str) -> None:
    report = of_rows([a_course(**changes)])

    assert [error["column"] for error in report["row_errors"]] == [column]


def test_hours_in_hundredths_and_a_credit_note_are_read_as_they_are_written() -> None:
    content = (FIELD / "f05-invoice-two-decimals.xlsx").read_bytes()
    credit = (FIELD / "f06-credit-note.xlsx").read_bytes()

    reports = [
        import_check.check(None, "invoices", "a.xlsx", one, by=None, on=ON, law=loader.law()).report
        for one in (content, credit)
    ]

    assert [(report["row_errors"], report["rows"]["new"]) for report in reports] == [([], 1), ([], 1)]
