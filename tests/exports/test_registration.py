"""Statsregistreringen: a change of hours ends one line and begins the next, and what cannot be right is held back."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import GrantPeriod
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.reports.registration import (
    LINES,
    Registration,
    RegistrationCheck,
    RegistrationLine,
    faults_of,
    register_lines,
    remarks_of,
    write_registration,
)
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a
from tests.logins import Visitor

START, END = date(2014, 8, 25), date(2015, 2, 24)


def a_line(**changes: Any) -> RegistrationLine:
    values = {
        "grant_id": 1,
        "course": "x",
        "case_number": "2014-0001",
        "citizen_id": 1,
        "cpr": "0102030405",
        "first_day": START,
        "last_day": END,
        "minutes": 120,
        "form": "individual",
        "group_number": 3,
        "visitation": "aktivitetsparat",
        "right_and_duty": True,
        "begun": START,
        "agreed": START,
        "last_granted": END,
    } | changes
    return RegistrationLine(**values)


def the_lines(session: Session) -> Registration:
    return register_lines(
        session, first=START, last=END, reason="Indberetning", actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY)
    )


def test_a_change_of_hours_ends_one_line_and_begins_the_next(session: Session) -> None:
    grant = a.a_grant(session, a.a_citizen(session, cpr="0102845678"))
    cuts = [
        (START, date(2014, 9, 30), 120),
        (date(2014, 10, 1), date(2014, 10, 31), 150),
        (date(2014, 11, 1), END, 150),
    ]
    grant.periods = [GrantPeriod(first_day=first, last_day=last, minutes_per_week=many) for first, last, many in cuts]
    session.flush()

    found = the_lines(session)

    sheet = openpyxl.load_workbook(BytesIO(write_registration(found, "Sønderå")))["Registrering"]
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=2)]
    told = [[row[0], row[1].date(), row[2].date(), *row[3:]] for row in rows]
    assert told == [
        ["0102845678", START, date(2014, 9, 30), 2, 0, "Individuel"],
        ["0102845678", date(2014, 10, 1), END, 2, 30, "Individuel"],
    ]


def test_a_line_that_cannot_be_right_is_held_back_with_the_reason(session: Session) -> None:
    a.a_grant(session)
    a.a_grant(session, minutes_per_week=0)

    found = the_lines(session)

    assert (len(found.sound), len(found.held_back)) == (1, 1)
    sheet = openpyxl.load_workbook(BytesIO(write_registration(found, "")))["Skal rettes"]
    assert sheet["L2"].value == "Timetallet mangler eller er 0. Skriv timerne på forløbet."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"minutes": 37 * 60}, ""),
        ({"minutes": 37 * 60 + 1}, "over 37 timer"),
        ({"last_day": date(2014, 8, 24)}, "ligger før startdatoen"),
        ({"last_granted": END}, ""),
        ({"last_granted": date(2015, 2, 25)}, "længere end seks måneder"),
        ({"begun": date(2013, 4, 23), "last_granted": date(2014, 8, 24)}, ""),
        ({"begun": date(2013, 4, 24), "last_granted": date(2013, 10, 23)}, ""),
        ({"begun": date(2013, 4, 24), "last_granted": date(2013, 10, 24)}, "længere end seks måneder"),
        ({"group_number": None}, "Målgruppen mangler"),
        ({"visitation": "uddannelsesparat"}, "aktivitetsparat ved starten"),
    ],
)
def test_each_rule_holds_back_what_breaks_it_and_nothing_else(changes: dict[str, Any], said: str) -> None:
    found = list(faults_of(a_line(**changes)))

    assert len(found) == bool(said)
    assert said in "".join(found)


def test_two_individual_mentors_at_once_are_held_back_but_a_place_besides_is_not() -> None:
    before = a_line(last_day=date(2014, 9, 30))
    later = {"grant_id": 2, "first_day": date(2014, 9, 30)}

    assert "Overlapper borgerens forløb i sag 2014-0001" in "".join(faults_of(a_line(**later), [before]))
    assert not list(faults_of(a_line(**later, form="place"), [before]))
    assert not list(faults_of(a_line(grant_id=2, first_day=date(2014, 10, 1)), [before]))


def test_much_is_sent_with_a_remark() -> None:
    assert list(remarks_of(a_line(minutes=601))) == ["Over 10 timer om ugen."]
    assert not list(remarks_of(a_line(minutes=600)))


def test_the_file_needs_a_reason(session: Session) -> None:
    with pytest.raises(ValidationFailed, match="hvad filen skal bruges til"):
        register_lines(session, first=START, last=END, reason=" ", actor=Actor(a.a_user(session, "TL"), a.WORKING_DAY))


def test_the_page_hands_the_file_out_to_who_may_see_cpr_numbers(
    session: Session, as_caseworker: Visitor, as_auditor: Visitor
) -> None:
    a.a_grant(session)
    asked = {"report": "statsregistrering", "first": "01-09-2014", "last": "30-09-2014", "reason": "Indberetning"}

    answer = as_caseworker.post("/rapporter/udtraek", data=asked)

    assert openpyxl.load_workbook(BytesIO(answer.data))["Registrering"].max_row == 2
    refused = as_caseworker.post("/rapporter/udtraek", data=asked | {"reason": "", "last": "01-08-2014"})
    assert (refused.status_code, "hvad udtrækket skal bruges til" in refused.get_data(as_text=True)) == (422, True)
    assert as_auditor.get("/rapporter/udtraek").status_code == 403


def test_the_name_of_a_group_is_that_of_the_law_at_the_grant() -> None:
    column = next(column for column in LINES if column.heading == "Målgruppe")
    days = (date(2019, 12, 31), date(2020, 1, 1))

    told = [column.read(RegistrationCheck(a_line(group_number=6, agreed=day), (), ())) for day in days]

    assert told == ["Førtidspensionist", "Sygedagpengemodtager"]


@pytest.mark.parametrize(
    ("number", "agreed", "missed"),
    [(12, date(2019, 12, 31), True), (12, date(2020, 1, 1), False), (5, date(2020, 1, 1), True), (5, START, False)],
)
def test_a_visitation_is_missed_in_the_groups_of_the_day(number: int, agreed: date, missed: bool) -> None:
    line = a_line(visitation=None, group_number=number, agreed=agreed)

    assert ("Visitationen mangler." in remarks_of(line)) == missed
