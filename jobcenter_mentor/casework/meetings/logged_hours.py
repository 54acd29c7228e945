"""Sums the minutes that mentors have logged as held, week by week."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.capacity import monday_of


def logged_by_week(
    session: Session, mentor_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], int]:
    """Return minutes of held meetings by mentor id and Monday, both days included; corrected entries don't count."""
    statement = (
        select(Meeting.mentor_id, Meeting.met_on, func.sum(Meeting.minutes))
        .where(Meeting.mentor_id.in_(mentor_ids), Meeting.met_on >= first, Meeting.met_on <= last)
        .where(Meeting.held.is_(True), Meeting.corrected.is_(False))
        .group_by(Meeting.mentor_id, Meeting.met_on)
    )
    found: dict[tuple[int, date], int] = defaultdict(int)
    for mentor_id, day, minutes in session.execute(statement):
        found[mentor_id, monday_of(day)] += int(minutes)
    return found
