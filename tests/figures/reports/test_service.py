"""The municipal report (kommunerapport): counts, hours and money by month and target group, small groups hidden."""

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.figures.report_builder import service as builder
from jobcenter_mentor.figures.report_builder.service import ReportQuestion
from jobcenter_mentor.figures.reports import service
from jobcenter_mentor.figures.reports.service import MunicipalReport
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests import builders as a
from tests.figures.budget.test_unlogged import a_held_meeting

ON = a.WORKING_DAY
NOVEMBER = date(2014, 11, 3)
TO_OCTOBER = {"last": date(2014, 10, 31), "on": NOVEMBER}
SEPTEMBER: dict[str, Any] = {"first": date(2014, 9, 1), "last": date(2014, 9, 30)}
GROUP_3 = "Aktivitetsparat kontanthjælpsmodtager"


def the_report(session: Session, *, by: User | None = None, on: date = ON, **changes: Any) -> MunicipalReport:
    asked = {**SEPTEMBER, "with_courses": False, "reason": "", "law": law_of(session)} | changes
    return service.municipal_report(session, **asked, actor=Actor(by or a.a_user(session, "TL"), on))


def rows(report: MunicipalReport) -> list[dict[str, Any]]:
    return report.by_month.to_dict("records")


def test_a_month_counts_citizens_courses_hours_cost_and_refund(session: Session) -> None:
    a.a_frame(session)
    grants = [a.a_grant(session) for _ in range(5)]
    a_held_meeting(session, grants[0], date(2014, 9, 2), minutes=90)

    [row] = rows(the_report(session))

    assert (row["month"], row["group"]) == (date(2014, 9, 1), GROUP_3)
    assert (row["citizens"], row["courses"], row["started"]) == (5, 5, 0)
    assert (row["granted"], row["held"]) == (5 * (120 * 30 // 7), 90)
    assert (row["cost"], row["refund"]) == (45_000, 22_500)


def test_granted_hours_are_whole_minutes_rounded_and_not_cut(session: Session) -> None:
    for _ in range(5):
        a.a_grant(session, minutes_per_week=90)

    [row] = rows(the_report(session))

    assert row["granted"] == 5 * 386, "90 x 30 / 7 = 385.7"


def test_a_course_begins_in_the_month_of_its_first_day(session: Session) -> None:
    for _ in range(5):
        a.a_grant(session, start=date(2014, 9, 15))

    months = rows(the_report(session, **TO_OCTOBER))

    assert [(row["month"].month, row["started"]) for row in months] == [(9, 5), (10, 0)]


def test_a_citizen_with_two_courses_counts_once(session: Session) -> None:
    citizens = [a.a_citizen(session) for _ in range(5)]
    for citizen in [*citizens, citizens[0]]:
        a.a_grant(session, citizen)

    [row] = rows(the_report(session))

    assert (row["citizens"], row["courses"]) == (5, 6)


def test_the_refund_stops_when_the_frame_is_used(session: Session) -> None:
    a.a_frame(session, amount=50_000)
    grants = [a.a_grant(session) for _ in range(5)]
    a_held_meeting(session, grants[0], date(2014, 9, 2), minutes=90)
    a_held_meeting(session, grants[1], date(2014, 10, 2), minutes=90)

    months, alone = (rows(the_report(session, **TO_OCTOBER | {"first": date(2014, n, 1)})) for n in (9, 10))

    assert [row["refund"] for row in months] == [22_500, 2_500]
    assert [row["refund"] for row in alone] == [2_500]


def test_groups_of_fewer_than_five_are_joined(session: Session) -> None:
    for number, count in [(3, 6), (13, 3), (5, 2)]:
        for _ in range(count):
            a.a_grant(session, group_number=number)

    groups = {row["group"]: row["citizens"] for row in rows(the_report(session))}

    assert groups == {GROUP_3: 6, service.OTHERS: 5}


def test_a_small_rest_takes_the_next_group_with_it(session: Session) -> None:
    for number, count in [(3, 6), (13, 2)]:
        for _ in range(count):
            a.a_grant(session, group_number=number)

    assert {row["group"]: row["citizens"] for row in rows(the_report(session))} == {service.OTHERS: 8}


def test_a_month_with_fewer_than_five_is_not_told(session: Session) -> None:
    for number in (3, 3, 13, 5):
        a.a_grant(session, group_number=number)

    assert rows(the_report(session)) == []


def test_fewer_than_five_that_began_are_not_told(session: Session) -> None:
    for day in (1, 1, 15, 15, 15, 15):
        a.a_grant(session, start=date(2014, 9, day) if day == 1 else date(2014, 8, day))

    [row] = rows(the_report(session))

    assert (row["citizens"], row["started"]) == (6, None)


def test_two_periods_tell_nothing_by_their_difference(session: Session) -> None:
    """A small group must not be read as what one report joins and another one does not."""
    for number, count, start in [(3, 9, 8), (13, 6, 8), (5, 2, 8), (5, 4, 10)]:
        for _ in range(count):
            a.a_grant(session, group_number=number, start=date(2014, start, 1))

    both = rows(the_report(session, **TO_OCTOBER))
    alone = [
        row
        for first in (9, 10)
        for row in rows(
            the_report(session, first=date(2014, first, 1), last=date(2014, first, 30 + (first == 10)), on=NOVEMBER)
        )
    ]

    told = [[(row["month"], row["group"], row["citizens"], row["started"]) for row in found] for found in (both, alone)]
    assert told[0] == told[1]
    assert min(row["citizens"] for row in both) >= 5


def test_only_whole_months_that_are_over_are_told(session: Session) -> None:
    """A day more must not tell the one who began on it."""
    for _ in range(5):
        a.a_grant(session, last_day=date(2014, 12, 31))

    for first, last, on, months in (
        (date(2014, 9, 2), date(2014, 10, 31), NOVEMBER, [10]),
        (date(2014, 9, 1), date(2014, 10, 30), NOVEMBER, [9]),
        (date(2014, 9, 1), date(2014, 12, 31), date(2014, 10, 31), [9]),
        (date(2014, 9, 15), date(2014, 9, 20), NOVEMBER, []),
    ):
        report = the_report(session, first=first, last=last, on=on)
        assert [row["month"].month for row in rows(report)] == months
        assert [month.month for month in report.by_account["month"]] == months


def test_the_report_tells_no_more_than_the_report_builder(session: Session) -> None:
    """The small groups it joins are what the builder's total leaves of the groups that both show."""
    rng, by = Random(3), a.a_user(session, "ØK")
    teams = [a.a_team(session, name).id for name in ("Team Unge", "Team Aktiv")]
    for _ in range(25):
        citizen = a.a_citizen(session, team_id=rng.choice(teams))
        a.a_grant(session, citizen, group_number=rng.choice((2, 3, 3, 5, 7, 13)))

    told = {row["group"]: row["citizens"] for row in rows(the_report(session, by=by))}

    built = builder.build(
        session, ReportQuestion("citizens", "group", SEPTEMBER["first"], SEPTEMBER["first"]), actor=Actor(by, ON)
    )
    shown = {line.label: line.value for line in built.lines if line.value is not None}
    others = {service.OTHERS: built.total.value - sum(shown.values())} if built.total.value is not None else {}
    assert told == shown | {name: left for name, left in others.items() if left}


def test_an_account_is_never_joined_nor_left_out_for_being_small(session: Session) -> None:
    """A controller posts from the accounts: they add up to all that the courses cost, by frame."""
    for group, frame, count in [(3, "mentor_2014", 6), (5, "other_groups", 2), (13, "no_reimbursement", 1)]:
        for _ in range(count):
            a_held_meeting(session, a.a_grant(session, group_number=group, frame_kind=frame), date(2014, 9, 9))

    report = the_report(session)

    told = report.by_account.set_index("account")["cost"]
    assert len(told) == 3
    assert not [name for name in told.index if " og " in name]
    assert sum(row["cost"] for row in rows(report)) == sum(told)
    assert told["Konto ikke bekræftet (Ramme for øvrige grupper)"] * 3 == told.max()


def test_a_course_that_was_called_off_before_it_began_is_left_out(session: Session) -> None:
    for number in range(6):
        a.a_grant(session, start=date(2014, 9, 15), ended_on=None if number else date(2014, 9, 10))

    assert [row["courses"] for row in rows(the_report(session))] == [5]


def test_a_team_leader_counts_only_the_own_team(session: Session) -> None:
    elsewhere = a.a_team(session, "Team Aktiv").id
    for team_id in [None] * 5 + [elsewhere] * 5:
        a.a_grant(session, a.a_citizen(session, **({"team_id": team_id} if team_id else {})))

    assert [row["citizens"] for row in rows(the_report(session))] == [5]


def test_the_list_of_courses_needs_a_reason_and_logs_each_citizen(session: Session) -> None:
    grant = a.a_grant(session)

    with pytest.raises(ValidationFailed, match="hvad listen skal bruges til"):
        the_report(session, with_courses=True)
    report = the_report(session, with_courses=True, reason="Ledelsesinformation")

    assert report.courses is not None
    assert list(report.courses["case_number"]) == [grant.case_number]
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.citizen_ids, event.detail["reason"]) == ([grant.citizen_id], "Ledelsesinformation")


@pytest.mark.parametrize("last", [date(2014, 8, 31), date(2018, 1, 1)])
def test_an_impossible_period_is_refused(session: Session, last: date) -> None:
    with pytest.raises(ValidationFailed) as refused:
        the_report(session, last=last)

    assert set(refused.value.errors) == {"last"}


def test_a_period_without_courses_gives_an_empty_report(session: Session) -> None:
    assert rows(the_report(session, first=date(2012, 1, 1), last=date(2012, 12, 31))) == []
