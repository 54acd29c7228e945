"""A year without a frame shows the teams' own budgets (budget), and never mentions a frame."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import LOCAL_BUDGET, FrameChange
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.law import LocalFigureValue, Source
from jobcenter_mentor.figures.budget import year_figures
from jobcenter_mentor.figures.budget.spending_boundary import boundary_of
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.law_figures import loader
from tests import builders as a
from tests.figures.budget.test_unlogged import a_held_meeting, a_wage_line
from tests.logins import Visitor

ON = date(2026, 9, 15)
FRAME_WORDS = re.compile(r"\b(mentor)?ramme(n|ns|r)?\b", re.IGNORECASE)


@pytest.fixture
def in_2026(app: Flask) -> None:
    """Let the working day be one of 2026."""
    app.config["WORKING_DATE"] = ON


def a_budget(session: Session, team: str, amount: int, year: int = 2026) -> Team:
    own = a.a_team(session, team)
    a.a_frame(session, year=year, kind=LOCAL_BUDGET, team_id=own.id, amount=amount)
    return own


def a_course(session: Session, cost: int, kind: str, rate: int, *, team: str = "Team Unge", year: int = 2026) -> Grant:
    """A course of the year in a team, with its cost reserved."""
    citizen = a.a_citizen(session, team_id=a.a_team(session, team).id)
    days = {"start": date(year, 1, 5), "last_day": date(year, 12, 20), "decided_on": date(year, 1, 2)}
    grant = a.a_grant(session, citizen, frame_kind=kind, rate_percent=rate, **days)
    frames.reserve(session, grant_id=grant.id, lines=[CostLine(year, cost, kind, rate)], may_go_beyond=False)
    month_sums.keep(session, grant.id)
    return grant


def the_page(session: Session, year: int = 2026, team: str | None = None) -> year_figures.Cockpit:
    return year_figures.cockpit(session, year=year, actor=Actor(a.a_user(session, "TL"), ON), team=team)


def test_all_cost_of_the_year_counts_and_only_what_the_law_refunds_is_refunded(session: Session) -> None:
    a_budget(session, "Team Unge", 2_000_000)
    refunded, own = a_course(session, 900_000, "none_unlimited", 50), a_course(session, 600_000, "no_reimbursement", 0)
    for grant in (refunded, own):
        a_held_meeting(session, grant, date(2026, 3, 3))
        a_wage_line(session, grant, 30_001, date(2026, 3, 1), date(2026, 3, 31))

    page = the_page(session)

    assert (page.limit, page.courses, page.granted, page.invoiced) == (2_000_000, 2, 1_500_000, 60_002)
    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (15_001, 45_001)
    assert page.expected_refund == round(page.at_year_end.middle * 0.3)
    assert page.at_year_end.low < page.at_year_end.middle < page.at_year_end.high


def test_a_team_has_its_own_page_with_its_own_figures(session: Session) -> None:
    young = a_budget(session, "Team Unge", 2_000_000)
    a_budget(session, "Team Aktiv", 500_000)
    a_course(session, 900_000, "none_unlimited", 50)
    a_course(session, 400_000, "no_reimbursement", 0, team="Team Aktiv")

    both, one = the_page(session), the_page(session, team=young.public_id)

    assert (both.limit, both.granted) == (2_500_000, 1_300_000)
    assert (one.limit, one.granted, [line.kind for line in one.refunds]) == (2_000_000, 900_000, ["none_unlimited"])


def test_the_forecast_of_a_budget_rests_on_the_whole_year_before(session: Session) -> None:
    a_budget(session, "Team Unge", 2_000_000)
    before = a_course(session, 900_000, "none_unlimited", 50, year=2025)
    for month in range(1, 13):
        a_held_meeting(session, before, date(2025, month, 5), 210)

    assert the_page(session).expected.delivery_rate > 0.95


@pytest.mark.parametrize(
    ("year", "persons", "amount"), [(2026, 1_000, 1_104_500_000), (2026, None, None), (2027, 1_000, None)]
)
def test_the_boundary_is_the_years_figure_times_the_persons(year: int, persons: int | None, amount: int | None) -> None:
    law = loader.law()
    if persons is not None:
        told = LocalFigureValue("local.full_time_persons", date(2026, 1, 1), persons, Source("Kommunen", "", ""))
        law = law.with_figures([told])

    found = boundary_of(law, year)

    assert found is not None
    assert found.amount == amount
    assert found.per_person == (1_104_500 if year == 2026 else None)
    assert boundary_of(law, 2025) is None


@pytest.mark.usefixtures("in_2026")
def test_the_page_of_2026_shows_the_budget_and_no_frame(session: Session, as_team_leader: Visitor) -> None:
    a_budget(session, "Team Unge", 85_000_000)
    a_held_meeting(session, a_course(session, 1_560_000, "none_unlimited", 50), date(2026, 3, 3))

    page = as_team_leader.get("/ramme").text

    assert "<h1>Budgettet 2026" in page
    assert {figure for figure in ("850.000", "15.600", "11.045") if figure in page} == {"850.000", "15.600", "11.045"}
    spoken = FRAME_WORDS.findall(re.sub(r"<[^>]*>", " ", page.replace("Loven har ingen ramme i 2026", "")))
    assert spoken == []


@pytest.mark.usefixtures("in_2026")
def test_2027_knows_neither_refund_nor_boundary(session: Session, as_team_leader: Visitor) -> None:
    a_budget(session, "Team Unge", 85_000_000, year=2027)
    a_course(session, 1_560_000, "law_not_entered", 0, year=2027)

    page = as_team_leader.get("/ramme?aar=2027").text

    assert "Refusionen for 2027 er ikke kendt endnu." in page
    assert "Grænsen pr. fuldtidsperson i 2027 er ikke kendt endnu." in page
    assert "refusion og egen udgift er ikke kendt endnu" in page
    assert "11.045" not in page


@pytest.mark.usefixtures("in_2026")
def test_a_year_without_a_budget_says_what_to_do(session: Session, as_team_leader: Visitor) -> None:
    a.a_team(session)

    assert "Budgettet for 2026 er ikke fastsat" in as_team_leader.get("/ramme").text


@pytest.mark.usefixtures("in_2026")
def test_a_budget_takes_two_keys(session: Session, as_controller: Visitor, as_team_leader: Visitor) -> None:
    team = a.a_team(session, "Team Unge")
    form = {"year": "2026", "team": team.public_id, "amount": "850.000,00", "reason": "Byrådet den 8. oktober 2025"}

    proposed = as_controller.post("/ramme/beloeb", data=form)
    change = session.query(FrameChange).one()
    own = as_controller.post(f"/ramme/beloeb/{change.public_id}/godkend")
    approved = as_team_leader.post(f"/ramme/beloeb/{change.public_id}/godkend", follow_redirects=True)

    assert (proposed.status_code, own.status_code) == (303, 403)
    assert "Budgettet for Team Unge i 2026 gælder nu." in approved.text
    assert "850.000,00 kr." in approved.text


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": "2014"}, "I 2014 er der en ramme efter loven."),
        ({"team": "x"}, "Vælg en af mulighederne."),
        ({"amount": ""}, "Skriv budgettet i kroner."),
        ({"amount": "1,234.50"}, "kan ikke læses sikkert"),
    ],
)
def test_a_wrong_budget_is_told_at_its_field(
    session: Session, as_controller: Visitor, given: dict[str, str], said: str
) -> None:
    form = {"year": "2026", "team": a.a_team(session).public_id, "amount": "850.000,00", "reason": "Byrådet"}

    answer = as_controller.post("/ramme/beloeb", data=form | given)

    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.usefixtures("in_2026")
def test_the_effect_of_one_more_grant_is_told_of_the_teams_budget(session: Session, as_caseworker: Visitor) -> None:
    team = a_budget(session, "Team Unge", 1_000_000)
    other = a.a_team(session, "Team Aktiv")
    grant = a_course(session, 900_000, "no_reimbursement", 0)
    for month in range(1, 9):
        a_held_meeting(session, grant, date(2026, month, 5), 150)
    asked = "/ramme/virkning?first_day=2026-09-20&last_day=2026-12-19&lines=2026:no_reimbursement:0:900000"

    own, without, nobody = (
        as_caseworker.get(f"{asked}{more}").text for more in (f"&team={team.public_id}", f"&team={other.public_id}", "")
    )

    assert "Budgettet for Team Unge i 2026 rækker til " in own
    assert "Team Aktiv har ikke et budget for 2026." in without
    assert "årets budget" in nobody


@pytest.mark.usefixtures("in_2026")
def test_the_lines_behind_a_figure_of_2026_have_no_column_of_a_frame(session: Session, as_team_leader: Visitor) -> None:
    a_course(session, 1_560_000, "none_unlimited", 50)

    assert "Over rammen" not in as_team_leader.get("/ramme/linjer?aar=2026").text


@pytest.mark.parametrize(("day", "asks"), [(date(2014, 10, 15), True), (ON, False)])
def test_min_dag_speaks_of_missed_contact_only_where_contact_is_asked_for(
    app: Flask, as_caseworker: Visitor, day: date, asks: bool
) -> None:
    app.config["WORKING_DATE"] = day

    assert ("Kontaktbrud" in as_caseworker.get("/min-dag").text) is asks


@pytest.mark.parametrize(("day", "label"), [(date(2014, 10, 15), "Rammen"), (ON, "Budget")])
def test_the_menu_names_what_the_year_has(app: Flask, as_team_leader: Visitor, day: date, label: str) -> None:
    app.config["WORKING_DATE"] = day

    assert f'<a href="/ramme" aria-current="page">{label}</a>' in as_team_leader.get("/ramme").text
