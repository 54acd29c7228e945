"""En kommune i målestok: made-up citizens, courses and meetings in the sizes of the benchmarks, with a fixed seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.database.db import blind_index
from tests.builders import WORKING_DAY

TEAMS, MENTORS = 24, 800
FIRST_NAMES = [f"{name}{ending}" for name in ("Emil", "Åse", "Søren", "Mette", "Bjørn") for ending in range(40)]
LAST_NAMES = [f"{name}{ending}" for name in ("Østergård", "Krogh", "Bæk", "Nygaard", "Skov") for ending in range(200)]

ZIPF = [1 / rank for rank in range(1, 1001)]


@dataclass(frozen=True)
class Size:
    """How many of each; meetings and expenses are spread over the courses."""

    name: str
    citizens: int
    courses: int
    meetings: int
    expenses: int


SMALL = Size("S", 5_000, 4_000, 100_000, 15_000)
MEDIUM = Size("M", 10_000, 8_048, 200_000, 30_000)
LARGE = Size("L", 100_000, 80_477, 2_000_000, 300_000)


def populate(session: Session, size: Size, seed: int = 2014) -> None:
    """Fill an empty database; row ids count from 1 in each table."""
    draw = random.Random(seed)
    session.execute(insert(Team), [{"name": f"Team {number}"} for number in range(1, TEAMS + 1)])
    session.execute(insert(Mentor), list(mentors()))
    session.execute(insert(Citizen), list(citizens(size, draw)))
    statuses = [{"citizen_id": key, "benefit": "kontanthjaelp", "visitation": "aktivitetsparat"} for key in keys(size)]
    session.execute(insert(CitizenStatus), [row | {"valid_from": date(2014, 1, 1)} for row in statuses])
    courses = list(grants(size, draw))
    session.execute(insert(Grant), courses)
    session.execute(insert(GrantPeriod), list(periods(courses)))
    session.execute(insert(Meeting), list(meetings(size, courses)))
    session.execute(insert(FollowUp), list(follow_ups(courses)))
    session.execute(insert(Reservation), list(expenses(size)))


def keys(size: Size) -> range:
    """Return the row ids of the citizens."""
    return range(1, size.citizens + 1)


def mentors() -> Iterator[dict[str, Any]]:
    """Give the corps."""
    for number in range(1, MENTORS + 1):
        name = {"first_name": "Samira", "last_name": f"Haddad {number}", "search_name": f"samira haddad {number}"}
        yield name | {"mentor_type": "INT", "active_from": date(2013, 1, 1), "employer": "Jobcenter"}


def citizens(size: Size, draw: random.Random) -> Iterator[dict[str, Any]]:
    """Give citizens with names as common as 1/rank; their numbers are no dates and belong to nobody."""
    for number in keys(size):
        first, last = draw.choices(FIRST_NAMES, ZIPF[: len(FIRST_NAMES)])[0], draw.choices(LAST_NAMES, ZIPF)[0]
        cpr = f"99{number:08d}"
        yield {
            "cpr": cpr,
            "cpr_index": blind_index(cpr),
            "first_name": first,
            "last_name": last,
            "search_name": f"{first} {last}".lower(),
            "birth_date": date(1984, 3, 4),
            "sex": "MK"[number % 2],
            "team_id": number % TEAMS + 1,
        }


def grants(size: Size, draw: random.Random) -> Iterator[dict[str, Any]]:
    """Give courses of 26 weeks, six in ten of them running on the working day."""
    for number in range(1, size.courses + 1):
        start = WORKING_DAY - timedelta(days=179 if draw.random() < 0.6 else draw.randrange(200, 900))
        yield {
            "case_number": f"{start.year}-{number:05d}",
            "citizen_id": number,
            "team_id": number % TEAMS + 1,
            "mentor_id": number % MENTORS + 1,
            "mentor_type": "INT",
            "start": start,
            "last_day": start + timedelta(days=181),
            "benefit": "kontanthjaelp",
            "visitation": "aktivitetsparat",
            "group_number": 3,
            "legal_basis": "LAB § 93",
            "right": True,
            "right_and_duty": True,
            "contact_interval_days": 7,
            "rate_percent": 50,
            "frame_kind": "mentor_2014",
            "hourly_price": 30000,
            "goal": "Tager selv bussen tre dage om ugen inden nytår.",
            "tasks": ["transport", "structure"],
            "decided_on": start - timedelta(days=3),
        }


def periods(courses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each course one period of 2 hours a week."""
    for key, course in enumerate(courses, 1):
        yield {"grant_id": key, "first_day": course["start"], "last_day": course["last_day"], "minutes_per_week": 120}


def meetings(size: Size, courses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the first course of each team 30 meetings, the others what is left: one every sixth day."""
    rest = (size.meetings - 30 * TEAMS) // (size.courses - TEAMS)
    for key, course in enumerate(courses, 1):
        for number in range(30 if key <= TEAMS else rest):
            met_on = course["start"] + timedelta(days=1 + number * 6)
            row = {"grant_id": key, "mentor_id": course["mentor_id"], "met_on": met_on, "minutes": 60}
            yield row | {"form": "in_person", "held": True, "note": f"Øvede bussen, gang {number}."}


def follow_ups(courses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the first course of each team ten deadlines to come and every other course one."""
    for key, course in enumerate(courses, 1):
        for number in range(10 if key <= TEAMS else 1):
            yield {
                "citizen_id": course["citizen_id"],
                "grant_id": key,
                "case_number": course["case_number"],
                "team_id": course["team_id"],
                "kind": "interview",
                "what": f"Samtale {number + 1}",
                "rule": "local.review",
                "section": "LAB § 31 c",
                "authority": "law",
                "due_on": WORKING_DAY + timedelta(days=1 + number * 7),
            }


def expenses(size: Size) -> Iterator[dict[str, Any]]:
    """Give reservations without a frame, spread over the courses."""
    for number in range(size.expenses):
        row = {
            "grant_id": number % size.courses + 1,
            "year": 2014 + number // size.courses,
            "frame_kind": "mentor_2014",
        }
        yield row | {"cost": 780_000, "beyond": 780_000, "rate_percent": 50}


def case_of_team(session: Session, team_id: int) -> str:
    """Return the public id of a team's course with 30 meetings."""
    found = session.scalars(select(Grant.public_id).where(Grant.team_id == team_id).order_by(Grant.id)).first()
    assert found is not None
    return found
