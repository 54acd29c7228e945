"""Lokale budgetter: a team's own amount in a year without a frame, by two keys, and never in the way of a grant."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import amount_decision, local_budget, month_sums, service
from jobcenter_mentor.casework.frames.models import LOCAL_BUDGET, Frame, FrameChange
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law
from tests import builders as a
from tests.logins import logged_in

DAY = date(2026, 11, 30)


def a_budget(session: Session, amount: int = 85_000_000, team: str = "Team Unge", year: int = 2026) -> FrameChange:
    """Propose a team's budget."""
    own = a.a_team(session, team)
    by = a.a_user(session, "ØK")
    return amount_decision.propose_change(
        session, year=year, team=own.public_id, amount=amount, reason="Byrådet", actor=Actor(by, DAY), law=law(session)
    )


def approved(session: Session, change: FrameChange) -> Frame:
    return amount_decision.approve_change(session, change, actor=Actor(a.a_user(session, "ØK"), DAY))


def a_course(session: Session, cost: int, year: int = 2026) -> None:
    """A course of Team Unge with a cost in the year, half of it refunded."""
    grant = a.a_grant(session, start=date(year, 1, 5), last_day=date(year, 6, 30), frame_kind="none_unlimited")
    lines = [CostLine(year, cost, "none_unlimited", 50)]
    service.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=False)
    month_sums.keep(session, grant.id)


def test_each_team_has_its_own_budget_when_another_person_has_approved_it(session: Session) -> None:
    for team, amount in (("Team Unge", 100_000), ("Team Aktiv", 200_000)):
        approved(session, a_budget(session, amount, team))
    a_course(session, 30_000)

    found = {one.team: (one.amount, one.granted, one.left) for one in local_budget.list_budgets(session, year=2026)}

    assert found == {"Team Unge": (100_000, 30_000, 70_000), "Team Aktiv": (200_000, 0, 200_000)}
    assert amount_decision.list_frames(session, year=2026) == []


def test_nobody_approves_the_budget_they_proposed_and_the_database_says_so_too(session: Session) -> None:
    change = a_budget(session)
    by = session.get_one(type(a.a_user(session)), change.proposed_by_id)

    with pytest.raises(NotAllowed):
        amount_decision.approve_change(session, change, actor=Actor(by, DAY))
    change.approved_by_id, change.approved_on = change.proposed_by_id, DAY
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_newer_proposal_takes_the_place_of_the_one_that_waits(session: Session) -> None:
    first, second = a_budget(session, 100), a_budget(session, 200)

    with pytest.raises(InvalidTransition, match="nyere forslag"):
        approved(session, first)

    assert approved(session, second).amount == 200
    assert (first.dropped_on, second.dropped_on) == (DAY, None)


@pytest.mark.parametrize(("kind", "year"), [(LOCAL_BUDGET, 2026), ("mentor_2014", 2014)])
def test_the_database_holds_one_open_proposal_for_a_budget_or_a_frame(session: Session, kind: str, year: int) -> None:
    team_id = a.a_team(session).id if kind == LOCAL_BUDGET else None
    by = a.a_user(session, "ØK")

    for amount in (1, 2):
        session.add(
            FrameChange(year=year, kind=kind, team_id=team_id, amount=amount, proposed_by_id=by.id, proposed_on=DAY)
        )

    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(("kind", "with_team"), [(LOCAL_BUDGET, False), ("mentor_2014", True)])
def test_the_database_holds_a_team_for_a_budget_and_none_for_a_frame(
    session: Session, kind: str, with_team: bool
) -> None:
    team_id = a.a_team(session).id if with_team else None
    session.add(Frame(year=2026, kind=kind, team_id=team_id, amount=1))

    with pytest.raises(IntegrityError):
        session.flush()


