"""LibreOffice: opens what we write, works the sums out again, and saves our blank sheets without harming a cell.

One start of the program converts all files of the module.
"""

import shutil
import subprocess
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook

from jobcenter_mentor.figures.reports.registration import Registration, RegistrationCheck, write_registration
from jobcenter_mentor.figures.reports.report_workbook import write_municipal_report
from jobcenter_mentor.figures.reports.service import MunicipalReport
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.workbook import SheetColumn, workbook_of
from jobcenter_mentor.sheets.intake.blank_workbook import blank_workbook
from jobcenter_mentor.sheets.intake.profiles import KINDS, profile_of
from jobcenter_mentor.sheets.runs import import_check
from tests import builders as a
from tests.exports.test_registration import a_line
from tests.sheets.runs.sheets import a_course

OFFICE = "soffice"
ALWAYS_WORK_OUT = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
HARD = a_course() | {
    "CPR-nr": a.nobodys_cpr(3, date(1984, 3, 4)),
    "Fornavn": "Åse Ærø",
    "Efternavn": "Østergård",
    "Mentor telefon": "00112233",
    "Formål": "=1+1 og +45 er tekst, æøå ÆØÅ",
}
TEXTS = ["=1+1", "+45 00 11 22 33", "-2", "@SUM(A1)", "0012", "æøå ÆØÅ é ß 漢"]


