"""Plan the courses (forløb): when each starts and ends, its kind, and which later ones follow; no rows are written.

Minutes are minutes a week; all days are both included.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.periods import is_working_day, last_day_of_months
from jobcenter_mentor_demo.corps import DemoMentor
from jobcenter_mentor_demo.drawing import Drawn
from jobcenter_mentor_demo.people import DemoCitizen

CASH = ("kontanthjaelp", "uddannelseshjaelp")
WEEKS_2013 = (8, 13, 13, 17, 17, 22, 26, 26, 30, 39)
WEEKS_2014 = (8, 13, 13, 13, 17, 20, 26, 26)
FULL_WEEK, SHORTEST = 2220, 30
LONG_HOURS = 600
"""From here a course is one of the doubtful ones, transferred from the old system."""
DUTY_SHARE, IMPORTED_SHARE, CHANGED_SHARE, ENDED_SHARE = 0.82, 0.05, 0.09, 0.08
LAST_START = date(2014, 10, 27)
LAST_DECISION = DEMO_DAY - timedelta(days=1)


@dataclass
class DemoCourse:
    """A planned course; `duty` tells whether the citizen can't take part for personal reasons; changes are of hours."""

    person: DemoCitizen
    start: date
    last_day: date
    minutes: int
    form: str
    mentor_type: str
    imported: bool
    duty: bool = False
    first_offer: bool = True
    place_share: int = 1
    discharge: date | None = None
    previous: "DemoCourse | None" = None
    change: tuple[date, int] | None = None
    planned_last_day: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    mentor: DemoMentor | None = None
    waits: bool = False
    decided_on: date | None = None
    case_number: str = ""
    goal: str = ""
    tasks: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    wishes: str = ""
    wished_language: str = ""
    last_contact: date | None = None
    past_breach: bool = False
    no_agreement: bool = False
    is_story: bool = False
    is_renewed: bool = False
    grant_id: int = 0
    referral_id: int | None = None
    interval: int | None = None

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last_day - self.start).days + 1


def start_day(year: int, rng: Random) -> date:
    """Return the first day: a Monday, or a working day near one; in 2014 late enough for the law of 2014 to decide."""
    first, last = (date(2013, 1, 7), date(2013, 12, 16)) if year == 2013 else (date(2014, 1, 20), LAST_START)
    day = first + timedelta(days=rng.randrange((last - first).days))
    day -= timedelta(days=day.weekday() if rng.random() < 0.7 else 0)
    return working_day(max(day, first))


def working_day(day: date) -> date:
    """Return the day itself or the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def first_course(person: DemoCitizen, drawn: Drawn, start: date, rng: Random) -> DemoCourse:
    """Return the citizen's first course."""
    old = drawn.year == 2013
    doubtful = drawn.form == "individual" and (drawn.minutes == 0 or drawn.minutes > LONG_HOURS)
    imported = old or doubtful or rng.random() < IMPORTED_SHARE
    course = DemoCourse(
        person,
        start,
        start,
        drawn.minutes or SHORTEST,
        drawn.form,
        _type(drawn, doubtful, rng),
        imported,
        duty=drawn.visitation == "aktivitetsparat" and rng.random() < DUTY_SHARE,
    )
    course.last_day = start + timedelta(days=7 * rng.choice(WEEKS_2013) - 1) if old else _last_day(course, rng)
    course.decided_on = None if imported else decision_day(start, rng)
    return course


def _type(drawn: Drawn, doubtful: bool, rng: Random) -> str:
    if drawn.form == "place":
        return "VIRK"
    if doubtful:
        return "EKST"
    if drawn.minutes <= 60 and rng.random() < 0.04:
        return "FRIV"
    if drawn.benefit == "sygedagpenge" and rng.random() < 0.3:
        return "VKON"
    if drawn.age < 25 and rng.random() < 0.12:
        return "UDD"
    return rng.choices(("INT", "EKST", "VIRK", "HONO", "BOST", "SAGS", "TILB"), (54, 25, 8, 7, 2, 1, 3))[0]


def _last_day(course: DemoCourse, rng: Random) -> date:
    """Return the last day; from 2014 a course lasts six months at most, with right and duty mostly exactly that."""
    longest = last_day_of_months(course.start, 6)
    if course.duty and rng.random() < 0.8:
        return longest
    return min(longest, course.start + timedelta(days=7 * rng.choice(WEEKS_2014) - 1))


def decision_day(start: date, rng: Random) -> date:
    """Return the day of the decision: some working days before the start, before the demo's own day."""
    day = min(start - timedelta(days=rng.randrange(2, 15)), LAST_DECISION)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def renewed(course: DemoCourse, rng: Random) -> DemoCourse:
    """Return the new offer from the day after the last one, for what is still needed."""
    start = course.last_day + timedelta(days=1)
    minutes = course.minutes if rng.random() < 0.6 else max(60, course.minutes - 60)
    ready = course.person.status_on(start).visitation == "aktivitetsparat"
    new = DemoCourse(
        course.person,
        start,
        start,
        minutes or 60,
        course.form,
        course.mentor_type,
        imported=False,
        duty=ready and rng.random() < 0.9,
        place_share=course.place_share,
        previous=course,
        mentor=course.mentor,
    )
    new.last_day, course.is_renewed = _last_day(new, rng), True
    new.decided_on = decision_day(start, rng)
    return new


def split(course: DemoCourse, rng: Random) -> DemoCourse:
    """Cut a course of 2013 in two, as the old register did when the hours changed; return the second part."""
    middle = course.start + timedelta(days=course.days // 2)
    rest = DemoCourse(
        course.person,
        middle + timedelta(days=1),
        course.last_day,
        max(60, course.minutes + rng.choice((-60, 60))),
        course.form,
        course.mentor_type,
        imported=True,
        place_share=course.place_share,
        previous=course,
    )
    course.last_day = middle
    return rest


def unsettle(course: DemoCourse, rng: Random) -> None:
    """Change a course on the way: other hours from a Monday, an early end, or a breach of contact."""
    course.planned_last_day = course.last_day
    if course.is_story or course.imported or course.start > DEMO_DAY - timedelta(days=56) or course.days < 60:
        return
    lot = rng.random()
    if lot < CHANGED_SHARE and course.minutes >= 60 and course.form == "individual":
        day = course.start + timedelta(days=7 * rng.randrange(4, 8))
        course.change = (day - timedelta(days=day.weekday()), course.minutes + rng.choice((-30, 30, 60)))
    elif lot < CHANGED_SHARE + ENDED_SHARE:
        end = course.start + timedelta(days=7 * rng.randrange(4, 8) - 1)
        course.ended_on = course.last_day = end
        course.end_reason = (
            "Borgeren begynder i et ordinært tilbud" if course.duty else rng.choice(("Målet er nået", "Anden grund"))
        )
    course.past_breach = course.duty and rng.random() < 0.06


def periods_of(course: DemoCourse) -> list[tuple[date, date, int]]:
    """Return one period of hours, or two where the hours were changed before the end."""
    if course.change is None or course.change[0] > course.last_day:
        return [(course.start, course.last_day, course.minutes)]
    day, minutes = course.change
    return [(course.start, day - timedelta(days=1), course.minutes), (day, course.last_day, minutes)]
