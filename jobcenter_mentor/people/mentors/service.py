"""The mentor corps (mentorkorpset): mentors, their hours, prices, skills and absences, and the price that holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from jobcenter_mentor.domain.kernel.contacts import flaws_of, is_placeholder
from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import check_cvr
from jobcenter_mentor.domain.kernel.identity import name_flaw
from jobcenter_mentor.domain.kernel.languages import language_error
from jobcenter_mentor.domain.kernel.mentor_types import EDUCATIONS, TRANSPORT, WORK_AREAS
from jobcenter_mentor.domain.kernel.needs import BARRIERS, TASKS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.people.mentors.contract_hours import set_hours
from jobcenter_mentor.people.mentors.corps import MentorCorps, around, in_corps
from jobcenter_mentor.people.mentors.models import Mentor, MentorHours, MentorPrice, MentorSkill
from jobcenter_mentor.people.suppliers.models import Supplier
from jobcenter_mentor.people.suppliers.service import price_of_contract
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import RoleAssignment, User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.pages.contact_details import checked_email, checked_phone

LONGEST_SKILL = 60
FIRST_YEAR = 1950
MOST_SIGNS = 100
"""Signs of a search that are read; no name is longer."""
PLAIN = (
    "mentor_type",
    "employer",
    "supplier_id",
    "area",
    "qualification",
    "course_hours",
    "sex",
    "evenings",
    "clearance_on",
    "children_clearance_on",
    "proof_on",
    "transport",
    "work_area",
    "education",
    "main_occupation",
    "work_since",
    "mentor_since",
)
"""What is kept as it was typed."""
WHOLE = tuple(selectinload(part) for part in (Mentor.hours, Mentor.prices, Mentor.skills, Mentor.absences))
"""A mentor with all that the mentor's own page shows."""


@dataclass(frozen=True)
class NewMentor:
    """A new mentor from a form or a row: hours are minutes a week from a day on; the price is øre an hour.

    `experience` are codes of `domain.needs.BARRIERS`, the themes of `domain.needs.TASKS`, the rest as on `Mentor`.
    """

    first_name: str
    last_name: str
    mentor_type: str
    phone: str
    email: str
    minutes_per_week: int
    hours_from: date
    hours_to: date | None = None
    hourly_price: int | None = None
    languages: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    employer: str = ""
    cvr: str = ""
    supplier_id: int | None = None
    area: str = ""
    qualification: str = ""
    course_hours: int | None = None
    sex: str = ""
    evenings: bool = False
    clearance_on: date | None = None
    children_clearance_on: date | None = None
    proof_on: date | None = None
    hours_reason: str = ""
    experience: tuple[str, ...] = ()
    refused_themes: tuple[str, ...] = ()
    preferred_themes: tuple[str, ...] = ()
    transport: str = ""
    work_area: str = ""
    education: str = ""
    main_occupation: bool | None = None
    work_since: int | None = None
    mentor_since: int | None = None


@dataclass(frozen=True)
class MentorFilter:
    """The filter of the list of mentors: part of a name, and a type."""

    text: str = ""
    mentor_type: str = ""


def register(session: Session, new: NewMentor, *, actor: Actor) -> Mentor:
    """Register a mentor; contact data are required. Raises ValidationFailed naming every wrong field.

    Somebody of the same name with the same number or address is the same person; one who may be is asked about.
    """
    mentor = Mentor(active_from=new.hours_from)
    _fill(mentor, new, actor.day)
    _refuse_second(session, mentor)
    session.add(mentor)
    set_hours(mentor, new.minutes_per_week, new.hours_from, new.hours_to, new.hours_reason)
    _set_price(mentor, new.hourly_price, new.hours_from)
    session.flush()
    _record(session, mentor, "mentor.register", actor)
    return mentor


