"""Make the logbook: the meetings of each course up to the day before the demo's own, with some irregularities.

Courses with right and duty have their weekly day unless a breach is intended; the others miss a meeting now and then.
About nine hours of ten are delivered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.periods import is_working_day
from jobcenter_mentor_demo.courses import DemoCourse, periods_of
from jobcenter_mentor_demo.rows import Rows, TableRow

MISSED_SHARE, LOGGED_BY_NOBODY = 0.06, 0.1
BREACHES_TODAY = 10
YESTERDAY = DEMO_DAY - timedelta(days=1)
PLACES = ("Busstationen", "Biblioteket", "Hos borgeren", "Jobcentret", "Træningskøkkenet", "Caféen på Torvet")
NOTES = (
    "Gik ugeplanen igennem. Det meste er holdt.",
    "Kørte med bussen sammen, gik ind og hilste på.",
    "Talte om næste uge og aftalte et opkald om morgenen.",
    "Åbnede posten sammen og skrev en liste.",
    "Besøgte virksomheden, aftalte en prøvedag.",
    "",
    "",
)
HOLIDAY = "Helligdag, aftalt samtale i telefonen"


@dataclass(frozen=True)
class DemoContact:
    """A contact before storage."""

    day: date
    minutes: int
    form: str = "in_person"
    held: bool = True
    absence_reason: str = ""
    special_reason: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether the contact counts by law: held in person, or otherwise with a special reason."""
        return self.held and (self.form == "in_person" or bool(self.special_reason))


def write_meetings(rows: Rows, course: DemoCourse, user_of_mentor: dict[int, int], rng: Random) -> list[date]:
    """Write the logbook of a course and return the days that count by law."""
    helper = course.mentor
    if helper is None or (helper.is_nobody and rng.random() < LOGGED_BY_NOBODY):
        return []
    contacts = list(_contacts(course, rng))
    for contact in contacts:
        rows.add(Meeting, **_row(course, contact, user_of_mentor.get(helper.id), rng))
    if contacts and course.last_day > DEMO_DAY:
        rows.of(Meeting)[-1] |= _next_meeting(contacts[-1].day, course, rng)
    return [contact.day for contact in contacts if contact.counts]


def choose_breaches(courses: list[DemoCourse], rng: Random) -> None:
    """Choose some running courses whose last contact is older than the law allows."""
    running = [c for c in courses if c.interval and c.mentor and c.start < DEMO_DAY - timedelta(days=40)]
    running = [c for c in running if c.last_day > DEMO_DAY and c.last_contact is None and not c.is_story]
    already = sum(course.last_contact is not None for course in courses)
    for course in rng.sample(running, min(len(running), max(0, BREACHES_TODAY - already))):
        course.last_contact = DEMO_DAY - timedelta(days=rng.randrange(8, 13))


def _contacts(course: DemoCourse, rng: Random) -> Iterator[DemoContact]:
    last = min(course.last_day, YESTERDAY)
    day = course.start + timedelta(days=rng.randrange(0, 4))
    day += timedelta(days=7 - day.weekday()) if day.weekday() > 4 else timedelta(0)
    lost = course.start + timedelta(days=rng.randrange(28, 56)) if course.past_breach else None
    until = course.last_contact or last
    while day <= last:
        missed = lost is not None and day <= lost < day + timedelta(days=7)
        if day > until:
            yield from _attempts(day, last)
        elif missed or (not course.interval and rng.random() < MISSED_SHARE):
            yield DemoContact(
                day, 0, held=False, absence_reason=rng.choice(("citizen", "citizen", "illness", "mentor"))
            )
        else:
            yield from _week(course, day, last, rng)
        day += timedelta(days=7)
    if course.last_contact is not None and course.last_contact > course.start:
        yield DemoContact(course.last_contact, 60)


def _attempts(day: date, last: date) -> Iterator[DemoContact]:
    """Yield the attempts after the last contact: an absence, then a short call that does not count."""
    yield DemoContact(day, 0, held=False, absence_reason="citizen")
    if day + timedelta(days=2) <= last:
        yield DemoContact(day + timedelta(days=2), 10, form="phone")


def _week(course: DemoCourse, day: date, last: date, rng: Random) -> Iterator[DemoContact]:
    """Yield the meetings of one week: one, or more where many hours were granted."""
    granted = next((minutes for first, until, minutes in periods_of(course) if first <= day <= until), 0)
    if not granted:
        return
    if not is_working_day(day):
        yield DemoContact(day, 30, form="phone", special_reason=HOLIDAY)
        return
    times = 1 if granted <= 120 else 2 if granted <= 360 else 5
    for number in range(times):
        met = day + timedelta(days=number)
        if met.weekday() > 4:
            met = day - timedelta(days=met.weekday() - 4)
        if course.start <= met <= last:
            yield DemoContact(met, max(15, round(granted / times * rng.choice((0.8, 0.9, 1, 1, 1)) / 5) * 5))


def _row(course: DemoCourse, contact: DemoContact, user_id: int | None, rng: Random) -> TableRow:
    held = contact.held
    return {
        "grant_id": course.grant_id,
        "mentor_id": course.mentor.id if course.mentor else None,
        "met_on": contact.day,
        "minutes": contact.minutes,
        "form": contact.form,
        "held": held,
        "absence_reason": contact.absence_reason,
        "topics": list(course.tasks[: rng.randint(1, 2)]) if held else [],
        "progress": rng.choice(("same", "same", "closer", "closer", "further")) if held else "",
        "note": rng.choice(NOTES) if held else "",
        "special_reason": contact.special_reason,
        "next_on": None,
        "next_meeting": "",
        "logged_by_id": user_id,
    }


def _next_meeting(last: date, course: DemoCourse, rng: Random) -> TableRow:
    """Return the agreement for the next time: a week later, or today where that has passed."""
    next_on = min(max(last + timedelta(days=7), DEMO_DAY), course.last_day)
    clock = rng.choice(("9.00", "10.00", "12.00", "13.30"))
    return {"next_on": next_on, "next_meeting": f"kl. {clock}, {rng.choice(PLACES)}"}
