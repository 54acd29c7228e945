"""Make absences (fravær): one with a deputy, one without, and a deadline postponed with a reason."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.platform.access.models import Absence
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import UNGE, Staff

BACK_ON = DEMO_DAY + timedelta(days=12)


def write_absences(rows: Rows, staff: Staff) -> None:
    """Write two absences of staff: Tove is deputy for Karoline; nobody is deputy for Jonas next week."""
    for name, deputy, first, last in (
        ("karoline", staff.user["tove"], DEMO_DAY - timedelta(days=2), DEMO_DAY + timedelta(days=9)),
        ("jonas", None, date(2014, 10, 20), date(2014, 10, 24)),
    ):
        rows.add(
            Absence,
            user_id=staff.user[name],
            team_id=staff.team[UNGE],
            deputy_id=deputy,
            first_day=first,
            last_day=last,
        )


def put_off(session: Session, caseworker_id: int) -> None:
    """Postpone the first local deadline after the next week, because the citizen is away."""
    later = select(FollowUp).where(
        FollowUp.owner_id == caseworker_id,
        FollowUp.authority == "local",
        FollowUp.done_on.is_(None),
        FollowUp.dropped_on.is_(None),
        FollowUp.due_on > DEMO_DAY + timedelta(days=7),
    )
    row = session.scalars(later.order_by(FollowUp.due_on, FollowUp.id)).first()
    if row is not None:
        row.snoozed_until, row.snooze_reason = BACK_ON, "Borgeren er på ferie til og med den 26. oktober."
