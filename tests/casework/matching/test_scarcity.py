"""Knaphed: Flaskehalse and Prognose have one notion of it, and never contradict each other."""

import re
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.matching import corps_forecast, waiting_plan
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import MentorSkill
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests import builders as a
from tests.casework.matching.test_service import a_waiting_grant, skilled
from tests.logins import logged_in

ON = a.WORKING_DAY
AREAS, LANGUAGES = ("Vestbyen", "Havnen"), ("arabisk", "somali", "polsk")
SKILLS, BARRIERS = ("misbrug", "gæld", "psykiatri", "struktur"), ("abuse", "debt", "mental", "sleep", "physical")


@pytest.fixture
def coordinator(session: Session) -> User:
    return a.a_user(session, "MK")


def a_corps(session: Session, draw: Random) -> None:
    """Draw mentors with areas and skills, courses that take some of their hours, and citizens who wait."""
    for _ in range(draw.randint(3, 8)):
        mentor = a.a_mentor(session, area=draw.choice(AREAS), minutes_per_week=draw.choice((120, 300, 600)))
        skilled(mentor, competence=draw.choice(SKILLS))
        if draw.random() < 0.6:
            session.add(MentorSkill(mentor_id=mentor.id, kind="language", code=draw.choice(LANGUAGES)))
        for _ in range(draw.randint(0, 3)):
            a.a_grant(
                session,
                mentor_id=mentor.id,
                start=ON - timedelta(weeks=3),
                last_day=ON + timedelta(weeks=30),
                minutes_per_week=draw.choice((60, 120, 180)),
            )
    for _ in range(draw.randint(2, 8)):
        asked = draw.choice(("", *LANGUAGES))
        citizen = a.a_citizen(session, address=f"Åkrogen 4, {draw.choice(AREAS)}", language=asked or "dansk")
        a_waiting_grant(
            session,
            citizen=citizen,
            wished_language=asked,
            barriers=draw.sample(BARRIERS, 2),
            minutes_per_week=draw.choice((60, 120, 240)),
        )


def told(page: str) -> dict[str, str]:
    """Read the rows of a page's tables: the name of the first cell, and all words of the row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    words = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row.split("</td>")] for row in rows]
    return {row[0]: " ".join(row) for row in words}


def contradictions(found: corps_forecast.Forecast) -> list[str]:
    """Return parts that the plan wants more hours of and the forecast calls plentiful."""
    assert found.plan is not None
    wanted = {trait for row in found.plan.findings["bottlenecks"] for trait in row["traits"]}
    named = [part for part in (found.chosen, *found.parts) if part.key in wanted]
    return [one.name for one in named if {week.scarcity(one.extra) for week in one.weeks} - {"short", "tight"}]


def test_a_language_that_is_booked_is_scarce_on_both_pages(
    app: Flask, session: Session, coordinator: User, law: Law
) -> None:
    mentor = a.a_mentor(session, minutes_per_week=1200)
    session.add(MentorSkill(mentor_id=mentor.id, kind="language", code="arabisk"))
    a.a_grant(session, mentor_id=mentor.id, start=ON, last_day=date(2015, 9, 30), minutes_per_week=1200)
    citizen = a.a_citizen(session, language="arabisk")
    a_waiting_grant(session, citizen=citizen, wished_language="arabisk")
    session.flush()
    waiting_plan.make_plan(session, actor=Actor(coordinator, ON), law=law)

    (arabic,) = [
        part for part in corps_forecast.forecast(session, actor=Actor(coordinator, ON)).parts if part.name == "Arabisk"
    ]
    client = logged_in(app, session, coordinator)
    forecast = told(client.get("/korpset/prognose").text)["Arabisk Sprog"]
    bottleneck = told(client.get("/matchning/flaskehalse").text)["Arabisk sprog"]

    assert arabic.weeks[0].spare > 0
    assert [week.scarcity(arabic.extra) for week in arabic.weeks] == ["tight"] * 3
    assert "knap for ventelisten" in forecast
    assert "knap for ventelisten" in bottleneck
    chosen = client.get("/korpset/prognose?del=language:arabisk").text
    assert "knappe for dem, der venter" in chosen
    assert "til overs" not in chosen.split("Områder, sprog og kompetencer")[0]


@pytest.mark.parametrize("seed", range(8))
def test_in_any_corps_the_two_pages_agree(app: Flask, session: Session, coordinator: User, law: Law, seed: int) -> None:
    a_corps(session, Random(seed))
    session.flush()
    waiting_plan.make_plan(session, actor=Actor(coordinator, ON), law=law)
    found = corps_forecast.forecast(session, actor=Actor(coordinator, ON))
    assert found.plan is not None

    assert contradictions(found) == []
    assert all(row["extra"] > 0 for row in found.plan.findings["bottlenecks"])
    client = logged_in(app, session, coordinator)
    forecast, bottlenecks = (told(client.get(at).text) for at in ("/korpset/prognose", "/matchning/flaskehalse"))
    lacking = {name for name, row in forecast.items() if "mangler" in row and not name.startswith("Uge ")}
    assert lacking <= bottlenecks.keys()
    plenty = {name.casefold() for name, row in forecast.items() if "til overs" in row}
    assert not plenty & {f"{row['name']} {row['kind']}".casefold() for row in found.plan.findings["bottlenecks"]}


def test_without_a_plan_what_lacks_ahead_is_still_named(app: Flask, session: Session, coordinator: User) -> None:
    citizen = a.a_citizen(session, language="polsk")
    a_waiting_grant(session, citizen=citizen, wished_language="polsk", minutes_per_week=600)

    page = logged_in(app, session, coordinator).get("/matchning/flaskehalse").text

    assert "mangler" in told(page)["Polsk Sprog"]
    assert "Her står efter planen, hvad der er knap" in page
