"""Make the corps: internal and other mentors, company mentors, suppliers with contracts, volunteers and free hours.

Hours are minutes a week, prices øre an hour. It includes the faults of the evaluation, such as placeholder mentors.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from jobcenter_mentor.people.mentors.models import (
    Mentor,
    MentorAbsence,
    MentorFunction,
    MentorHours,
    MentorPrice,
    MentorSkill,
)
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from jobcenter_mentor_demo.names import draw_name
from jobcenter_mentor_demo.rows import Rows

SINCE = date(2013, 1, 1)
LYSNING, BRO, VENDEPUNKT = "Lysning Mentor", "Bro til Job", "Vendepunkt Støtte"


class DemoCorpsMentor(NamedTuple):
    """A mentor of the corps: languages and competences as words separated by spaces; a * marks a language."""

    name: str
    type: str
    hours: int
    skills: str
    employer: str = "Jobcenter Sønderå"
    sex: str = "K"
    area: str = "Midtbyen"
    evenings: bool = False


CORPS = (
    DemoCorpsMentor("Samira Haddad", "INT", 18, "*arabisk unge transport"),
    DemoCorpsMentor("Yusuf Demir", "INT", 18, "*tyrkisk misbrug", sex="M", area="Vestbyen"),
    DemoCorpsMentor("Birgit Lund", "INT", 15, "psykiatri angst udskrivning"),
    DemoCorpsMentor("Anders Riis", "INT", 18, "bolig økonomi", sex="M"),
    DemoCorpsMentor("Karen Winther", "HONO", 12, "gæld ældre økonomi", employer="Selvstændig"),
    DemoCorpsMentor("Holger Friis", "INT", 15, "struktur bus døgnrytme", sex="M", area="Havnen"),
    DemoCorpsMentor("Mette Toft", "UDD", 8, "vuc teknisk-skole", employer="Sønderå Tekniske Skole", area="Skolen"),
    DemoCorpsMentor("Tomas Berg", "BOST", 6, "autisme struktur", employer="Bostøtten, Sønderå Kommune", sex="M"),
    DemoCorpsMentor("Lisbet Hald", "INT", 18, "angst døgnrytme"),
    DemoCorpsMentor("Ole Stryn", "INT", 18, "misbrug bolig", sex="M", area="Vestbyen", evenings=True),
    DemoCorpsMentor("Nina Kragh", "INT", 18, "unge struktur jobsøgning"),
    DemoCorpsMentor("Basma Idris", "INT", 12, "*arabisk *somali netværk", area="Vestbyen"),
    DemoCorpsMentor("Gorm Tange", "INT", 18, "jobsøgning virksomhedskontakt", sex="M", area="Havnen"),
    DemoCorpsMentor("Tilde Ravn", "INT", 18, "psykiatri autisme adhd"),
    DemoCorpsMentor("Leif Moos", "INT", 15, "økonomi post gæld", sex="M"),
    DemoCorpsMentor("Eva Dalby", "INT", 18, "sundhed smerter"),
    DemoCorpsMentor("Rune Holk", "INT", 18, "unge misbrug", sex="M", evenings=True),
    DemoCorpsMentor("Asta Bille", "INT", 15, "ensomhed netværk hygiejne"),
    DemoCorpsMentor("Jette Orla", "VKON", 8, "virksomhedskontakt oplæring"),
    DemoCorpsMentor("Finn Rask", "VKON", 8, "lager konflikter", sex="M", area="Havnen"),
    DemoCorpsMentor("Solveig Bramsen", "SAGS", 6, "møder myndigheder"),
    DemoCorpsMentor("Poul Egede", "HONO", 12, "struktur bus", employer="Selvstændig", sex="M"),
    DemoCorpsMentor("Dicte Lorentz", "HONO", 12, "psykiatri angst", employer="Selvstændig", evenings=True),
    DemoCorpsMentor("Hans Jørn Vad", "TILB", 15, "oplæring køkken", employer="Projekt Havnens Køkken", sex="M"),
)
"""The corps of 24; the first eight are in the screenshots."""
COMPANIES = (
    DemoCorpsMentor("Jens Ove Krag", "VIRK", 5, "køkken lager", "Havnens Køkken", "M", "Havnen"),
    DemoCorpsMentor("Winnie Bonde", "VIRK", 6, "butik", "Sønderå Brugs"),
    DemoCorpsMentor("Keld Trane", "VIRK", 6, "lager truck", "Trane Transport", "M", "Havnen"),
    DemoCorpsMentor("Rosa Lindegaard", "VIRK", 6, "rengøring", "Lindegaard Service"),
    DemoCorpsMentor("Ejner Stougaard", "VIRK", 6, "gartner", "Åens Planteskole", "M"),
    DemoCorpsMentor("Connie Fog", "VIRK", 6, "kantine køkken", "Rådhusets Kantine"),
    DemoCorpsMentor("Allan Bisp", "VIRK", 6, "værksted", "Bisps Auto", "M", "Vestbyen"),
    DemoCorpsMentor("Gerda Myhre", "VIRK", 6, "pleje", "Plejehjemmet Engen"),
)
HIRED = (
    DemoCorpsMentor("Peter Holm", "EKST", 20, "misbrug", LYSNING, "M", evenings=True),
    DemoCorpsMentor("Merete Sylvest", "EKST", 25, "psykiatri angst", LYSNING),
    DemoCorpsMentor("Farid Noor", "EKST", 25, "*arabisk *dari netværk", LYSNING, "M"),
    DemoCorpsMentor("Kamilla Hjort", "EKST", 25, "autisme adhd", BRO),
    DemoCorpsMentor("Steen Vagner", "EKST", 25, "jobsøgning bolig", BRO, "M"),
    DemoCorpsMentor("Zeynep Aydin", "EKST", 25, "*tyrkisk unge", BRO),
    DemoCorpsMentor("Lotte Kjems", "EKST", 25, "misbrug gæld", VENDEPUNKT),
    DemoCorpsMentor("Bent Rosing", "EKST", 25, "struktur døgnrytme", VENDEPUNKT, "M"),
)
VOLUNTEERS = (
    DemoCorpsMentor("Ellen Bro", "FRIV", 4, "netværk sprogtræning", "Sønderå Frivilligcenter"),
    DemoCorpsMentor("Arne Tolstrup", "FRIV", 3, "netværk cykel", "Sønderå Frivilligcenter", "M"),
    DemoCorpsMentor("Inger Sørig", "FRIV", 3, "sprogtræning post", "Sønderå Frivilligcenter"),
)
NOBODY = (("Ikke", "opgivet", "00000000"), ("Call", "Center", ""), ("Ikke", "opgivet", ""))
"""Placeholder mentors as the evaluation found them, each with a supplier or none."""
SUPPLIERS = {
    LYSNING: ("12345674", ((date(2013, 1, 1), date(2013, 12, 31), 41000), (date(2014, 1, 1), None, 42500))),
    BRO: ("23456788", ((date(2013, 3, 1), date(2014, 12, 31), 39500),)),
    VENDEPUNKT: ("34567891", ((date(2013, 1, 1), date(2014, 6, 30), 43500), (date(2014, 7, 1), None, 42500))),
}
"""Name, made-up CVR number and contracts: from, to, øre an hour."""
AWAY = {
    "Anders Riis": (date(2014, 10, 27), date(2014, 11, 23), "orlov"),
    "Tilde Ravn": (date(2014, 10, 13), date(2014, 10, 17), "ferie"),
    "Leif Moos": (date(2014, 7, 7), date(2014, 7, 27), "ferie"),
    "Kamilla Hjort": (date(2014, 12, 22), date(2014, 12, 31), "ferie"),
}
FUNCTIONS = {"Havnens Køkken": (300, 3), "Rådhusets Kantine": (300, 4), "Trane Transport": (180, 3)}
"""Place mentor functions by workplace: minutes a week for all places together, and the places."""


@dataclass
class DemoMentor:
    """A mentor before storage; `load` is minutes booked by the number of the week since 2013."""

    id: int
    known: DemoCorpsMentor
    supplier_id: int | None
    function_id: int | None = None
    is_nobody: bool = False
    load: dict[int, int] = field(default_factory=dict)

    def fullest(self, first: date, last: date) -> int:
        """Return the most minutes booked in a week of the period."""
        return max((self.load.get(week, 0) for week in range(_week(first), _week(last) + 1)), default=0)

    def book(self, first: date, last: date, minutes: int) -> None:
        """Book minutes in each week of the period."""
        for week in range(_week(first), _week(last) + 1):
            self.load[week] = self.load.get(week, 0) + minutes


class DemoCorps:
    """The corps and its free time; for larger sizes the corps is repeated under random names."""

    def __init__(self, rows: Rows, times: int, rng: Random) -> None:
        self._rows, self._rng = rows, rng
        self.suppliers = {name: self._supplier(name) for name in SUPPLIERS}
        first = [self._mentor(known) for known in (*CORPS, *COMPANIES, *HIRED, *VOLUNTEERS)]
        more = [self._mentor(self._renamed(helper.known)) for _ in range(times - 1) for helper in first]
        self.helpers = first + more
        self.nobody = [self._nobody(*one) for one in NOBODY]
        self.by_name = {helper.known.name: helper for helper in first}

    def places(self) -> dict[str, int]:
        """Return the ids by name, for the users' roles."""
        return self.suppliers | {name: helper.id for name, helper in self.by_name.items()}

    def choose(self, mentor_type: str, first: date, last: date, minutes: int) -> DemoMentor | None:
        """Return the first of the type with room in every week; None where all are full."""
        fitting = [h for h in self.helpers if h.known.type == mentor_type and not h.function_id]
        self._rng.shuffle(fitting)
        fitting.sort(key=lambda h: h.known.name != "Samira Haddad")
        room = (h for h in fitting if h.fullest(first, last) + minutes <= h.known.hours * 60)
        return next(room, None)

    def choose_function(self, first: date, last: date) -> DemoMentor:
        """Return the place mentor with the most free places in the period."""
        return min((h for h in self.helpers if h.function_id), key=lambda h: h.fullest(first, last))

    def hired(self, rng: Random) -> DemoMentor:
        """Return a supplier's mentor when nobody has room, because suppliers hire."""
        return rng.choice([helper for helper in self.helpers if helper.known.type == "EKST"])

    def price(self, helper: DemoMentor, day: date, standard: int) -> int:
        """Return the hourly price that day: the contract's of a supplier, otherwise the standard price."""
        if helper.known.type == "FRIV":
            return 0
        contracts = SUPPLIERS[helper.known.employer][1] if helper.supplier_id else ()
        return next((p for a, b, p in contracts if a <= day <= (b or date.max)), standard)

    def _supplier(self, name: str) -> int:
        cvr, contracts = SUPPLIERS[name]
        contact = "Dorthe Lysholm" if name == LYSNING else " ".join(draw_name("K", self._rng)[:2])
        host = name.split(" ", maxsplit=1)[0].lower().encode("ascii", "ignore").decode()
        supplier_id = self._rows.add(
            Supplier, name=name, cvr=cvr, contact_name=contact, phone="00707070", email=f"kontakt@{host}.example.dk"
        )
        for first, last, price in contracts:
            self._rows.add(Contract, supplier_id=supplier_id, valid_from=first, valid_to=last, hourly_price=price)
        return supplier_id

    def _renamed(self, known: DemoCorpsMentor) -> DemoCorpsMentor:
        first, last, _ = draw_name(known.sex, self._rng)
        return known._replace(name=f"{first} {last}")

    def _mentor(self, known: DemoCorpsMentor) -> DemoMentor:
        mentor_id = self._rows.next_id(Mentor)
        supplier_id = self.suppliers.get(known.employer)
        first, last = known.name.rsplit(" ", maxsplit=1)
        self._row(mentor_id, known, first, last, f"00{100000 + mentor_id:06d}", supplier_id)
        self._rows.add(
            MentorHours, mentor_id=mentor_id, valid_from=SINCE, valid_to=None, minutes_per_week=known.hours * 60
        )
        for word in known.skills.split():
            kind = "language" if word.startswith("*") else "competence"
            code = word.removeprefix("*").replace("-", " ")
            self._rows.add(MentorSkill, mentor_id=mentor_id, kind=kind, code=code)
        self._rows.add(MentorSkill, mentor_id=mentor_id, kind="language", code="dansk")
        if known.type == "HONO":
            self._rows.add(MentorPrice, mentor_id=mentor_id, valid_from=SINCE, hourly_price=32000)
        if known.name in AWAY:
            away = dict(zip(("first_day", "last_day", "reason"), AWAY[known.name], strict=True))
            self._rows.add(MentorAbsence, mentor_id=mentor_id, **away)
        return DemoMentor(mentor_id, known, supplier_id, self._function(mentor_id, known))

    def _function(self, mentor_id: int, known: DemoCorpsMentor) -> int | None:
        if known.employer not in FUNCTIONS:
            return None
        minutes, places = FUNCTIONS[known.employer]
        return self._rows.add(
            MentorFunction,
            mentor_id=mentor_id,
            workplace=known.employer,
            minutes_per_week=minutes,
            places=places,
            valid_from=SINCE,
        )

    def _nobody(self, first: str, last: str, phone: str) -> DemoMentor:
        mentor_id = self._rows.next_id(Mentor)
        known = DemoCorpsMentor(f"{first} {last}", "EKST", 0, "", LYSNING)
        self._row(mentor_id, known, first, last, phone, self.suppliers[LYSNING])
        return DemoMentor(mentor_id, known, self.suppliers[LYSNING], is_nobody=True)

    def _row(
        self, mentor_id: int, known: DemoCorpsMentor, first: str, last: str, phone: str, supplier_id: int | None
    ) -> None:
        cleared = SINCE - timedelta(days=self._rng.randrange(10, 300))
        internal = known.employer == "Jobcenter Sønderå"
        self._rows.add(
            Mentor,
            id=mentor_id,
            first_name=first,
            last_name=last,
            search_name=f"{first} {last}".casefold(),
            mentor_type=known.type,
            phone=phone,
            email=f"mentor{mentor_id}@example.dk" if known.hours else "",
            employer=known.employer,
            supplier_id=supplier_id,
            area=known.area,
            qualification="Socialpædagogisk uddannelse og mentorkursus" if internal else "",
            course_hours=self._rng.choice((24, 30, 37)) if known.hours and known.type != "FRIV" else None,
            sex=known.sex if known.hours else "",
            evenings=known.evenings,
            clearance_on=cleared if known.hours else None,
            active_from=SINCE,
        )


def _week(day: date) -> int:
    return (day - SINCE).days // 7
