"""Profiles and blank sheets (profiler) agree with the words of the trade and the headings of the contract."""

import io
import re
from datetime import date, datetime

import openpyxl
import pytest

from jobcenter_mentor.domain.kernel import needs
from jobcenter_mentor.domain.kernel.change_days import READINGS_CHANGE
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.intake.blank_workbook import MAY_BE_EMPTY, OPTIONAL, blank_workbook
from jobcenter_mentor.sheets.intake.profiles import KINDS, profile_of
from jobcenter_mentor.sheets.runs import import_check

ON = date(2014, 10, 15)
CHOICES = {
    "benefit": BENEFITS,
    "visitation": {code: name for code, name in VISITATIONS.items() if name.endswith("parat")},
    "tasks": needs.TASKS,
    "topics": needs.TASKS,
    "absence_reason": needs.ABSENCE_REASONS,
}


@pytest.mark.parametrize("kind", KINDS)
def test_choices_are_the_words_of_the_trade(kind: str) -> None:
    for column in profile_of(kind).columns:
        offered = {code: names[0] for code, names in column.choices.items()}
        assert column.field not in CHOICES or offered == CHOICES[column.field]
        if column.field == "mentor_type":
            assert [MENTOR_TYPES[code] in names for code, names in column.choices.items()] == [True] * 10


def test_courses_have_the_headings_of_the_contract() -> None:
    headings = (
        "CPR-nr · Fornavn · Efternavn · Målgruppe · Visitation · Mentor · Mentortype · Mentor telefon · Mentor e-mail"
        " · Startdato · Slutdato · Timer pr. uge · Timepris · Formål"
    )

    assert profile_of("courses").required == headings.split(" · ")


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="katte"):
        profile_of("katte")


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_workbook_is_read_as_its_own_kind_and_has_no_rows(kind: str) -> None:
    report = import_check.check(None, kind, "a.xlsx", blank_workbook(kind), by=None, on=ON, law=loader.law()).report

    assert [error["code"] for error in report["file_errors"]] == ["no_rows"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_profile_are_accepted(kind: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(kind)))
    for number, column in enumerate(profile_of(kind).columns, 1):
        book.worksheets[0].cell(2, number).value = column.example
    filled = io.BytesIO()
    book.save(filled)

    report = import_check.check(None, kind, "a.xlsx", filled.getvalue(), by=None, on=ON, law=loader.law()).report

    assert report["row_errors"] == []
    assert report["valid_rows"] == [2]


def test_a_column_with_choices_has_a_drop_down() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook("courses")))

    validated = {str(rule.sqref).split(":")[0] for rule in book.worksheets[0].data_validations.dataValidation}
    assert {"D2", "E2", "G2"} <= validated


@pytest.mark.parametrize("kind", KINDS)
def test_the_blank_sheet_and_the_check_agree_on_which_cells_may_be_empty(kind: str) -> None:
    columns = profile_of(kind).columns
    lists = openpyxl.load_workbook(io.BytesIO(blank_workbook(kind))).worksheets[1]
    told = {str(row[0].value).rstrip(":"): str(row[1].value) for row in lists.iter_rows(max_row=len(columns) + 1)}
    for number, column in enumerate(columns, 1):
        book = openpyxl.load_workbook(io.BytesIO(blank_workbook(kind)))
        for place, other in enumerate(columns, 1):
            book.worksheets[0].cell(2, place).value = None if place == number else other.example or None
        made = io.BytesIO()
        book.save(made)
        report = import_check.check(None, kind, "a.xlsx", made.getvalue(), by=None, on=ON, law=loader.law()).report
        missing = [error["column"] for error in report["row_errors"] if error["code"] == "required"]
        may_be_empty = told[column.heading] in {MAY_BE_EMPTY, OPTIONAL}
        if may_be_empty or not told[column.heading].startswith("Ja, når"):
            assert (missing == []) == may_be_empty, (column.heading, told[column.heading], report["row_errors"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_hint_names_only_days_on_which_the_law_changes(kind: str) -> None:
    """A day alone, and a year for its first of January."""
    for column in profile_of(kind).columns:
        told = f"{column.hint} {column.needed}"
        days = {datetime.strptime(day, "%d-%m-%Y").date() for day in re.findall(r"\d\d-\d\d-\d{4}", told)}
        years = {date(int(year), 1, 1) for year in re.findall(r"(?<!-)\b\d{4}\b", told)}
        assert days | years <= set(READINGS_CHANGE), (column.heading, told)


def test_the_hint_on_the_last_day_names_the_first_day_of_the_longest_period() -> None:
    value = loader.law().parameter("mentor.longest_period_months").values[0]

    hint = profile_of("courses").column_of("last_day").hint

    assert f"Fra {value.valid_from:%d-%m-%Y} højst {value.value} måneder" in hint