def opened_and_saved(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Let LibreOffice open the workbooks, work all formulas out and save them again."""
    office = shutil.which(OFFICE)
    assert office, "make test needs LibreOffice Calc: apt-get install libreoffice-calc (as root), then try again."
    before, after, profile = folder / "before", folder / "after", folder / "profile" / "user"
    for made in (before, after, profile):
        made.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_WORK_OUT, encoding="utf-8")
    for name, content in files.items():
        (before / f"{name}.xlsx").write_bytes(content)
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(after)]
    subprocess.run([*command, *map(str, sorted(before.iterdir()))], check=True, capture_output=True, timeout=120)
    return {name: (after / f"{name}.xlsx").read_bytes() for name in files}


def filled_template(kind: str, row: dict[str, Any]) -> bytes:
    """Fill the blank workbook in as a person does: by heading, in the formats the columns have."""
    book = openpyxl.load_workbook(BytesIO(blank_workbook(kind)))
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        sheet.cell(2, cell.column).value = row.get(str(cell.value))
        sheet.cell(2, cell.column).data_type = "s" if isinstance(row.get(str(cell.value)), str) else "n"
        if isinstance(row.get(str(cell.value)), date):
            sheet.cell(2, cell.column).value = row[str(cell.value)]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_a_wrong_stored_sum() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [2, 3])
        sheet.write_formula(0, 2, "=A1+B1", None, 999)
    return content.getvalue()


def a_list() -> bytes:
    columns = [
        SheetColumn("Tekst", lambda row: row[0]),
        SheetColumn("Dag", lambda row: row[1], "date"),
        SheetColumn("Beløb, kr.", lambda row: row[2], "kroner", summed=True),
        SheetColumn("Timer", lambda row: row[3], "hours", summed=True),
    ]
    rows = [(text, date(2014, 10, number), 41_255 * number, 50 * number) for number, text in enumerate(TEXTS, 1)]
    return workbook_of("Prøve", columns, rows, [("Lavet", "i dag")]).getvalue()


def the_municipal_report() -> bytes:
    month = {"month": date(2014, 9, 1), "group": "=Målgruppe", "citizens": 5, "courses": 6, "started": None}
    month |= {"granted": 2570, "held": 125, "full_time": 0.27, "cost": 62_505, "refund": 31_253}
    months = pd.DataFrame([month, month | {"group": "Øvrige", "started": 7, "held": 50, "cost": 25_001}], dtype=object)
    account = {"month": date(2014, 9, 1), "account": "5.68.98.012 (Mentorrammen)", "cost": 87_506, "refund": 43_753}
    report = MunicipalReport(
        date(2014, 9, 1),
        date(2014, 9, 30),
        a.WORKING_DAY,
        "Lone",
        months,
        pd.DataFrame([account]),
        None,
        "Hele kommunen",
    )
    return write_municipal_report(report, "Sønderå Kommune")


def the_registration() -> bytes:
    sound, held = a_line(), a_line(minutes=0)
    found = Registration(
        date(2014, 9, 1),
        date(2014, 9, 30),
        a.WORKING_DAY,
        "Lone",
        [RegistrationCheck(sound, (), ())],
        [RegistrationCheck(held, ("Nul.",), ())],
    )
    return write_registration(found, "Sønderå Kommune")


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    """Projektmapperne, as we write them."""
    made = {f"blank-{kind}": blank_workbook(kind) for kind in KINDS}
    made |= {"filled": filled_template("courses", HARD), "list": a_list(), "wrong": with_a_wrong_stored_sum()}
    return made | {"kommune": the_municipal_report(), "statsregistrering": the_registration()}


@pytest.fixture(scope="module")
def saved(before: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Projektmapperne, as LibreOffice saves them."""
    return opened_and_saved(before, tmp_path_factory.mktemp("office"))


def book_of(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def values_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return all cells of a workbook, figures to the ninth decimal, without empty cells at the ends of rows."""
    found = {}
    for sheet in book_of(content).worksheets:
        rows = [
            [round(cell, 9) if isinstance(cell, float) else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        found[sheet.title] = [tuple(cell for cell in row if cell is not None) for row in rows if any(row)]
    return found


def test_zeros_dates_and_letters_of_a_filled_template_are_unharmed(saved: dict[str, bytes]) -> None:
    report = import_check.check(
        None, "courses", "a.xlsx", saved["filled"], by=None, on=a.WORKING_DAY, law=loader.law()
    ).whole_report()
    before = import_check.check(
        None, "courses", "a.xlsx", filled_template("courses", HARD), by=None, on=a.WORKING_DAY, law=loader.law()
    ).whole_report()

    assert report["row_errors"] == []
    assert report["preview"] == before["preview"]
    values = report["preview"][0]["values"]
    assert (values["Fornavn"], values["Startdato"]) == ("Åse Ærø", "2014-08-25")
    cells = {
        cell.value: below.value
        for cell, below in zip(*list(book_of(saved["filled"]).worksheets[0].iter_rows(max_row=2)), strict=True)
    }
    assert (cells["CPR-nr"], cells["Mentor telefon"], cells["Formål"]) == (
        HARD["CPR-nr"],
        "00112233",
        "=1+1 og +45 er tekst, æøå ÆØÅ",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_template_keeps_its_headings_lists_and_example(saved: dict[str, bytes], kind: str) -> None:
    book, profile = openpyxl.load_workbook(BytesIO(saved[f"blank-{kind}"])), profile_of(kind)

    sheet, help_sheet = book.worksheets
    assert [cell.value for cell in sheet[1]] == [column.heading for column in profile.columns]
    lists = {column for one in sheet.data_validations.dataValidation for column in str(one.sqref).split(":")[0][:1]}
    assert len(lists) == sum(column.type in {"choice", "yes_no"} for column in profile.columns)
    example = [cell.value for cell in help_sheet[help_sheet.max_row]]
    assert example[: len(profile.columns)].count(None) == sum(not column.example for column in profile.columns)
    report = import_check.check(
        None, kind, "a.xlsx", saved[f"blank-{kind}"], by=None, on=a.WORKING_DAY, law=loader.law()
    ).whole_report()
    assert [error["code"] for error in report["file_errors"]] == ["no_rows"]


def test_all_sums_work_out_to_what_was_stored(saved: dict[str, bytes], before: dict[str, bytes]) -> None:
    assert book_of(saved["wrong"]).worksheets[0]["C1"].value == 5, "LibreOffice did not work the formulas out"
    for name in ("list", "kommune", "statsregistrering"):
        assert values_of(saved[name]) == values_of(before[name]), name
    assert book_of(saved["list"]).worksheets[0]["C9"].value == pytest.approx(412.55 * 21)


def test_text_that_looks_like_a_formula_is_text_to_libreoffice_too(saved: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(BytesIO(saved["list"])).worksheets[0]

    assert [(cell.value, cell.data_type) for cell in sheet["A"][1 : len(TEXTS) + 1]] == [(text, "s") for text in TEXTS]
    assert sheet["B2"].value == datetime(2014, 10, 1)
