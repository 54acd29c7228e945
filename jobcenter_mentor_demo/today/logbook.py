"""Make the logbook and deadlines of 2026: a meeting most weeks, past deadlines settled except for a few."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.periods import is_working_day
from jobcenter_mentor_demo.deadlines import RESULTS, SETTLED_BY_ACT
from jobcenter_mentor_demo.logbook import NOTES
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.today.cases import DAY, DemoCase

HELD_SHARE = 0.92
LATE_FROM = DAY - timedelta(days=10)
"""What was due before this day is settled."""


def write_meetings(
    session: Session, granted: list[tuple[DemoCase, Grant]], logins: dict[int, int], rng: Random
) -> None:
    """Write the meetings, week by week up to the day before the demo's own; `logins` are users by mentor."""
    rows = Rows()
    for _, grant in granted:
        day = grant.start + timedelta(days=rng.randrange(4))
        while day < min(DAY, grant.last_day):
            if is_working_day(day) and grant.mentor_id is not None:
                rows.add(Meeting, **_row(grant, day, logins.get(grant.mentor_id), rng))
            day += timedelta(days=7)
    rows.write(session)
    session.expire_all()


def _row(grant: Grant, day: date, login: int | None, rng: Random) -> dict[str, object]:
    held = rng.random() < HELD_SHARE
    minutes = round(grant.minutes_on(day) * rng.choice((0.75, 0.9, 1, 1, 1)) / 5) * 5
    return {
        "grant_id": grant.id,
        "mentor_id": grant.mentor_id,
        "met_on": day,
        "minutes": minutes if held else 0,
        "form": "in_person",
        "held": held,
        "absence_reason": "" if held else rng.choice(("citizen", "citizen", "illness", "mentor")),
        "topics": list(grant.tasks[:1]) if held else [],
        "progress": rng.choice(("same", "same", "closer", "closer", "further")) if held else "",
        "note": rng.choice(NOTES) if held else "",
        "logged_by_id": login,
    }


def settle(session: Session) -> None:
    """Settle past deadlines except for the newest; those without a result text remain open."""
    for kind, result in RESULTS.items():
        past = (FollowUp.kind == kind, FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))
        session.execute(
            update(FollowUp)
            .where(*past, FollowUp.due_on < LATE_FROM)
            .values(done_on=FollowUp.due_on, done_by_id=FollowUp.owner_id, result=result, by_act=kind in SETTLED_BY_ACT)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()
