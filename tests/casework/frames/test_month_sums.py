"""Månedssummer: kept with every act, equal to a fresh count, and summing to the øre over New Year."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import CourseMonth, MonthSum
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.figures.budget.recount import recount
from tests import builders as a

MENTOR = "mentor_2014"


def kept(session: Session) -> list[tuple[object, ...]]:
    """Return all sums that are not nothing."""
    rows = session.execute(select(MonthSum.__table__)).all()
    return sorted(tuple(row) for row in rows if any(row[7:]))


def test_a_course_over_new_year_is_granted_by_the_days_of_each_month_to_the_ore(session: Session) -> None:
    grant = a.a_grant(session)
    lines = [CostLine(2014, 1_105_715, MENTOR, 50), CostLine(2015, 471_428, MENTOR, 50)]
    frames.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)

    month_sums.keep(session, grant.id)

    months = session.execute(
        select(MonthSum.year, MonthSum.month, MonthSum.granted).order_by(*MonthSum.__table__.primary_key)
    )
    found = [tuple(row) for row in months]
    assert [row[:2] for row in found] == [(2014, n) for n in range(8, 13)] + [(2015, 1), (2015, 2)]
    assert sum(row[2] for row in found if row[0] == 2014) == 1_105_715
    assert sum(row[2] for row in found if row[0] == 2015) == 471_428
    assert found[1][2] == 257_143


def test_a_meeting_counts_at_the_price_of_its_hours_and_a_correction_takes_it_out(session: Session) -> None:
    grant = a.a_grant(session)
    meeting = Meeting(
        grant_id=grant.id,
        mentor_id=a.a_mentor(session).id,
        met_on=date(2014, 9, 2),
        minutes=90,
        form="in_person",
        held=True,
    )
    session.add(meeting)
    month_sums.keep(session, grant.id)
    before = [(row.month, row.delivered, row.minutes) for row in session.scalars(select(CourseMonth)) if row.delivered]

    meeting.corrected = True
    month_sums.keep(session, grant.id)

    assert before == [(9, 45_000, 90)]
    assert session.scalars(select(MonthSum.delivered).where(MonthSum.month == 9)).all() == [0]


def test_what_is_kept_step_by_step_is_what_a_fresh_count_gives(session: Session) -> None:
    for number in range(3):
        grant = a.a_grant(session, mentor_type=("INT", "EKST")[number % 2])
        frames.reserve(session, grant_id=grant.id, lines=[CostLine(2014, 600_001, MENTOR, 50)], may_go_beyond=True)
        month_sums.keep(session, grant.id)
    before = kept(session)

    month_sums.rebuild(session)

    assert kept(session) == before


def test_a_group_of_section_2_has_its_number_of_section_6_in_the_sums_of_2020(session: Session) -> None:
    """Sick pay is number 5 in § 2 and number 6 in § 6; number 8 of § 2 has none."""
    days = {"start": date(2019, 11, 1), "last_day": date(2020, 2, 29), "decided_on": date(2019, 10, 20)}
    grants = [a.a_grant(session, group_number=number, **days) for number in (5, 8)]
    new = a.a_grant(session, group_number=5, start=date(2020, 1, 6), last_day=date(2020, 2, 29), decided_on=None)
    for grant in (*grants, new):
        lines = [CostLine(year, 100_000, "no_frame", 0) for year in range(grant.start.year, 2021)]
        frames.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)
    month_sums.rebuild(session)

    rows = session.execute(select(CourseMonth.grant_id, CourseMonth.year, CourseMonth.group_number)).all()

    assert {tuple(row) for row in rows} == {
        (grants[0].id, 2019, 5),
        (grants[0].id, 2020, 6),
        (grants[1].id, 2019, 8),
        (grants[1].id, 2020, month_sums.UNKNOWN_GROUP),
        (new.id, 2020, 5),
    }
    assert recount(session, by=None, on=date(2020, 3, 1)) == 0
