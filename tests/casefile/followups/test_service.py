"""Opfølgninger: planned once, listed by legal weight, settled once, seen only by those who may."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import queries as lists
from jobcenter_mentor.casefile.followups import service
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.queries import DueFilter
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_team, a_user
from tests.statements import statements_sent


def a_deadline(kind: str = "review", due: date = WORKING_DAY, authority: str = "local") -> Deadline:
    return Deadline(kind, due, f"dl.{kind}", authority, "LAB § 31 c", f"Opfølgning {kind}")


def planned(session: Session, by: User, *deadlines: Deadline, grant: Grant | None = None) -> list[FollowUp]:
    grant = grant or a_grant(session, a_citizen(session, caseworker_id=by.id))
    return service.plan(session, deadlines or [a_deadline()], case=case_of(grant), actor=Actor(by, WORKING_DAY))


def test_a_plan_keeps_the_deadline_and_its_owner(session: Session) -> None:
    by = a_user(session)

    row = planned(session, by, a_deadline("agreement", authority="law"))[0]

    assert (row.kind, row.due_on, row.authority, row.owner_id) == ("agreement", WORKING_DAY, "law", by.id)
    assert session.scalar(select(Event.subject_id).where(Event.action == "followup.plan")) == row.public_id


def test_the_same_deadline_is_not_planned_twice_while_it_is_open(session: Session) -> None:
    by = a_user(session)
    grant = a_grant(session)
    first = planned(session, by, grant=grant)[0]

    assert planned(session, by, grant=grant) == []
    service.settle(session, first, result="Talt sammen", actor=Actor(by, WORKING_DAY))

    assert len(planned(session, by, grant=grant)) == 1


def test_many_deadlines_are_planned_in_as_few_statements_as_two(session: Session) -> None:
    by = a_user(session)
    grant = a_grant(session)
    with statements_sent() as for_two:
        planned(session, by, a_deadline(), a_deadline("agreement"), grant=grant)

    with statements_sent() as for_ten:
        planned(session, by, *(a_deadline(due=WORKING_DAY + timedelta(days=day)) for day in range(1, 11)), grant=grant)

    assert len(for_ten) == len(for_two)


def test_settling_keeps_day_result_and_who(session: Session) -> None:
    by = a_user(session)
    row = planned(session, by)[0]

    service.settle(session, row, result="  Forløbet fortsætter  ", actor=Actor(by, WORKING_DAY))

    assert (row.done_on, row.done_by_id, row.result) == (WORKING_DAY, by.id, "Forløbet fortsætter")


def test_settling_twice_is_refused(session: Session) -> None:
    by = a_user(session)
    row = planned(session, by)[0]
    service.settle(session, row, result="Gjort", actor=Actor(by, WORKING_DAY))

    with pytest.raises(InvalidTransition, match=r"allerede afsluttet den 15\.10\.2014"):
        service.settle(session, row, result="Igen", actor=Actor(by, WORKING_DAY))


def test_a_dropped_follow_up_is_not_settled(session: Session) -> None:
    by = a_user(session)
    row = planned(session, by)[0]
    service.drop_open(session, row.grant_id or 0, reason="Forløbet er slut", actor=Actor(by, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="bortfaldet"):
        service.settle(session, row, result="Gjort", actor=Actor(by, WORKING_DAY))


def test_settling_needs_a_result(session: Session) -> None:
    by = a_user(session)
    row = planned(session, by)[0]

    with pytest.raises(ValidationFailed) as refused:
        service.settle(session, row, result="  ", actor=Actor(by, WORKING_DAY))

    assert "result" in refused.value.errors


def test_dropping_takes_only_the_open_ones_of_the_kinds_named(session: Session) -> None:
    by, grant = a_user(session), a_grant(session)
    contact, review = planned(session, by, a_deadline("contact"), a_deadline("review"), grant=grant)

    dropped = service.drop_open(session, grant.id, reason="Slut", actor=Actor(by, WORKING_DAY), kinds={"contact"})

    assert (dropped, contact.dropped_reason, review.dropped_on) == (1, "Slut", None)


def test_settling_a_kind_leaves_the_others_open(session: Session) -> None:
    by, grant = a_user(session), a_grant(session)
    contact, review = planned(session, by, a_deadline("contact"), a_deadline("review"), grant=grant)

    settled = service.settle_kind(session, grant.id, "contact", result="Fremmøde", by=by, on=WORKING_DAY)

    assert (settled, contact.done_on, review.done_on) == (1, WORKING_DAY, None)


def test_law_comes_before_local_rule_and_then_the_date(session: Session) -> None:
    by = a_user(session)
    early = a_deadline("review", WORKING_DAY - timedelta(days=5))
    late = a_deadline("contact", WORKING_DAY + timedelta(days=2), "law")
    first = a_deadline("agreement", WORKING_DAY - timedelta(days=1), "law")
    planned(session, by, early, late, first)

    due = lists.list_due(session, actor=Actor(by, WORKING_DAY))

    assert [(row.kind, row.days_left) for row in due] == [("agreement", -1), ("contact", 2), ("review", -5)]


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        (DueFilter(), ["agreement", "contact", "review", "end_review"]),
        (DueFilter(days=0), ["agreement", "review"]),
        (DueFilter(days=30), ["agreement", "contact", "review"]),
        (DueFilter(overdue=True), ["agreement"]),
        (DueFilter(authority="law"), ["agreement", "contact"]),
        (DueFilter(authority="local"), ["review", "end_review"]),
    ],
)
def test_a_filter_and_its_count_agree(session: Session, chosen: DueFilter, kinds: list[str]) -> None:
    by = a_user(session)
    planned(
        session,
        by,
        a_deadline("agreement", WORKING_DAY - timedelta(days=1), "law"),
        a_deadline("contact", WORKING_DAY + timedelta(days=30), "law"),
        a_deadline("review", WORKING_DAY),
        a_deadline("end_review", WORKING_DAY + timedelta(days=31)),
    )

    assert [row.kind for row in lists.list_due(session, actor=Actor(by, WORKING_DAY), chosen=chosen)] == kinds
    assert lists.count_due(session, actor=Actor(by, WORKING_DAY), chosen=chosen) == len(kinds)


def test_mine_are_those_of_my_cases_and_the_rest_the_teams(session: Session) -> None:
    by, colleague = a_user(session), a_user(session)
    planned(session, by)
    planned(session, colleague)

    assert lists.count_due(session, actor=Actor(by, WORKING_DAY)) == 2
    assert lists.count_due(session, actor=Actor(by, WORKING_DAY), chosen=DueFilter(mine=True)) == 1


def test_another_team_sees_nothing_and_finds_nothing(session: Session) -> None:
    row = planned(session, a_user(session))[0]
    outsider = a_user(session, "SB", team=a_team(session, "Team Voksne"))

    assert lists.list_due(session, actor=Actor(outsider, WORKING_DAY)) == []
    with pytest.raises(NotFound):
        service.get_followup(session, row.public_id, actor=Actor(outsider, WORKING_DAY))


def test_a_mentor_sees_those_of_own_courses_only(session: Session) -> None:
    mentor, by = a_mentor(session), a_user(session)
    planned(session, by, grant=a_grant(session, mentor_id=mentor.id))
    planned(session, by)

    assert lists.count_due(session, actor=Actor(a_user(session, "MI", mentor=mentor), WORKING_DAY)) == 1


def test_a_protected_citizen_is_shown_by_initials(session: Session) -> None:
    by = a_user(session)
    grant = a_grant(session, a_citizen(session, first_name="Lis", last_name="Skjult", protected=True))
    planned(session, by, grant=grant)

    assert "Skjult" not in lists.list_due(session, actor=Actor(by, WORKING_DAY))[0].citizen


def test_rows_for_the_command_hold_case_numbers_and_no_names(session: Session) -> None:
    by = a_user(session, full_name="Lone Kjærgaard")
    row = planned(session, by, a_deadline("contact", WORKING_DAY - timedelta(days=3), "law"))[0]

    assert lists.due_rows(session, actor=Actor(by, WORKING_DAY)) == [
        {
            "id": row.public_id,
            "case_number": row.case_number,
            "due_on": "2014-10-12",
            "days_over": 3,
            "kind": "contact",
            "what": "Opfølgning contact",
            "rule": "dl.contact",
            "section": "LAB § 31 c",
            "authority": "law",
            "owner": "Lone Kjærgaard",
            "team": "Team Unge",
        }
    ]


def test_rows_for_the_command_leave_out_what_is_not_due_yet(session: Session) -> None:
    by = a_user(session)
    planned(session, by, a_deadline(due=WORKING_DAY + timedelta(days=1)), a_deadline("contact"))

    assert [row["days_over"] for row in lists.due_rows(session, actor=Actor(by, WORKING_DAY))] == [0]


ACTS = st.lists(st.tuples(st.sampled_from(["plan", "settle", "drop"]), st.integers(-40, 40)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, days=st.none() | st.integers(0, 40), overdue=st.booleans())
def test_the_count_equals_the_list_in_every_state(
    session: Session, acts: list[tuple[str, int]], days: int | None, overdue: bool
) -> None:
    by = a_user(session)
    grant = a_grant(session, a_citizen(session, caseworker_id=by.id))
    for act, offset in acts:
        _do(session, by, grant, act, offset)

    chosen = DueFilter(days=days, overdue=overdue, mine=True)
    rows = lists.list_due(session, actor=Actor(by, WORKING_DAY), chosen=chosen)

    assert lists.count_due(session, actor=Actor(by, WORKING_DAY), chosen=chosen) == len(rows)
    assert len({(row.kind, row.due_on) for row in rows}) == len(rows)


def _do(session: Session, by: User, grant: Grant, act: str, offset: int) -> Any:
    if act == "plan":
        return planned(session, by, a_deadline("contact", WORKING_DAY + timedelta(days=offset)), grant=grant)
    if act == "settle":
        return service.settle_kind(session, grant.id, "contact", result="Gjort", by=by, on=WORKING_DAY)
    return service.drop_open(session, grant.id, reason="Slut", actor=Actor(by, WORKING_DAY))
