"""Make the municipality from random citizens to two years of cases, in one transaction."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.referrals.models import CaseCounter
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.figures.quality import service
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.models import Municipality
from jobcenter_mentor_demo.absences import put_off, write_absences
from jobcenter_mentor_demo.casework import DemoCasework
from jobcenter_mentor_demo.changing import propose_changes
from jobcenter_mentor_demo.corps import DemoCorps
from jobcenter_mentor_demo.courses import LONG_HOURS, DemoCourse, first_course, renewed, split, start_day, unsettle
from jobcenter_mentor_demo.deadlines import write_deadlines
from jobcenter_mentor_demo.drawing import Drawn, draw
from jobcenter_mentor_demo.facts import write_facts
from jobcenter_mentor_demo.journal import ask_for_access, complain, send_letters, write_journal
from jobcenter_mentor_demo.logbook import choose_breaches, write_meetings
from jobcenter_mentor_demo.money import write_money
from jobcenter_mentor_demo.papers import (
    write_agreement,
    write_case_time,
    write_frame_changes,
    write_prices,
    write_reading,
)
from jobcenter_mentor_demo.people import DemoCitizen, named, write_people
from jobcenter_mentor_demo.placing import number_cases, place, say_why, seat
from jobcenter_mentor_demo.progress import make_links, write_progress
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import Staff
from jobcenter_mentor_demo.stories import STORIES, citizen_and_course
from jobcenter_mentor_demo.surveys import write_surveys
from jobcenter_mentor_demo.training import write_training
from jobcenter_mentor_demo.waiting import PROPOSED, REFERRED, propose_waiting, start_case_time, write_waiting

SEED = 2014
WRITTEN_AT_ONCE = 1000
"""The number of courses whose logs are in memory before they are written."""
RENEWED_FROM = date(2014, 1, 20)
OWN = {
    "name": "Sønderå Kommune",
    "jobcentre": "Jobcenter Sønderå",
    "address": "Havnegade 1, 9999 Sønderå",
    "phone": "00 10 20 30",
    "email": "jobcenter@example.dk",
    "opening_hours": "mandag-fredag kl. 9-15, torsdag til kl. 17",
}
GUIDANCE = (
    "Du kan klage til Jobcenter Sønderå senest 4 uger efter, at du har fået aftalen. Du kan skrive, ringe eller møde "
    "op. Vi vurderer sagen igen inden 4 uger og sender klagen til Ankestyrelsens "
    "Beskæftigelsesudvalg, hvis du ikke får medhold."
)
TAKEN = {one.number for one in (*STORIES, *REFERRED, *PROPOSED)}
"""Case numbers in the screenshots."""


@dataclass(frozen=True)
class Size:
    """The size of the municipality: citizens and courses."""

    citizens: int
    courses: int

    @property
    def newcomers(self) -> dict[int, int]:
        """Return the citizens with a first course, by year; the other courses follow earlier ones."""
        people = min(self.citizens, self.courses * 88 // 100)
        return {2013: people * 53 // 100, 2014: people - people * 53 // 100}

    @property
    def times(self) -> int:
        """Return how many times the corps is needed."""
        return max(1, self.courses // 650)


SIZES = {
    "S": Size(600, 650),
    "M": Size(10_000, 8_048),
    "L": Size(100_000, 80_477),
    "XL": Size(1_000_000, 804_770),
}


@dataclass
class Plan:
    """The people and courses before any row is written."""

    people: list[DemoCitizen] = field(default_factory=list)
    courses: list[DemoCourse] = field(default_factory=list)


def found(session: Session, size: Size, seed: int) -> None:
    """Make the municipality in an empty, migrated database, in the session's own transaction."""
    rng = Random(seed)
    rows, law = Rows(), loader.law()
    rows.add(Municipality, **OWN)
    corps = DemoCorps(rows, size.times, rng)
    staff = Staff(rows, corps.places())
    plan = made(size, corps, staff, rng)
    plan.people += write_waiting(rows, len(plan.people) + 1, staff, rng)
    settle(plan, corps, staff, rng)
    for year, number in number_cases(plan.courses, TAKEN).items():
        rows.add(CaseCounter, year=year, last=number)
    write_people(rows, plan.people, rng)
    purse = DemoCasework(rows, corps, staff, law, rng).write(plan.courses)
    write_prices(rows, staff, law)
    write_case_time(rows, staff)
    write_reading(rows, staff)
    write_frame_changes(rows, staff, purse)
    write_absences(rows, staff)
    write_training(rows, corps, staff.user["amal"], rng)
    rows.write(session)
    choose_breaches(plan.courses, rng)
    for number, course in enumerate(plan.courses, start=1):
        contacts = write_meetings(rows, course, staff.user_of_mentor, rng)
        write_progress(rows, course)
        write_deadlines(rows, course, contacts, law, rng)
        write_agreement(rows, course, GUIDANCE)
        if number % WRITTEN_AT_ONCE == 0:
            rows.write(session)
    rows.write(session)
    subcourses.keep_all(session)
    write_money(session, staff.user, law, rng)
    start_case_time(session, by=session.get_one(User, staff.user["lone"]))
    propose_waiting(session, law)
    propose_changes(session, law)
    write_facts(session, session.get_one(User, staff.user["lone"]))
    write_journal(session)
    send_letters(session, law)
    complain(session, law)
    ask_for_access(session, law)
    service.keep_months(session, on=DEMO_DAY)
    make_links(session, staff.user["amal"])
    write_surveys(session, staff.user["amal"])
    put_off(session, staff.user["lone"])
    month_sums.rebuild(session)


