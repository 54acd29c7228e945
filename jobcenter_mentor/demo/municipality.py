"""Kommunen: puts the parts together, from drawn citizens to two years of cases, in one transaction."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sqlalchemy.orm import Session

from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.demo.casework import Casework
from jobcenter_mentor.demo.corps import Corps
from jobcenter_mentor.demo.courses import Course, first_course, renewed, split, start_day, unsettle
from jobcenter_mentor.demo.drawing import Drawn, draw
from jobcenter_mentor.demo.people import Person, named, write_people
from jobcenter_mentor.demo.placing import number_cases, place, say_why, seat
from jobcenter_mentor.demo.rows import Rows
from jobcenter_mentor.demo.staff import Staff
from jobcenter_mentor.referrals.models import CaseCounter
from jobcenter_mentor.rules import loader
from jobcenter_mentor.rules.models import Municipality

SEED = 2014


@dataclass(frozen=True)
class Size:
    """Størrelse: citizens, courses and the share of first courses that began in 2013."""

    citizens: int
    courses: int

    @property
    def newcomers(self) -> dict[int, int]:
        """Borgere med et første forløb, by year; the other courses follow on earlier ones."""
        people = min(self.citizens, self.courses * 88 // 100)
        return {2013: people * 53 // 100, 2014: people - people * 53 // 100}

    @property
    def times(self) -> int:
        """How many times the corps is needed."""
        return max(1, self.courses // 650)


SIZES = {
    "S": Size(590, 650),
    "M": Size(10_000, 8_048),
    "L": Size(100_000, 80_477),
    "XL": Size(1_000_000, 804_770),
}


@dataclass
class Plan:
    """Planen: people and courses before any row is written."""

    people: list[Person] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)


def found(session: Session, size: Size, seed: int) -> None:
    """Grundlæg kommunen i en tom, migreret database: everything, in the session's own transaction."""
    rng = Random(seed)
    rows, law = Rows(), loader.law()
    rows.add(
        Municipality,
        name="Sønderå Kommune",
        jobcentre="Jobcenter Sønderå",
        address="Havnegade 1, 9999 Sønderå",
        phone="00 10 20 30",
        email="jobcenter@example.dk",
    )
    corps = Corps(rows, size.times, rng)
    staff = Staff(rows, corps.places())
    plan = made(size, rng)
    place(plan.people, staff, rng)
    for course in plan.courses:
        seat(course, corps, rng)
        say_why(course, rng)
    last = number_cases(plan.courses, set())
    write_people(rows, plan.people, rng)
    for year, number in last.items():
        rows.add(CaseCounter, year=year, last=number)
    Casework(rows, corps, staff, law, rng).write(plan.courses)
    rows.write(session)


def made(size: Size, rng: Random) -> Plan:
    """Tegn borgerne og deres forløb."""
    plan = Plan()
    for year, count in size.newcomers.items():
        for drawn in draw(year, count, rng):
            start = start_day(year, rng)
            person = named(len(plan.people) + 1, drawn, start, rng)
            plan.people.append(person)
            plan.courses.append(first_course(person, drawn, start, rng))
    _follow_on(plan, size, rng)
    for number in range(len(plan.people) + 1, size.citizens + 1):
        drawn = Drawn(
            2014, "Sygedagpenge", "sygedagpenge", rng.randint(20, 60), rng.choice("MK"), "", 0, "sygemeldt", None
        )
        plan.people.append(named(number, drawn, DEMO_DAY, rng))
    for course in plan.courses:
        unsettle(course, rng)
    return plan


def _follow_on(plan: Plan, size: Size, rng: Random) -> None:
    """Add later courses until there are as many as wanted: splits of the old register, and new offers in 2014."""
    missing = size.courses - len(plan.courses)
    old = [c for c in plan.courses if c.start.year == 2013 and c.minutes and c.days > 60 and c.form == "individual"]
    rest = [split(course, rng) for course in rng.sample(old, min(len(old), max(1, missing // 8)))]
    over = [c for c in plan.courses if date(2014, 1, 20) <= c.last_day < DEMO_DAY and c.minutes]
    over = [c for c in over if c.person.status_on(c.last_day).visitation == "aktivitetsparat" and c.minutes <= 600]
    again = [renewed(course, rng) for course in rng.sample(over, min(len(over), missing - len(rest)))]
    plan.courses += rest + again
