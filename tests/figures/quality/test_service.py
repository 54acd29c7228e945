"""Each flaw is found (datakvalitet), counts equal lists, law goes before money, and only one's own team is shown."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.figures.quality import service
from jobcenter_mentor.figures.quality.models import QualityMonth
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures.loader import law
from tests import builders as a
from tests.logins import Visitor

ON = a.WORKING_DAY


def found_in(session: Session, **by: Any) -> dict[str, int]:
    """Return the number of cases of each check that has some."""
    reader = by.get("by") or a.a_user(session, "TL")
    return {
        one.check.code: len(one.cases)
        for one in service.overview(session, actor=Actor(reader, ON), law=law())
        if one.cases
    }


def test_each_flaw_is_found(session: Session) -> None:
    good = {"phone": "61 20 33 47", "caseworker_id": a.a_user(session).id}
    mentor = a.a_mentor(session, qualification="Socialrådgiver", phone="61 20 33 48")
    fine: dict[str, Any] = {"mentor_id": mentor.id, "assessment_id": None}
    citizen = a.a_citizen(session, **good)
    grants = [
        a.a_grant(session, citizen, goal=" ", **fine),
        a.a_grant(session, citizen, minutes_per_week=0, group_number=None, **fine),
        a.a_grant(session, a.a_citizen(session, **good), minutes_per_week=2220, last_day=date(2015, 3, 31), **fine),
        a.a_grant(session, a.a_citizen(session), mentor_id=a.a_mentor(session, phone="", email="").id),
        a.a_grant(session, a.a_citizen(session, **good), mentor_id=a.a_mentor(session, phone="00000000").id),
    ]
    subcourses.keep(session, [grant.id for grant in grants])
    session.add(Meeting(grant_id=grants[0].id, mentor_id=mentor.id, met_on=ON, minutes=60, form="phone", held=True))
    session.flush()

    assert found_in(session) == {
        "no_agreement": 5,
        "not_assessed": 5,
        "no_goal": 1,
        "too_long": 1,
        "mentor_contact": 1,
        "unproved_meetings": 1,
        "double": 2,
        "many_hours": 1,
        "no_group": 1,
        "zero_hours": 1,
        "qualification": 2,
        "placeholder": 1,
        "citizen_contact": 1,
        "no_caseworker": 1,
    }


def test_law_goes_before_money_and_more_money_before_less(session: Session) -> None:
    dear, cheap = (a.a_grant(session, group_number=None, minutes_per_week=m) for m in (2220, 120))
    subcourses.keep(session, [dear.id, cheap.id])
    amounts = {"cost": 800, "covered": 800, "rate_percent": 50}
    session.add(Reservation(grant_id=dear.id, year=2014, frame_kind="mentor_2014", **amounts))
    session.flush()

    findings = service.overview(session, actor=Actor(a.a_user(session, "TL"), ON), law=law())

    kinds = [one.check.kind for one in findings]
    assert kinds == sorted(kinds, key=["law", "money", "data"].index)
    dearest = [(one.check.code, one.refund) for one in findings if one.check.kind == "money"][:2]
    assert dearest == [("no_group", 400), ("many_hours", 400)]


def test_the_count_is_the_list_and_the_persons_are_logged(session: Session) -> None:
    grants = [a.a_grant(session, goal="") for _ in range(3)]
    subcourses.keep(session, [grant.id for grant in grants])
    reader = a.a_user(session, "TL")

    found = service.cases_of(session, "no_goal", actor=Actor(reader, ON), law=law())

    assert {case.id for case in found.cases} == {grant.id for grant in grants}
    assert found_in(session, by=reader)["no_goal"] == 3
    event = session.scalars(select(Event).where(Event.subject_id == "no_goal")).one()
    assert event.action == "quality.read"


def test_another_teams_cases_are_not_told(session: Session) -> None:
    other = a.a_team(session, "Team Voksne")
    subcourses.keep(session, [a.a_grant(session, a.a_citizen(session, team_id=other.id), goal="").id])

    assert found_in(session) == {}
    assert "no_goal" in found_in(session, by=a.a_user(session, "ØK"))


def test_an_unknown_check_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        service.cases_of(session, "noget", actor=Actor(a.a_user(session, "TL"), ON), law=law())


def test_the_share_is_kept_by_month_once(session: Session) -> None:
    subcourses.keep(session, [a.a_grant(session, goal="").id, a.a_grant(session).id])

    service.keep_months(session, on=ON)
    service.keep_months(session, on=ON)

    found = service.cases_of(session, "no_goal", actor=Actor(a.a_user(session, "TL"), ON), law=law())
    assert [(month.month, share) for month, share in found.shares] == [(8, 0.5), (9, 0.5), (10, 0.5)]
    assert found.story == "Fra 50 % i 08.2014 til 50 % i 10.2014"
    months = select(func.count()).select_from(QualityMonth).where(QualityMonth.code == "no_goal")
    assert session.scalar(months) == 3


def test_the_page_opens_the_cases(session: Session, as_team_leader: Visitor) -> None:
    subcourses.keep(session, [a.a_grant(session, goal="").id])
    session.commit()

    page, cases = (as_team_leader.get(f"/rapporter/datakvalitet{rest}") for rest in ("", "?eftersyn=no_goal"))

    assert "Intet formål" in page.text
    assert "E.K." in cases.text
    assert as_team_leader.get("/rapporter/datakvalitet?eftersyn=noget").status_code == 404
