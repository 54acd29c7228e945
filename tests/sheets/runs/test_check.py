"""The check of a sheet without a database (kontrol): every odd file gets its answer, and none shows a CPR number."""

import json
import re
from datetime import date
from typing import Any

import pytest

from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import import_check
from tests.sheets.runs import hostile
from tests.sheets.runs.sheets import a_course, text, xlsx

ON = date(2014, 10, 15)
FILES = hostile.files()
ROWS = hostile.rows()
DOUBTFUL = hostile.doubtful()
KEYS = [
    "file",
    "kind",
    "sheet",
    "status",
    "file_errors",
    "row_errors",
    "warnings",
    "rows",
    "valid_rows",
    "applied",
    "preview",
]


def checked(name: str, content: bytes, kind: str = "courses", **limits: Any) -> dict[str, Any]:
    return import_check.check(None, kind, name, content, by=None, on=ON, **limits, law=loader.law()).whole_report()


def codes(report: dict[str, Any]) -> set[str]:
    return {found["code"] for found in (*report["file_errors"], *report["row_errors"], *report["warnings"])}


@pytest.mark.parametrize("what", FILES)
def test_an_odd_file_gets_its_answer(what: str) -> None:
    name, content, status, code = FILES[what]

    report = checked(name, content)

    assert (report["status"], code in codes(report)) == (status, True), report


@pytest.mark.parametrize("what", ROWS)
def test_a_wrong_cell_refuses_its_row_at_its_place(what: str) -> None:
    changes, column, code = ROWS[what]

    report = checked("a.xlsx", xlsx([a_course(), a_course(1, **changes)], headings=list(a_course() | changes)))

    found = [error for error in report["row_errors"] if error["code"] == code]
    assert [(error["row"], error["column"]) for error in found] == [(3, column)], report["row_errors"]
    assert (report["status"], report["valid_rows"]) == ("reject_rows", [2])


def test_every_code_of_the_contract_is_met_by_some_file() -> None:
    met = {code for *_, code in FILES.values()} | {code for *_, code in ROWS.values()}
    met |= {code for _, code in DOUBTFUL.values()}

    assert met | hostile.OF_THE_DATABASE == hostile.CODES
    assert len(FILES) + len(ROWS) + len(DOUBTFUL) > 100


@pytest.mark.parametrize("what", FILES)
def test_the_report_has_the_shape_of_the_contract_and_no_full_cpr(what: str) -> None:
    report = checked(*FILES[what][:2])

    assert list(report) == KEYS
    assert not re.search(r"\d{6}-?\d{4}", json.dumps(report, ensure_ascii=False))


@pytest.mark.parametrize(
    ("changes", "column", "read"),
    [
        ({"Startdato": "1/9-2014"}, "Startdato", "2014-09-01"),
        ({"Startdato": "1. september 2014"}, "Startdato", "2014-09-01"),
        ({"Startdato": "2014-09-01"}, "Startdato", "2014-09-01"),
        ({"Timer pr. uge": "2,5"}, "Timer pr. uge", "2.5"),
        ({"Timepris": "1.234,50"}, "Timepris", "1234.50"),
        ({"Timepris": "kr. 450,-"}, "Timepris", "450.00"),
        ({"Mentor telefon": "+45 00112233"}, "Mentor telefon", "00112233"),
        ({"CPR-nr": 105870007}, "CPR-nr", "010587-****"),
        ({"Efternavn": "A\u030asen"}, "Efternavn", "Åsen"),
        ({"Fornavn": "<b>{{ 7*7 }}</b>"}, "Fornavn", "<b>{{ 7*7 }}</b>"),
    ],
)
def test_what_may_be_written_in_many_ways_is_shown_as_read(changes: dict[str, Any], column: str, read: str) -> None:
    report = checked("a.xlsx", xlsx([a_course(**changes)]))

    assert report["preview"][0]["values"][column] == read


@pytest.mark.parametrize("what", DOUBTFUL)
def test_what_is_doubtful_is_accepted_with_a_warning(what: str) -> None:
    changes, code = DOUBTFUL[what]

    report = checked("a.xlsx", xlsx([a_course(**changes)]))

    assert (report["status"], report["valid_rows"]) == ("accept_with_warning", [2])
    assert [found["row"] for found in report["warnings"] if found["code"] == code] == [2]


def test_all_missing_columns_are_named_at_once() -> None:
    report = checked("a.xlsx", xlsx(headings=["CPR-nr", "Fornavn"]))

    message = report["file_errors"][0]["message"]
    assert all(heading in message for heading in ("Efternavn", "Målgruppe", "Formål"))


def test_headings_below_a_title_are_asked_for_in_their_own_row() -> None:
    report = checked("a.csv", "Mentorforløb 2014;\r\n\r\nCPR-nr;Fornavn\r\n0101901234;Emil\r\n".encode())

    assert "Tilføj dem i række 3." in report["file_errors"][0]["message"]


def test_a_faulty_cell_is_not_told_missing_too() -> None:
    headings = "CPR-nr;Mentor;Dato;Minutter;Kontaktform;Afholdt;Årsag"
    report = checked("a.csv", f"{headings}\n0101901234;Bo Bo;01-09-2014;;Sms;Nej;syg\n".encode(), "meetings")

    assert [error["code"] for error in report["row_errors"]] == ["choice"]


def test_a_place_beside_an_individual_course_is_no_overlap() -> None:
    place = a_course(Mentor="Jens Holm", **{"Mentor e-mail": "jens@example.dk", "Mentorform": "Plads"})

    report = checked("a.xlsx", xlsx([a_course(), place], headings=[*a_course(), "Mentorform"]))

    assert report["row_errors"] == []


def test_more_rows_are_read_where_the_call_allows_it() -> None:
    rows = [a_course(number % 2000) for number in range(12)]

    refused = checked("a.csv", text(rows).encode(), max_rows=10)
    read = checked("a.csv", text(rows).encode(), max_rows=12)

    assert refused["file_errors"][0]["code"] == "too_many_rows"
    assert read["rows"]["read"] == 12
