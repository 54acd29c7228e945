"""Make the corps of 2026: internal mentors, two suppliers with contracts, two workplaces and a volunteer.

Hours are minutes a week, prices øre an hour.
"""

from datetime import date
from typing import NamedTuple

from jobcenter_mentor.people.mentors.models import Mentor, MentorHours, MentorSkill
from jobcenter_mentor.people.suppliers.models import Contract, FrameContract, Supplier
from jobcenter_mentor_demo.rows import Rows

SINCE = date(2025, 1, 1)
LYSNING, FODFAESTE = "Lysning Mentor", "Fodfæste Støtte"
SUPPLIERS = {LYSNING: ("12345674", "Dorthe Lysholm", 56_500), FODFAESTE: ("23456788", "Jarl Munksgaard", 54_000)}
"""A made-up CVR number, the contact and the price of an hour in 2026."""


class TodayCorpsMentor(NamedTuple):
    """A mentor: competences as words separated by spaces; a * marks a language."""

    name: str
    type: str
    hours: int
    skills: str
    employer: str = "Jobcenter Sønderå"
    sex: str = "K"


CORPS = (
    TodayCorpsMentor("Samira Haddad", "INT", 30, "*arabisk unge transport"),
    TodayCorpsMentor("Yusuf Demir", "INT", 30, "*tyrkisk misbrug", sex="M"),
    TodayCorpsMentor("Birgit Lund", "INT", 30, "psykiatri angst udskrivning"),
    TodayCorpsMentor("Thea Kronborg", "INT", 30, "autisme adhd struktur"),
    TodayCorpsMentor("Malte Rosenvang", "INT", 30, "jobsøgning virksomhedskontakt", sex="M"),
    TodayCorpsMentor("Oksana Bondar", "INT", 30, "*ukrainsk netværk bolig"),
    TodayCorpsMentor("Peter Holm", "EKST", 30, "misbrug gæld", LYSNING, "M"),
    TodayCorpsMentor("Iben Fjordside", "EKST", 30, "psykiatri angst", LYSNING),
    TodayCorpsMentor("Rasmus Skovlyst", "EKST", 30, "unge døgnrytme", FODFAESTE, "M"),
    TodayCorpsMentor("Jens Ove Krag", "VIRK", 12, "køkken lager", "Havnens Køkken", "M"),
    TodayCorpsMentor("Ellen Bro", "FRIV", 4, "netværk sprogtræning", "Sønderå Frivilligcenter"),
)


def write_corps(rows: Rows) -> dict[str, int]:
    """Write the corps; return the ids of mentors and suppliers by name, for the users' roles."""
    places = {name: _supplier(rows, name) for name in SUPPLIERS}
    for known in CORPS:
        places[known.name] = _mentor(rows, known, places.get(known.employer))
    return places


def _supplier(rows: Rows, name: str) -> int:
    cvr, contact, price = SUPPLIERS[name]
    supplier_id = rows.add(
        Supplier, name=name, cvr=cvr, contact_name=contact, phone="00707070", email="kontakt@leverandoer.example.dk"
    )
    frame_id = rows.add(
        FrameContract,
        supplier_id=supplier_id,
        title="Rammekontrakt 2026",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        minutes=2_400 * 60,
        amount=2_400 * price,
        report_weeks=4,
        report_days=7,
    )
    rows.add(
        Contract,
        supplier_id=supplier_id,
        valid_from=SINCE,
        valid_to=None,
        hourly_price=price,
        frame_contract_id=frame_id,
    )
    return supplier_id


def _mentor(rows: Rows, known: TodayCorpsMentor, supplier_id: int | None) -> int:
    first, last = known.name.rsplit(" ", maxsplit=1)
    mentor_id = rows.next_id(Mentor)
    rows.add(
        Mentor,
        id=mentor_id,
        first_name=first,
        last_name=last,
        search_name=known.name.casefold(),
        mentor_type=known.type,
        phone=f"00{300_000 + mentor_id:06d}",
        email=f"mentor{mentor_id}@example.dk",
        employer=known.employer,
        supplier_id=supplier_id,
        area="Midtbyen",
        sex=known.sex,
        qualification="Socialpædagogisk uddannelse og mentorkursus",
        clearance_on=date(2024, 11, 12),
        active_from=SINCE,
    )
    rows.add(MentorHours, mentor_id=mentor_id, valid_from=SINCE, valid_to=None, minutes_per_week=known.hours * 60)
    for word in (*known.skills.split(), "*dansk"):
        kind = "language" if word.startswith("*") else "competence"
        rows.add(MentorSkill, mentor_id=mentor_id, kind=kind, code=word.removeprefix("*"))
    return mentor_id
