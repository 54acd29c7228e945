"""Make citizens: CPR numbers of nobody, names, dated statuses, and the rows of the citizen tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from stdnum.dk import cpr as cpr_numbers

from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.citizens.queries import folded
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor_demo.drawing import Drawn, other_readiness
from jobcenter_mentor_demo.names import draw_name
from jobcenter_mentor_demo.rows import Rows

REFORM = date(2014, 1, 1)
STREETS = ("Havnegade", "Åboulevarden", "Skovvej", "Nørregade", "Møllevænget", "Engdraget", "Rådhusstræde", "Østergade")


class Status(NamedTuple):
    """A status from a day."""

    valid_from: date
    benefit: str
    visitation: str | None
    match_group: int | None = None
    support: str = ""
    has_education: bool | None = None


@dataclass
class DemoCitizen:
    """A citizen before storage; `id` is the row id."""

    id: int
    first_name: str
    last_name: str
    sex: str
    born: date
    team_id: int
    caseworker_id: int
    statuses: list[Status] = field(default_factory=list)
    language: str = "dansk"
    protected: bool = False

    def status_on(self, day: date) -> Status:
        """Return the status that day, or the first one before that."""
        return next((s for s in reversed(self.statuses) if s.valid_from <= day), self.statuses[0])


class CprNumbers:
    """CPR numbers without an owner: each fails modulus 11, is no 1 January birthday, and is used once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def draw(self, born: date, sex: str) -> str:
        """Return a number; a woman's last digit is even."""
        first = 4000 if born.year >= 2000 else 0
        while True:
            serial = first + self._rng.randrange(1000 if first else 4000)
            serial -= (serial % 2) != (sex == "M")
            number = f"{born:%d%m%y}{max(serial, first):04d}"
            if number not in self._given and cpr_numbers.checksum(number) != 0:
                self._given.add(number)
                return number


def birthday(age: int, day: date, rng: Random) -> date:
    """Return a birthday that gives the age on the day, never 1 January."""
    while True:
        born = date(day.year - age - 1, 1, 1) + timedelta(days=rng.randrange(731))
        if age_on(born, day) == age and (born.month, born.day) != (1, 1):
            return born


def statuses_of(drawn: Drawn, start: date, rng: Random) -> list[Status]:
    """Return the status of the first course, and in 2013 also the one after the reform of 1 January 2014."""
    before = start - timedelta(days=rng.randrange(30, 240))
    if drawn.year == 2014:
        return [Status(max(before, REFORM), drawn.benefit, drawn.visitation, None, drawn.support)]
    match = f"match{drawn.match_group}" if drawn.match_group else None
    first = Status(before, drawn.benefit, match, drawn.match_group, drawn.support)
    return [first, Status(REFORM, *_after_reform(drawn, rng), None, drawn.support)]


def _after_reform(drawn: Drawn, rng: Random) -> tuple[str, str | None]:
    if drawn.benefit != "kontanthjaelp":
        return drawn.benefit, "sygemeldt" if drawn.benefit == "sygedagpenge" else None
    benefit = "uddannelseshjaelp" if drawn.age < 29 else "kontanthjaelp"
    return benefit, other_readiness(benefit, rng) if drawn.match_group == 1 else "aktivitetsparat"


def named(person_id: int, drawn: Drawn, start: date, rng: Random) -> DemoCitizen:
    """Return a citizen with name and birthday, not yet in a team."""
    first, last, language = draw_name(drawn.sex, rng)
    born = birthday(drawn.age, start, rng)
    return DemoCitizen(person_id, first, last, drawn.sex, born, 0, 0, statuses_of(drawn, start, rng), language)


def write_people(rows: Rows, people: Iterable[DemoCitizen], rng: Random) -> None:
    """Write the citizens and their statuses."""
    numbers = CprNumbers(rng)
    for person in people:
        cpr = numbers.draw(person.born, person.sex)
        rows.add(
            Citizen,
            id=person.id,
            cpr=cpr,
            cpr_index=blind_index(cpr),
            first_name=person.first_name,
            last_name=person.last_name,
            search_name=folded(f"{person.first_name} {person.last_name}"),
            birth_date=person.born,
            sex=person.sex,
            address=f"{rng.choice(STREETS)} {rng.randrange(1, 120)}, 9999 Sønderå",
            phone=f"00{rng.randrange(10**6):06d}",
            email=f"borger{person.id}@example.dk",
            language=person.language,
            protected=person.protected,
            released_contact=rng.random() < 0.5 and not person.protected,
            team_id=person.team_id,
            caseworker_id=person.caseworker_id,
        )
        for status in person.statuses:
            rows.add(CitizenStatus, citizen_id=person.id, source="ydelsessystem", **status._asdict())