def amend(session: Session, mentor: Mentor, new: NewMentor, *, actor: Actor, version: int | None = None) -> Mentor:
    """Correct a mentor; new hours or a new price count from `hours_from` and leave the earlier ones as they are.

    Raises ValidationFailed naming every wrong field, Conflict when the mentor has changed since the form was opened.
    """
    if version is not None and version != mentor.version:
        raise Conflict("Mentoren er ændret af en anden, siden du åbnede siden. Åbn siden igen.")
    _fill(mentor, new, actor.day)
    set_hours(mentor, new.minutes_per_week, new.hours_from, new.hours_to, new.hours_reason)
    _set_price(mentor, new.hourly_price, new.hours_from)
    session.flush()
    _record(session, mentor, "mentor.amend", actor)
    return mentor


def get_mentor(session: Session, public_id: str, *, actor: Actor, action: str = "mentor.read") -> Mentor:
    """Return a mentor. Raises NotFound when there is none that the user may see."""
    statement = visible(select(Mentor).where(Mentor.public_id == public_id), Mentor, actor.user, action, actor.day)
    found = session.scalar(statement.options(*WHOLE))
    if found is None:
        raise NotFound("Mentoren findes ikke.")
    return found


def list_mentors(session: Session, wanted: MentorFilter, *, only_corps: bool = False, actor: Actor) -> Sequence[Mentor]:
    """Return the mentors active on the day that the user may see, by name; all of them, or only the corps."""
    statement = visible(select(Mentor), Mentor, actor.user, "mentor.read", actor.day).where(
        or_(Mentor.active_to.is_(None), Mentor.active_to >= actor.day)
    )
    if only_corps:
        statement = statement.where(in_corps())
    if wanted.mentor_type:
        statement = statement.where(Mentor.mentor_type == wanted.mentor_type)
    if wanted.text:
        statement = statement.where(Mentor.search_name.contains(wanted.text[:MOST_SIGNS].casefold(), autoescape=True))
    return session.scalars(statement.order_by(Mentor.sort_key, Mentor.id)).all()


def count_by_type(session: Session, *, actor: Actor) -> dict[str, int]:
    """Return how many active mentors of the corps there are of each type, of those the user may see."""
    statement = visible(select(Mentor), Mentor, actor.user, "mentor.read", actor.day).where(
        in_corps(), Mentor.active_from <= actor.day, or_(Mentor.active_to.is_(None), Mentor.active_to >= actor.day)
    )
    counted = statement.with_only_columns(Mentor.mentor_type, func.count()).group_by(Mentor.mentor_type)
    return dict(session.execute(counted).all())


def find_account(session: Session, mentor: Mentor, on: date) -> User | None:
    """Return the user who is this mentor, with all roles of the same person; None without a log-in."""
    statement = select(User).join(RoleAssignment, RoleAssignment.user_id == User.id)
    running = or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on)
    return session.scalar(statement.where(RoleAssignment.mentor_id == mentor.id, running).order_by(User.id).limit(1))


def told_of(session: Session, mentor: Mentor, *, on: date) -> dict[str, Any]:
    """Return what a form says of a mentor: the hours period and the price in force on the day, or the last ones."""
    hours = next((row for row in reversed(mentor.hours) if row.valid_from <= on), None) or MentorHours()
    prices = [row.hourly_price for row in mentor.prices if row.valid_from <= on]
    supplier = session.get(Supplier, mentor.supplier_id) if mentor.supplier_id is not None else None
    names = ("first_name", "last_name", "phone", "email", "cvr", *PLAIN)
    return {name: getattr(mentor, name) for name in names} | {
        "hours_reason": hours.reason,
        "main_occupation": "" if mentor.main_occupation is None else "ja" if mentor.main_occupation else "nej",
        "experience": [skill.code for skill in mentor.skills if skill.kind == "experience"],
        "refused_themes": mentor.refused_themes or [],
        "preferred_themes": mentor.preferred_themes or [],
        "version": mentor.version,
        "minutes_per_week": hours.minutes_per_week,
        "hours_from": hours.valid_from,
        "hours_to": hours.valid_to,
        "hourly_price": prices[-1] if prices else None,
        "supplier": supplier.public_id if supplier is not None else "",
        "languages": ", ".join(skill.code for skill in mentor.skills if skill.kind == "language"),
        "competences": ", ".join(skill.code for skill in mentor.skills if skill.kind == "competence"),
    }


