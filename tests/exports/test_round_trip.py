"""Ud, ind og ud igen: courses exported, taken in by an empty municipality and exported again are the same."""

from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.reports.named_reports import NamedExtractOrder
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.sheets.export.courses_out import export_courses
from jobcenter_mentor.sheets.runs import service
from jobcenter_mentor.sheets.runs.models import ImportRun
from tests import builders as a
from tests.sheets.runs.sheets import xlsx

FIRST, LAST = date(2014, 1, 1), date(2015, 12, 31)
JOBAFKLARING = date(2014, 7, 1)
"""Its first day."""
NAMES = ["Åse", "Øjvind", "Ærø", "Zoë", "Anne-Marie", "D'Arcy", "Łukasz", "Emil"]
GOALS = [
    "=1+1",
    "+45 er ikke et tal her",
    "-2 grader",
    "@hjemme",
    "Tager bussen; går tur",
    "Linje et\nlinje to",
    "<b>ro</b>",
]
GROUPS = [
    ("Kontanthjælp", "Aktivitetsparat"),
    ("Kontanthjælp", "Jobparat"),
    ("Sygedagpenge", ""),
    ("Ressourceforløb", ""),
    ("Uddannelseshjælp", "Åbenlyst uddannelsesparat"),
    ("Jobafklaring", ""),
    ("Revalidering", ""),
]
TYPES = ["Intern", "Virksomhed", "Leverandør", "Frivillig"]


def a_random_course(draw: Random, number: int) -> dict[str, Any]:
    """Draw a row of the sheet: zeros first, all letters, minutes that are no round hours."""
    start, kind, mentor = date(2014, 1, 1) + timedelta(days=draw.randrange(300)), draw.choice(TYPES), draw.randrange(9)
    group, visitation = draw.choice([one for one in GROUPS if one[0] != "Jobafklaring" or start >= JOBAFKLARING])
    return {
        "CPR-nr": a.nobodys_cpr(number, date(1950 + number % 40, 1 + number % 12, 1 + number % 28)),
        "Fornavn": draw.choice(NAMES),
        "Efternavn": draw.choice(NAMES),
        "Målgruppe": group,
        "Visitation": visitation,
        "Mentor": f"{NAMES[mentor % 8]} Sørensen{TYPES.index(kind)}{mentor}",
        "Mentortype": kind,
        "Mentor telefon": f"0{TYPES.index(kind)}11223{mentor}",
        "Mentor e-mail": f"mentor{TYPES.index(kind)}{mentor}@example.dk",
        "Startdato": start,
        "Slutdato": start + timedelta(days=draw.randrange(180)),
        "Timer pr. uge": draw.randrange(1, 37 * 60) / 60,
        "Timepris": "" if kind == "Frivillig" else draw.randrange(10_000, 100_000) / 100,
        "Formål": draw.choice(GOALS),
        "Mentorform": draw.choice(["Individuel", "Plads"]),
    }


def cells_of(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def out(session: Session, by: User) -> bytes:
    session.flush()
    return export_courses(
        session, NamedExtractOrder(FIRST, LAST, "Flytning", by, a.WORKING_DAY, law_of(session))
    ).content


def taken_in(session: Session, content: bytes, by: User, law: Law) -> tuple[ImportRun, dict[str, Any]]:
    run, _ = service.keep(session, "courses", "ud.xlsx", content, actor=Actor(by, a.WORKING_DAY), law=loader.law())
    return run, service.apply(session, run, actor=Actor(by, a.WORKING_DAY), law=law).report


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_what_goes_out_comes_in_and_goes_out_the_same(session: Session, law: Law, count: int) -> None:
    a.a_frame(session, amount=10**11)
    leader, draw = a.a_user(session, "TL"), Random(2014)
    drawn = [a_random_course(draw, number) for number in range(count)]
    run, first = taken_in(session, xlsx(drawn, headings=list(drawn[0])), leader, law)
    assert first["rows"]["new"] == count, first["row_errors"][:3]

    once = out(session, leader)
    _, again = taken_in(session, once, leader, law)
    service.take_back(session, run, actor=Actor(leader, a.WORKING_DAY))
    assert len(cells_of(out(session, leader))) == 1
    _, anew = taken_in(session, once, leader, law)
    twice = out(session, leader)

    assert again["rows"] == {"read": count, "new": 0, "changed": 0, "unchanged": count, "rejected": 0}
    assert anew["rows"]["new"] == count
    assert cells_of(twice) == cells_of(once)
    assert len(cells_of(once)) == count + 1