def made(size: Size, corps: DemoCorps, staff: Staff, rng: Random) -> Plan:
    """Return the citizens and their courses; those of the stories come first and count in the tables of 2014."""
    plan = Plan()
    for story in STORIES:
        person, course = citizen_and_course(story, len(plan.people) + 1, corps, staff, rng)
        plan.people.append(person)
        plan.courses.append(course)
    for year, count in size.newcomers.items():
        known = [story.drawn for story in STORIES] if year == 2014 else []
        for drawn in draw(year, count, rng, known)[len(known) :]:
            start = start_day(year, rng)
            person = named(len(plan.people) + 1, drawn, start, rng)
            plan.people.append(person)
            plan.courses.append(first_course(person, drawn, start, rng))
    _follow_on(plan, size, rng)
    for number in range(len(plan.people) + 1, size.citizens + 1 - len((*REFERRED, *PROPOSED))):
        sex, age = rng.choice("MK"), rng.randint(20, 60)
        drawn = Drawn(2014, "Sygedagpenge", "sygedagpenge", age, sex, "", 0, "sygemeldt", None)
        plan.people.append(named(number, drawn, DEMO_DAY, rng))
    return plan


def settle(plan: Plan, corps: DemoCorps, staff: Staff, rng: Random) -> None:
    """Give each citizen a team, and each course its events, its mentor and its goal."""
    place(plan.people, staff, rng)
    for course in plan.courses:
        unsettle(course, rng)
        seat(course, corps, rng)
        say_why(course, rng)


def _follow_on(plan: Plan, size: Size, rng: Random) -> None:
    """Add later courses up to the wanted number: splits of the old register, and new offers in 2014."""
    missing = size.courses - len(plan.courses)
    old = [c for c in plan.courses if c.start.year == 2013 and c.minutes and c.days > 60 and c.form == "individual"]
    rest = [split(course, rng) for course in rng.sample(old, min(len(old), max(1, missing // 8)))]
    over = [c for c in plan.courses if RENEWED_FROM <= c.last_day < DEMO_DAY and 0 < c.minutes <= LONG_HOURS]
    over = [c for c in over if c.person.status_on(c.last_day).visitation == "aktivitetsparat" and not c.is_story]
    again = [renewed(course, rng) for course in rng.sample(over, min(len(over), missing - len(rest)))]
    plan.courses += rest + again
