"""What can be wrong with the data of a course (datakvalitet), why it matters by law or money, and its wording.

The courses that run on the day are checked. Hours are minutes a week, both first and last day are included.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.contacts import is_placeholder, is_placeholder_email, is_placeholder_phone
from jobcenter_mentor.domain.law.agreement_items import demanded_by, is_too_long
from jobcenter_mentor.domain.law.law import LawOfDay

LAW, MONEY, DATA = "law", "money", "data"
KINDS = {LAW: "Lov", MONEY: "Penge", DATA: "Data"}
WEIGHT = {LAW: 0, MONEY: 1, DATA: 2}
FULL_WEEK = 37 * 60
AGREED_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class QualityCase:
    """A running course with everything that is checked (løbende forløb).

    `refund` is what is reserved of it, in øre; names are as registered.
    """

    id: int
    public_id: str
    case_number: str
    team_id: int
    citizen_id: int
    initials: str
    start: date
    last_day: date
    least_minutes: int
    most_minutes: int
    goal: str
    group_number: int | None
    is_assessed: bool
    has_caseworker: bool
    mentor: str | None
    mentor_contacts: tuple[str, ...]
    qualification: str
    citizen: str
    citizen_contacts: tuple[str, ...]
    is_protected: bool
    refund: int
    is_agreed: bool
    is_double: bool
    unproved: int


@dataclass(frozen=True)
class Check:
    """A check (eftersyn): what is wrong, why it matters, what to do, and whether a case has it on a day."""

    code: str
    title: str
    kind: str
    why: str
    act: str
    is_wrong: Callable[[QualityCase, date], bool]


def _has_placeholder(case: QualityCase, _on: date) -> bool:
    """Tell whether a field holds a placeholder such as "Ikke opgivet", "00000000" or "Call Center"."""
    *both, address = case.citizen_contacts
    phones, emails = zip(case.mentor_contacts, both, strict=True)
    names = (case.mentor or "", case.citizen, address)
    rules = ((is_placeholder, names), (is_placeholder_phone, phones), (is_placeholder_email, emails))
    return any(text.strip() and says_nothing(text) for says_nothing, texts in rules for text in texts)


def _is_too_long(case: QualityCase, _on: date) -> bool:
    return is_too_long(case.start, case.last_day)


CHECKS = (
    Check(
        "no_agreement",
        "Ingen gældende mentoraftale",
        LAW,
        "{agreement} Uden den kan udgiften ikke dokumenteres.",
        "Opret aftalen, og få den accepteret.",
        lambda case, on: not case.is_agreed and case.start + AGREED_WITHIN <= on,
    ),
    Check(
        "no_goal",
        "Intet formål",
        LAW,
        "{where} skal sige, hvad målet er{by}.",
        "Skriv et konkret mål, der kan måles.",
        lambda case, _on: is_placeholder(case.goal),
    ),
    Check(
        "too_long",
        "Bevilget for mere end seks måneder",
        LAW,
        "Mentorstøtte bevilges for højst seks måneder ad gangen (fra 24.04.2013).",
        "Ret slutdatoen, eller afgør på ny.",
        _is_too_long,
    ),
    Check(
        "mentor_contact",
        "Mentoren mangler telefon og e-mail",
        LAW,
        "{where} skal nævne mentorens kontaktoplysninger{by}.",
        "Ret mentoren i registret.",
        lambda case, _on: case.mentor is not None and not any(text.strip() for text in case.mentor_contacts),
    ),
    Check(
        "not_assessed",
        "Ikke vurderet efter loven",
        LAW,
        "Forløbet er importeret, og retsgrundlaget er ikke prøvet.",
        "Åbn forløbet, og vurdér det.",
        lambda case, _on: not case.is_assessed,
    ),
    Check(
        "unproved_meetings",
        "Afholdte møder uden notat og emne",
        MONEY,
        "Timer uden spor af, hvad der skete, kan ikke dokumenteres over for revisor.",
        "Bed mentoren skrive, hvad mødet handlede om.",
        lambda case, _on: case.unproved > 0,
    ),
    Check(
        "double",
        "To individuelle mentorer på samme tid",
        MONEY,
        "Samme støtte kan være betalt to gange.",
        "Stop det ene forløb, eller skriv, hvordan de deler.",
        lambda case, _on: case.is_double,
    ),
    Check(
        "many_hours",
        "37 timer om ugen eller mere",
        MONEY,
        "Timetallet er formentlig tastet forkert og binder hele rammen.",
        "Ret timetallet.",
        lambda case, _on: case.most_minutes >= FULL_WEEK,
    ),
    Check(
        "no_group",
        "Ukendt målgruppe",
        MONEY,
        "Refusionen afhænger af målgruppen.",
        "Ret borgerens ydelse og visitation.",
        lambda case, _on: case.group_number is None,
    ),
    Check(
        "zero_hours",
        "Ingen timer om ugen",
        MONEY,
        "Forløbet tæller ikke med i rammen, og mentoren kan ikke afregnes.",
        "Skriv timetallet.",
        lambda case, _on: case.least_minutes == 0,
    ),
    Check(
        "qualification",
        "Mentorens kvalifikationer mangler",
        DATA,
        "Statens revision efterspørger dem.",
        "Skriv dem i mentorregistret.",
        lambda case, _on: case.mentor is not None and not case.qualification.strip(),
    ),
    Check(
        "placeholder",
        "Udfyldt uden indhold",
        DATA,
        "Felter som »Ikke opgivet«, »00000000« eller »Call Center« ser udfyldt ud, men er det ikke.",
        "Skriv den rigtige oplysning, eller tøm feltet.",
        _has_placeholder,
    ),
    Check(
        "citizen_contact",
        "Borgeren mangler telefon, e-mail og adresse",
        DATA,
        "Borgeren kan ikke nås.",
        "Spørg borgeren, og ret stamdata.",
        lambda case, _on: not case.is_protected and not any(text.strip() for text in case.citizen_contacts),
    ),
    Check(
        "no_caseworker",
        "Ingen sagsbehandler",
        DATA,
        "Ingen får besked om fristerne.",
        "Vælg en sagsbehandler.",
        lambda case, _on: not case.has_caseworker,
    ),
)


def said_on(check: Check, law: LawOfDay) -> Check:
    """Return the check with the section in force on the day (aftalen, from 2020 Min Plan) in its reason."""
    by, in_plan = demanded_by(law), law.day >= SECTION_6_FROM
    agreement = "Kommunen laver en skriftlig aftale."
    if by:
        agreement = f"Der skal være en skriftlig aftale ({by})."
    if in_plan:
        agreement = f"Min Plan skal have oplysninger om mentoren ({by}), og kommunens aftale er beviset."
    where, section = ("Min Plan" if in_plan else "Aftalen"), f" ({by})" if by else ""
    return replace(check, why=check.why.format(agreement=agreement, where=where, by=section))


def check_of(code: str) -> Check | None:
    """Return the check with a code (eftersyn), None for an unknown code."""
    return next((check for check in CHECKS if check.code == code), None)
