"""Make the municipality of 2026 in one transaction."""

from random import Random

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.figures.quality import service
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.law_figures.models import Municipality
from jobcenter_mentor_demo.municipality import OWN
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import Staff
from jobcenter_mentor_demo.today.cases import DAY, drawn
from jobcenter_mentor_demo.today.casework import TodayCasework
from jobcenter_mentor_demo.today.complaints import ask_for_access, complain
from jobcenter_mentor_demo.today.corps import write_corps
from jobcenter_mentor_demo.today.events import happen, send
from jobcenter_mentor_demo.today.logbook import settle, write_meetings
from jobcenter_mentor_demo.today.money import claim, pay, set_budgets, set_figures


def found(session: Session, seed: int) -> None:
    """Make everything in an empty, migrated database, in the session's own transaction."""
    rng = Random(seed)
    rows = Rows()
    rows.add(Municipality, **OWN)
    staff = Staff(rows, write_corps(rows))
    rows.write(session)
    users = {name: session.get_one(User, user_id) for name, user_id in staff.user.items()}
    set_figures(session, users, rules.law(session))
    law = rules.law(session)
    work = TodayCasework(session, law, rng)
    work.write(drawn(rng))
    happen(session, work, law)
    write_meetings(session, work.granted, staff.user_of_mentor, rng)
    settle(session)
    complain(session, work, law)
    ask_for_access(session, work, law)
    month_sums.rebuild(session)
    pay(session, users)
    claim(session, users, law)
    set_budgets(session, users, law)
    send(session, users["henrik"])
    service.keep_months(session, on=DAY)