def contact_flaws(mentor: Mentor) -> list[str]:
    """Return what is wrong with a mentor's name, phone and e-mail, in Danish; empty when all can be used."""
    return flaws_of(mentor.name, mentor.phone, mentor.email)


def price_on(session: Session, mentor: Mentor, day: date, law: Law) -> int:
    """Return the price of one hour in øre: the mentor's own, else the supplier's contract, else the standard price.

    A volunteer costs nothing; a supplier's mentor has no standard price. Raises NotInForce, naming who and which
    day, where no price is in force.
    """
    if mentor.mentor_type == "FRIV":
        return 0
    own = [price.hourly_price for price in mentor.prices if price.valid_from <= day]
    if own:
        return own[-1]
    if mentor.supplier_id is not None:
        return price_of_contract(session, mentor.supplier_id, day)
    try:
        return standard_price(mentor.mentor_type, law.on(day))
    except NotInForce as error:
        message = f"{mentor.name} har ingen timepris den {day:%d.%m.%Y}. Sæt mentorens pris eller standardprisen."
        raise NotInForce(error.parameter, day, message) from error


def whole_corps(session: Session) -> MentorCorps:
    """Return all mentors with hours, prices and skills, as a sheet is compared with them."""
    return MentorCorps(session.scalars(select(Mentor).options(*WHOLE).order_by(Mentor.id)))


def _refuse_second(session: Session, mentor: Mentor) -> None:
    """Refuse a second row for a person. Raises ValidationFailed, naming the first."""
    known = around(session, phone=mentor.phone, email=mentor.email)
    found = known.find(name=mentor.name, phone=mentor.phone, email=mentor.email)
    if found.mentor is not None:
        field, what = ("phone", "det telefonnummer") if found.mentor.phone == mentor.phone else ("email", "den e-mail")
        raise _wrong(field, f"{found.mentor.name} er allerede oprettet med {what}. Find mentoren på listen.")
    if found.doubt is not None:
        text = f"{found.doubt.name} har det telefonnummer. Er det samme person, så find mentoren på listen."
        raise _wrong("phone", f"{text} Er det to personer, så skriv den nyes eget nummer.")


def _fill(mentor: Mentor, new: NewMentor, on: date) -> None:
    """Check the new values and put them on the mentor. Raises ValidationFailed with all errors at once."""
    errors = _errors_of(new, on)
    for field, check in (("phone", checked_phone), ("email", checked_email), ("cvr", check_cvr)):
        text = getattr(new, field)
        if field == "cvr" and not text:
            continue
        try:
            setattr(mentor, field, check(text))
        except DomainError as error:
            errors[field] = [error.message]
    if errors:
        raise ValidationFailed("Mentoren kan ikke gemmes. Ret felterne.", errors=errors)
    mentor.first_name, mentor.last_name = new.first_name.strip(), new.last_name.strip()
    mentor.search_name = mentor.name.casefold()
    for field in PLAIN:
        setattr(mentor, field, getattr(new, field))
    mentor.refused_themes = sorted(new.refused_themes) or None
    mentor.preferred_themes = sorted(new.preferred_themes) or None
    _set_skills(mentor, new)


