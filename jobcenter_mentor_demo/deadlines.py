"""Make the deadlines of each grant by the law; past ones are settled, except a few late ones."""

from datetime import date, timedelta
from random import Random

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.law.deadlines import Deadline, deadlines_of_grant, next_contact_due
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.radar import monthly_reports
from jobcenter_mentor_demo.courses import DemoCourse
from jobcenter_mentor_demo.rows import Rows

LATE_SHARE = 0.2
LATE_FROM = DEMO_DAY - timedelta(days=12)
"""Only what was due in the last days is still open."""
OFFER_LATE_FROM = DEMO_DAY - timedelta(days=3)
MAY_BE_LATE = ("review", "end_review", "first_contact", "report")
SETTLED_BY_ACT = ("agreement", "contact", "first_contact")
RESULTS = {
    "agreement": "Aftalen er underskrevet af borger, mentor og jobcenter.",
    "first_contact": "Borgeren og mentoren har mødtes.",
    "review": "Samtale afholdt. Målet og timerne fortsætter.",
    "end_review": "Aftalt, hvad der skal ske efter forløbet.",
    "complaint": "Ingen klage modtaget.",
    "period_end": "Perioden er slut, sagen er gjort op.",
    "new_offer": "Behovet er vurderet igen.",
    "contact": "Fremmøde",
    "report": "Rapporten er læst.",
}


def write_deadlines(rows: Rows, course: DemoCourse, contacts: list[date], law: Law, rng: Random) -> None:
    """Write the deadlines of a course; a transferred course has none, as none were planned for it."""
    if course.decided_on is None:
        return
    planned_end = course.planned_last_day or course.last_day
    planned = deadlines_of_grant(
        granted=course.decided_on,
        start=course.start,
        end=planned_end,
        right_and_duty=course.interval is not None,
        law=law.on(course.decided_on),
    )
    planned += monthly_reports(start=course.start, end=planned_end, law=law.on(course.decided_on))
    for deadline in planned:
        if deadline.kind == "contact":
            _contact(rows, course, deadline, contacts)
        else:
            _add(rows, course, deadline, _done_on(course, deadline, rng))


def _contact(rows: Rows, course: DemoCourse, first: Deadline, contacts: list[date]) -> None:
    """Write the first contact deadline and the one open now; those between are in the logbook."""
    if contacts:
        _add(rows, course, first, contacts[0])
        due = next_contact_due(course.start, contacts, course.interval or 7)
        if course.last_day < DEMO_DAY or due > course.last_day:
            return
        first = Deadline(first.kind, due, first.rule, first.authority, first.section, first.what)
    if course.last_day >= DEMO_DAY or not contacts:
        _add(rows, course, first, None)


def _done_on(course: DemoCourse, deadline: Deadline, rng: Random) -> date | None:
    """Return the day it was settled; None for future and late deadlines, and those that wait for a mentor."""
    if deadline.kind in ("agreement", "first_contact") and (course.waits or course.no_agreement):
        return None
    if deadline.kind == "agreement" and course.decided_on and course.mentor:
        return min(course.decided_on, deadline.due) if course.start <= DEMO_DAY else None
    if deadline.kind == "new_offer" and OFFER_LATE_FROM <= deadline.due <= DEMO_DAY and not course.is_renewed:
        return None
    if deadline.due > DEMO_DAY or (
        deadline.kind in MAY_BE_LATE and deadline.due >= LATE_FROM and rng.random() < LATE_SHARE
    ):
        return None
    back = rng.randrange(0, 6) if deadline.kind in ("review", "end_review", "first_contact") else 0
    return max(deadline.due - timedelta(days=back), course.decided_on or course.start)


def _add(rows: Rows, course: DemoCourse, deadline: Deadline, done_on: date | None) -> None:
    dropped = done_on is None and course.ended_on is not None and course.ended_on < DEMO_DAY
    if course.ended_on is not None and deadline.due > course.ended_on:
        done_on, dropped = None, True
    rows.add(
        FollowUp,
        citizen_id=course.person.id,
        referral_id=course.referral_id,
        grant_id=course.grant_id,
        case_number=course.case_number,
        team_id=course.person.team_id,
        owner_id=course.person.caseworker_id,
        kind=deadline.kind,
        what=deadline.what,
        rule=deadline.rule,
        section=deadline.section,
        authority=deadline.authority,
        due_on=deadline.due,
        done_on=done_on,
        done_by_id=course.person.caseworker_id if done_on else None,
        result=RESULTS[deadline.kind] if done_on else "",
        by_act=done_on is not None and deadline.kind in SETTLED_BY_ACT,
        dropped_on=course.ended_on if dropped else None,
        dropped_reason="Forløbet er bragt til ophør" if dropped else "",
    )
