"""Make goals, progression, answers to notes, and three open links.

They are random by the case number, so that nothing else of the municipality changes with them.
"""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Goal, Progression
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting, NoteReply
from jobcenter_mentor.casework.meetings.outside_links import make_log_link
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.courses import DemoCourse
from jobcenter_mentor_demo.rows import Rows

FIRST_ASKED = date(2014, 3, 1)
"""Progression is measured in courses that run after this day."""
PART_GOALS = {
    "transport": "Tager selv bussen til aftalerne",
    "structure": "Følger sin ugeplan fire dage ud af fem",
    "out_of_bed": "Står selv op inden kl. 8 på hverdage",
    "letters": "Åbner sin post hver uge",
    "doctor": "Kommer til de aftalte tider hos lægen",
    "job_search": "Har besøgt to virksomheder",
}
ANSWERS = (
    "Tak for noten. Prøv at ringe om morgenen i næste uge.",
    "Godt gået. Jeg tager det med på opfølgningen.",
    "Skriv gerne, hvad borgeren selv siger til det.",
)
LINKS = 3


def write_progress(rows: Rows, course: DemoCourse) -> None:
    """Write part goals and ratings for courses after the spring of 2014, and an answer to some notes."""
    helper, writer = course.mentor, course.person.caseworker_id
    if helper is None or helper.is_nobody or course.last_day < FIRST_ASKED or course.decided_on is None:
        return
    chance = Random(course.case_number)
    _goals(rows, course, writer, chance)
    length = (course.last_day - course.start).days
    for party, low in (("mentor", 1), ("citizen", 1)):
        score = chance.randint(low, 2)
        for point, share in (("start", 0.05), ("middle", 0.5), ("end", 0.97)):
            day = course.start + timedelta(days=round(length * share))
            if day >= DEMO_DAY:
                break
            _rate(rows, course, (party, point, score), day, writer)
            score = min(5, score + chance.choice((0, 1, 1, 2)))
    logged = rows.of(Meeting)[-1:]
    if logged and logged[0]["grant_id"] == course.grant_id and logged[0]["note"] and chance.random() < 0.3:
        said, day = chance.choice(ANSWERS), logged[0]["met_on"] + timedelta(days=1)
        rows.add(NoteReply, meeting_id=logged[0]["id"], text=said, by_id=writer, replied_on=min(day, DEMO_DAY))


def make_links(session: Session, by_id: int) -> None:
    """Make three links for mentors without a login, as the coordinator would."""
    by = session.get_one(User, by_id)
    statement = select(Grant.public_id).where(Grant.mentor_type.in_(("VIRK", "FRIV")), Grant.last_day > DEMO_DAY)
    ready = statement.where(Grant.mentor_id.is_not(None), Grant.ended_on.is_(None)).order_by(Grant.id).limit(LINKS)
    for public_id in session.scalars(ready).all():
        make_log_link(session, public_id, expires_on=DEMO_DAY + timedelta(days=30), actor=Actor(by, DEMO_DAY))


def _goals(rows: Rows, course: DemoCourse, writer: int | None, chance: Random) -> None:
    texts = [(PART_GOALS[task], task) for task in course.tasks if task in PART_GOALS]
    for number, (text, area) in enumerate(texts[:3], start=1):
        over = course.last_day < DEMO_DAY
        status = chance.choice(("reached", "partly", "dropped") if over else ("open", "open", "partly", "reached"))
        target = course.start + (course.last_day - course.start) * number // 3
        since = min(target, DEMO_DAY - timedelta(days=1)) if status != "open" else course.start
        rows.add(
            Goal,
            grant_id=course.grant_id,
            number=number,
            text=text,
            area=area,
            target_on=target,
            status=status,
            status_on=since,
            set_by_id=writer,
        )


def _rate(rows: Rows, course: DemoCourse, rating: tuple[str, str, int], day: date, writer: int | None) -> None:
    party, point, score = rating
    rows.add(Progression, grant_id=course.grant_id, party=party, point=point, score=score, rated_on=day, by_id=writer)