def _errors_of(new: NewMentor, on: date) -> dict[str, list[str]]:
    """Return what is wrong with name, type, price and words, and with what is known of the person, by field."""
    errors: dict[str, list[str]] = {}
    whole = is_placeholder(f"{new.first_name} {new.last_name}")
    for field in ("first_name", "last_name"):
        if whole or is_placeholder(getattr(new, field)):
            errors[field] = ["Skriv mentorens eget navn; »Ikke opgivet«, »Call Center« og lignende duer ikke."]
        elif flaw := name_flaw(getattr(new, field)):
            errors[field] = [flaw]
    if new.mentor_type not in MENTOR_TYPES:
        errors["mentor_type"] = ["Vælg en af de ti mentortyper."]
    if new.mentor_type == "FRIV" and new.hourly_price:
        errors["hourly_price"] = ["En frivillig mentor har ingen timepris."]
    elif new.hourly_price is not None and not 0 <= new.hourly_price <= 1_000_000:
        errors["hourly_price"] = ["Uden for det tilladte (højst 10.000 kr.)."]
    for field in ("languages", "competences"):
        if any(len(word.strip()) > LONGEST_SKILL for word in getattr(new, field)):
            errors[field] = [f"Højst {LONGEST_SKILL} tegn i hvert ord. Adskil med komma."]
    unknown = [language_error(word) for word in new.languages if word.strip()]
    if any(unknown) and "languages" not in errors:
        errors["languages"] = [error for error in unknown if error]
    return errors | _errors_of_person(new, on)


def _errors_of_person(new: NewMentor, on: date) -> dict[str, list[str]]:
    """Return what is wrong with papers, codes, years and themes, by field."""
    errors = {
        field: ["Datoen ligger i fremtiden. Skriv den dag, papiret blev set."]
        for field in ("clearance_on", "children_clearance_on", "proof_on")
        if (getattr(new, field) or on) > on
    }
    for field, known in (("transport", TRANSPORT), ("work_area", WORK_AREAS), ("education", EDUCATIONS)):
        if getattr(new, field) not in ("", *known):
            errors[field] = ["Vælg en af mulighederne."]
    for field in ("work_since", "mentor_since"):
        if not FIRST_YEAR <= (getattr(new, field) or on.year) <= on.year:
            errors[field] = [f"Skriv et årstal fra {FIRST_YEAR} til {on.year}."]
    both = [TASKS[code] for code in new.refused_themes if code in new.preferred_themes and code in TASKS]
    if both:
        errors["refused_themes"] = [f"Både ønsket og afvist: {', '.join(both)}. Vælg én af delene."]
    if not {*new.refused_themes, *new.preferred_themes} <= TASKS.keys():
        errors["refused_themes"] = ["Vælg blandt opgaverne."]
    if not set(new.experience) <= BARRIERS.keys():
        errors["experience"] = ["Vælg blandt barriererne."]
    return errors


def _set_skills(mentor: Mentor, new: NewMentor) -> None:
    """Let the mentor have the languages, competences and experience of the form, each word once."""
    spoken = skill_words(new.languages)
    wanted = {("language", word) for word in spoken}
    wanted |= {("competence", word) for word in skill_words(new.competences) - spoken}
    wanted |= {("experience", code) for code in new.experience}
    kept = [skill for skill in mentor.skills if (skill.kind, skill.code) in wanted]
    known = {(skill.kind, skill.code) for skill in kept}
    mentor.skills = kept + [MentorSkill(kind=kind, code=code) for kind, code in sorted(wanted - known)]


def skill_words(words: Iterable[str]) -> set[str]:
    """Return languages or competences as they are kept: in small letters, each once."""
    return {word.strip().casefold() for word in words if word.strip()}


def _set_price(mentor: Mentor, hourly_price: int | None, valid_from: date) -> None:
    """Add a dated price unless it is in force already; one of the same day is replaced."""
    in_force = [price for price in mentor.prices if price.valid_from <= valid_from]
    if hourly_price is None or (in_force and in_force[-1].hourly_price == hourly_price):
        return
    same_day = [price for price in in_force if price.valid_from == valid_from]
    if same_day:
        same_day[0].hourly_price = hourly_price
    else:
        mentor.prices.append(MentorPrice(valid_from=valid_from, hourly_price=hourly_price))


def _record(session: Session, mentor: Mentor, action: str, actor: Actor) -> None:
    audit.record(
        session,
        by=actor.user,
        action=action,
        subject="mentor",
        subject_id=mentor.public_id,
        detail={"on": actor.day.isoformat()},
    )


def _wrong(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]})
