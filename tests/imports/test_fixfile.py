"""Rettefilen: the sheet comes back with its faulty cells marked and told, and the rest of it unharmed."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from jobcenter_mentor.domain.errors import ImportRejected
from jobcenter_mentor.imports import service
from jobcenter_mentor.imports.fixfile import FAULTY, fix_file
from jobcenter_mentor.imports.headings import REASONS
from tests.imports.sheets import HEADINGS, a_course, text, xlsx

ROWS = [a_course(), a_course(1, Fornavn="", Startdato="31-04-2014"), a_course(2, Formål="=1+1")]


def fixed(name: str, content: bytes) -> Any:
    report = service.check(None, "courses", name, content, by=None, on=date(2014, 10, 15)).report
    return load_workbook(io.BytesIO(fix_file(None, name, content, report))).worksheets[0]


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", xlsx(ROWS)), ("a.csv", text(ROWS).encode())])
def test_faulty_cells_are_marked_and_the_last_column_says_why(name: str, content: bytes) -> None:
    sheet = fixed(name, content)

    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill == FAULTY}
    reasons = sheet.cell(3, len(HEADINGS) + 1)
    assert marked == {"B3", "J3"}
    assert sheet.cell(1, len(HEADINGS) + 1).value == REASONS
    assert reasons.value == "Fornavn: Mangler. Udfyld cellen.\nStartdato: Ikke en gyldig dato. Skriv dd-mm-åååå."
    assert sheet.cell(2, len(HEADINGS) + 1).value is None


def test_a_fix_file_half_mended_comes_back_as_a_sheet_of_ours() -> None:
    again = fixed("a.xlsx", xlsx(ROWS)).parent
    again.worksheets[0]["B3"] = "Ida"
    half = io.BytesIO()
    again.save(half)

    whole = fixed("a.xlsx", half.getvalue())
    told = service.check(None, "courses", "a.xlsx", half.getvalue(), by=None, on=date(2014, 10, 15))

    assert [cell.value for cell in whole[1]].count(REASONS) == 1
    assert (whole["B3"].fill == FAULTY, whole["J3"].fill == FAULTY) == (False, True)
    assert whole.cell(3, len(HEADINGS) + 1).value == "Startdato: Ikke en gyldig dato. Skriv dd-mm-åååå."
    assert (told.unknown, [one for one in told.report["warnings"] if one["code"] == "unknown_column"]) == ([], [])


def test_text_stays_text_and_days_stay_days() -> None:
    of_xlsx, of_csv = fixed("a.xlsx", xlsx(ROWS)), fixed("a.csv", text(ROWS).encode())

    assert of_xlsx["J2"].value == datetime(2014, 8, 25)
    assert (of_csv["N4"].value, of_csv["N4"].data_type) == ("=1+1", "s")
    assert of_csv["A2"].value == a_course()["CPR-nr"]


def test_a_file_refused_as_a_whole_has_no_cells_to_mend() -> None:
    with pytest.raises(ImportRejected):
        fixed("a.xlsx", b"")
