"""The workbook (projektmappe): typed cells, live sums, definitions, and text that never becomes a formula."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from sqlalchemy.orm import Session

from jobcenter_mentor.figures.reports import service
from jobcenter_mentor.figures.reports.report_workbook import write_municipal_report
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import loader
from tests import builders as a
from tests.figures.budget.test_unlogged import a_held_meeting
from tests.logins import Visitor


def the_book(session: Session, *, values: bool) -> Workbook:
    report = service.municipal_report(
        session,
        first=date(2014, 9, 1),
        last=date(2014, 9, 30),
        with_courses=True,
        reason="Prøve",
        actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY),
        law=loader.law(),
    )
    return openpyxl.load_workbook(BytesIO(write_municipal_report(report, "Sønderå Kommune")), data_only=values)


def test_figures_are_numbers_dates_are_dates_and_sums_are_formulas(session: Session) -> None:
    a.a_frame(session)
    grants = [a.a_grant(session) for _ in range(5)]
    a_held_meeting(session, grants[0], date(2014, 9, 2), minutes=90)

    sheet = the_book(session, values=False)["Måneder"]

    assert sheet["A2"].value == datetime(2014, 9, 1)
    assert [cell.value for cell in sheet[2]][-2:] == [450, 225]
    assert sheet["I4"].value == "=SUBTOTAL(9,I2:I2)"


def test_a_stored_sum_equals_its_rows(session: Session) -> None:
    for _ in range(3):
        a_held_meeting(session, a.a_grant(session), date(2014, 9, 2), minutes=90)

    sheet = the_book(session, values=True)["Forløb"]

    assert [sheet[f"K{row}"].value for row in (2, 3, 4)] == [450, 450, 450]
    assert sheet["K6"].value == 1_350


def test_every_book_says_what_its_words_mean(session: Session) -> None:
    words = {row[0].value: row[1].value for row in the_book(session, values=True)["Definitioner"].rows}

    assert "Sønderå Kommune" in words["Rapport"]
    assert words["Periode"] == "01.09.2014 til 30.09.2014, begge dage med"
    assert {"Lavet", "Population", "Timer leveret", "Refusion"} <= set(words)


def test_text_that_looks_like_a_formula_stays_text(session: Session) -> None:
    team = a.a_team(session, "=1+1")
    leader = a.a_user(session, "TL", team=team)
    a.a_grant(session, a.a_citizen(session, team_id=team.id))
    report = service.municipal_report(
        session,
        first=date(2014, 9, 1),
        last=date(2014, 9, 30),
        with_courses=True,
        reason="Prøve",
        actor=Actor(leader, a.WORKING_DAY),
        law=loader.law(),
    )

    sheet = openpyxl.load_workbook(BytesIO(write_municipal_report(report, "")))["Forløb"]

    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")


def test_the_page_hands_out_the_workbook(session: Session, as_team_leader: Visitor) -> None:
    form = {"first": "01-09-2014", "last": "30-09-2014"}

    answer = as_team_leader.post("/rapporter/kommune", data=form)

    assert answer.status_code == 200
    assert "mentorindsats-2014-09-01-2014-09-30.xlsx" in answer.headers["Content-Disposition"]
    assert openpyxl.load_workbook(BytesIO(answer.data)).sheetnames == ["Måneder", "Konti", "Definitioner"]


def test_a_period_that_ends_before_it_begins_is_told_at_its_field(as_team_leader: Visitor) -> None:
    answer = as_team_leader.post("/rapporter/kommune", data={"first": "30-09-2014", "last": "01-09-2014"})

    assert answer.status_code == 422
    assert "Slutdato ligger før startdato." in answer.get_data(as_text=True)


def test_an_auditor_may_not_take_the_list_of_courses(as_auditor: Visitor) -> None:
    form = {"first": "01-09-2014", "last": "30-09-2014", "with_courses": "y", "reason": "Revision"}

    assert as_auditor.post("/rapporter/kommune", data=form).status_code == 403
