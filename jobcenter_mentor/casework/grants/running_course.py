"""Import of a course that is running already, without a decision and without a letter."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.bulk_reservation import Book
from jobcenter_mentor.casework.grants import case_assessment, subcourses
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.course_change import cost_lines
from jobcenter_mentor.casework.grants.models import IMPORTED, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.proposal import record
from jobcenter_mentor.casework.grants.year_cost import NO_FRAME
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.domain.kernel.errors import NotAllowed, NotInForce, ValidationFailed
from jobcenter_mentor.domain.law.facts import CaseFacts, RequestFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor

LETTER_BEFORE = "brev sendt før systemet"


@dataclass(frozen=True)
class NewCourse:
    """A running course from a sheet: minutes a week (0 where the sheet has none), price of an hour in øre.

    `place_share` n means 1/n of a place mentor's function. Without a mentor it waits for one.
    """

    citizen: Citizen
    start: date
    last_day: date
    minutes_per_week: int
    hourly_price: int
    mentor_type: str
    goal: str = ""
    mentor: Mentor | None = None
    caseworker_id: int | None = None
    place_share: int = 1
    form: str = "individual"
    tasks: tuple[str, ...] = ()
    case_number: str = ""


@dataclass(frozen=True)
class TakenIn:
    """An imported course with the facts its assessment lacked (by path), and its warnings in Danish."""

    grant: Grant
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def find_course(session: Session, citizen: Citizen, start: date, mentor: Mentor | None) -> Grant | None:
    """Return the course by the key of the sheet: citizen, first day and mentor."""
    mentor_id = mentor.id if mentor else None
    return session.scalars(
        select(Grant).where(Grant.citizen_id == citizen.id, Grant.start == start, Grant.mentor_id == mentor_id)
    ).first()


def take_in_course(session: Session, course: NewCourse, *, actor: Actor, law: Law) -> TakenIn:
    """Take in a running course: assessed under the law of its first day, reserved without refusal.

    A course that begins on a day whose law is not entered gets no assessment. What the frame does not cover is own
    cost. Raises ValidationFailed for impossible periods and hours, and NotAllowed outside the user's scope.
    """
    if not actor.may("import.cases", course.citizen):
        raise NotAllowed("Du kan ikke importere forløb for denne borger.")
    _check(course)
    appraisal = appraise_course(session, course, law)
    grant = _new(session, course, appraisal, law, actor.day)
    if appraisal is not None:
        grant.assessment_id = case_assessment.keep(session, appraisal, referral_id=None, by=actor.user).id
    session.add(grant)
    session.flush()
    lines = appraisal.lines if appraisal else cost_lines(session, grant)
    frames.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)
    month_sums.keep(session, grant.id)
    subcourses.keep(session, [grant.id])
    record(
        session,
        grant,
        "grant.take_in",
        actor.user,
        {"case_number": grant.case_number, "assessed": appraisal is not None},
    )
    found = appraisal.assessment if appraisal else None
    return TakenIn(grant, found.missing if found else (), tuple(found.warning_texts) if found else ())


def _check(course: NewCourse) -> None:
    errors: dict[str, list[str]] = {}
    if course.last_day < course.start:
        errors["last_day"] = ["Slutdato ligger før startdato."]
    if not 0 <= course.minutes_per_week <= 168 * 60:
        errors["minutes_per_week"] = ["Timer pr. uge: Uden for det tilladte (0 til 168)."]
    if course.hourly_price < 0:
        errors["hourly_price"] = ["Timepris: Uden for det tilladte."]
    if errors:
        raise ValidationFailed("Forløbet kan ikke importeres.", errors=errors)


def appraise_course(session: Session, course: NewCourse, law: Law, book: Book | None = None) -> Appraisal | None:
    """Assess a course on its first day with the values of the sheet; None where the law of that day is not entered."""
    terms = GrantTerms(course.start, course.last_day, course.minutes_per_week, course.mentor_type, course.place_share)
    facts = CaseFacts(
        date=course.start,
        citizen=case_assessment.citizen_facts(course.citizen, law.on(course.start)),
        request=RequestFacts(
            start=terms.start,
            end=terms.last_day,
            minutes_per_week=terms.minutes_per_week,
            mentor_type=terms.mentor_type,
            hourly_rate=course.hourly_price,
            place_share=terms.place_share,
        ),
    )
    try:
        return case_assessment.appraise_facts(
            session, facts, law, terms=terms, price_ore=course.hourly_price, book=book
        )
    except NotInForce:
        return None


def values_of(course: NewCourse, appraisal: Appraisal | None, law: Law) -> dict[str, object]:
    """Return the columns of the grant, without its case number, its assessment and its mentor."""
    citizen, found = course.citizen, appraisal.assessment if appraisal else None
    status = citizen.status_on(course.start)
    first = appraisal.years[0] if appraisal else None
    return {
        "origin": IMPORTED,
        "citizen_id": citizen.id,
        "team_id": citizen.team_id,
        "caseworker_id": course.caseworker_id or citizen.caseworker_id,
        "form": course.form,
        "place_share": course.place_share,
        "mentor_type": course.mentor_type,
        "start": course.start,
        "last_day": course.last_day,
        "benefit": status.benefit if status else "",
        "visitation": status.visitation if status else None,
        "group_number": case_assessment.group_of(citizen, law.on(course.start)),
        "legal_basis": found.legal_basis if found and not found.missing else "",
        "right": found.right if found else None,
        "discharge_right": found.discharge_right if found else None,
        "right_and_duty": found.right_and_duty if found else None,
        "contact_interval_days": found.min_contact_interval_days if found else None,
        "rate_percent": first.rate_percent if first else 0,
        "frame_kind": first.frame_kind if first else NO_FRAME,
        "hourly_price": course.hourly_price,
        "goal": course.goal,
        "tasks": list(course.tasks),
        "letter_note": LETTER_BEFORE,
    }


def _new(session: Session, course: NewCourse, appraisal: Appraisal | None, law: Law, on: date) -> Grant:
    number = course.case_number or referrals.next_case_number(session, on)
    values = values_of(course, appraisal, law)
    grant = Grant(case_number=number, citizen=course.citizen, mentor=course.mentor, **values)
    grant.periods.append(
        GrantPeriod(first_day=course.start, last_day=course.last_day, minutes_per_week=course.minutes_per_week)
    )
    return grant
