"""The fix file (rettefil) is the sheet with its faulty cells marked and explained, and the rest unharmed."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from jobcenter_mentor.domain.kernel.errors import ImportRejected
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.intake.headings import REASONS
from jobcenter_mentor.sheets.runs import import_check
from jobcenter_mentor.sheets.runs.fix_file import FAULTY, WIDTH, fix_file
from tests.sheets.runs.sheets import HEADINGS, SHEET, a_course, altered, text, xlsx, xlsx_with

ROWS = [a_course(), a_course(1, Fornavn="", Startdato="31-04-2014"), a_course(2, Formål="=1+1")]


def fixed(name: str, content: bytes) -> Any:
    report = import_check.check(None, "courses", name, content, by=None, on=date(2014, 10, 15), law=loader.law()).report
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
    told = import_check.check(
        None, "courses", "a.xlsx", half.getvalue(), by=None, on=date(2014, 10, 15), law=loader.law()
    )

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


def rich(book: Any, sheet: Any) -> None:
    """Make a workbook as people have them: lists on another sheet, a formula, wide and hidden columns, a filter."""
    lists = book.add_worksheet("Lister")
    lists.write_column(0, 0, ["Kontanthjælp", "Sygedagpenge"])
    sheet.data_validation("G2:G9", {"validate": "list", "source": ["Intern", "Frivillig"]})
    sheet.write_formula("L2", "=1+1.5", None, 2.5)
    sheet.write_formula("N2", '="Kommer "&"op"', None, "Kommer op")
    sheet.set_column(4, 300, 33)
    sheet.set_row(2, None, None, {"hidden": True})


X14 = (
    (
        '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lister!$A$1:$A$2</xm:f></x14:formula1>'
        "<xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)


def test_drop_downs_formulas_and_widths_come_back_and_faulty_rows_are_seen() -> None:
    content = xlsx_with(rich, [a_course(), a_course(1, Fornavn="")])
    content = altered(content, {SHEET: lambda part: part.replace(b"</worksheet>", X14.encode())})
    report = import_check.check(
        None, "courses", "a.xlsx", content, by=None, on=date(2014, 10, 15), law=loader.law()
    ).report
    made = fix_file(None, "a.xlsx", content, report)

    sheet, values = (load_workbook(io.BytesIO(made), data_only=only).worksheets[0] for only in (False, True))
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {"G2:G9": '"Intern,Frivillig"', "D2:D9": "Lister!$A$1:$A$2"}
    assert (sheet["L2"].value, values["L2"].value, values["N2"].value) == ("=1+1.5", 2.5, "Kommer op")
    assert (sheet.column_dimensions["E"].width, sheet.column_dimensions["N"].width) == (33.7109375, 33.7109375)
    assert sheet.column_dimensions["O"].width == WIDTH
    assert not sheet.row_dimensions[3].hidden
    again = import_check.check(None, "courses", "a.xlsx", made, by=None, on=date(2014, 10, 15), law=loader.law()).report
    assert {error["column"] for error in again["row_errors"]} == {"Fornavn"}
    assert "formula_cached" in {warning["code"] for warning in again["warnings"]}