def test_the_leader_of_another_team_has_no_say_in_a_budget(session: Session) -> None:
    change, other = a_budget(session), a.a_user(session, "TL", team=a.a_team(session, "Team Aktiv"))

    with pytest.raises(NotAllowed, match="andet teams"):
        amount_decision.approve_change(session, change, actor=Actor(other, DAY))
    assert (
        amount_decision.approve_change(session, change, actor=Actor(a.a_user(session, "TL"), DAY)).amount == 85_000_000
    )


def test_the_page_of_amounts_lets_only_the_teams_own_leader_approve_its_budget(app: Flask, session: Session) -> None:
    change = a_budget(session)
    address, button = f"/ramme/beloeb/{change.public_id}/godkend", "/ramme/beloeb?aar=2026"
    other = logged_in(app, session, a.a_user(session, "TL", team=a.a_team(session, "Team Aktiv")))

    assert address not in other.get(button).text
    assert other.post(address).status_code == 403
    assert address in logged_in(app, session, a.a_user(session, "TL")).get(button).text


@pytest.mark.parametrize("same", ["team", "frame"])
def test_the_database_holds_one_amount_in_force_of_each(session: Session, same: str) -> None:
    team_id = a.a_team(session).id if same == "team" else None
    kind = LOCAL_BUDGET if same == "team" else "mentor_2014"
    session.add_all([Frame(year=2015, kind=kind, team_id=team_id, amount=amount) for amount in (1, 2)])

    with pytest.raises(IntegrityError):
        session.flush()


def test_two_who_propose_at_once_leave_one_open(session: Session) -> None:
    change = a_budget(session)
    session.expunge(change)

    with pytest.raises(Conflict, match="i mellemtiden"):
        amount_decision._keep(session, FrameChange(**_columns(change)))


def _columns(change: FrameChange) -> dict[str, object]:
    names = ("year", "kind", "team_id", "amount", "proposed_by_id", "proposed_on")
    return {name: getattr(change, name) for name in names}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("year", {"year": 2014}),
        ("year", {"year": 1999}),
        ("team", {"team": "00000000-0000-0000-0000-000000000000"}),
        ("team", {"team": None}),
        ("amount", {"amount": 0}),
        ("amount", {"amount": None}),
        ("amount", {"amount": 100_000_000_001}),
        ("amount", {"rate": 100, "persons": 2, "amount": None}),
        ("reason", {"reason": "  "}),
    ],
)
def test_a_wrong_budget_names_its_field(session: Session, field: str, given: dict[str, object]) -> None:
    told = {"year": 2026, "team": a.a_team(session).public_id, "amount": 100, "reason": "Byrådet"} | given

    with pytest.raises(ValidationFailed) as refused:
        amount_decision.propose_change(session, **told, actor=Actor(a.a_user(session, "ØK"), DAY), law=law(session))  # type: ignore[arg-type]

    assert list(refused.value.errors) == [field]


def test_a_budget_never_takes_or_refuses_a_grant_but_tells_by_how_much_it_is_passed(session: Session) -> None:
    frame = approved(session, a_budget(session, 50_000))
    a_course(session, 80_000)
    session.refresh(frame)
    lines = [CostLine(2026, 10_000, "none_unlimited", 50), CostLine(2027, 5_000, "law_not_entered", 0)]

    this_year, next_year = local_budget.effects(session, lines, team_id=a.a_team(session).id)

    assert (frame.covered, frame.beyond) == (0, 0)
    assert (this_year.budget.left, this_year.over) == (-30_000, 10_000)
    assert (next_year.budget.amount, next_year.over) == (None, 0)


def test_a_budget_may_be_set_below_what_is_granted(session: Session) -> None:
    a_course(session, 80_000)

    assert approved(session, a_budget(session, 50_000)).amount == 50_000


def test_a_year_with_a_frame_asks_no_budget(session: Session) -> None:
    lines = [CostLine(2014, 10_000, "mentor_2014", 50)]

    assert local_budget.effects(session, lines, team_id=a.a_team(session).id) == []
