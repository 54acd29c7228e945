"""Checks the content of an agreement against the law of the day, and drafts its letter."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.letter_values import AgreementValues
from jobcenter_mentor.casefile.letters.letter_words import listed
from jobcenter_mentor.casefile.letters.letterhead import head_of
from jobcenter_mentor.casework.agreements.custom_items import LONGEST, POINTS
from jobcenter_mentor.casework.grants.contact_rule import days_by_law, interval_on
from jobcenter_mentor.casework.grants.letters import basis_of, duty_words
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.contacts import can_be_reached, flaws_of
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.needs import TASKS
from jobcenter_mentor.domain.kernel.office_words import errors_of
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.agreement_items import Items, demanded_by, missing_items, missing_words
from jobcenter_mentor.domain.law.deadlines import period_section
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import get_municipality

LONGEST_INTERVAL = 31
"""The most days between contacts where the law sets no interval: after a month without contact there is no support."""


@dataclass(frozen=True)
class NewAgreement:
    """A new agreement (aftale): the items of the law, place, contact interval and further points.

    `terms` are the further points by the names of `custom_items.POINTS`. Hours are minutes a week.
    """

    goal: str
    mentor_name: str
    mentor_contact: str
    tasks: tuple[str, ...]
    start: date | None
    last_day: date | None
    minutes_per_week: int | None
    complaint_guidance: str
    meeting_place: str = ""
    contact_interval_days: int | None = None
    terms: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> Items:
        """Return the items that the law names."""
        return Items(
            self.goal,
            self.mentor_name,
            self.mentor_contact,
            self.tasks,
            self.start,
            self.last_day,
            self.minutes_per_week,
            self.complaint_guidance,
        )


def complaint_guidance(session: Session, *, on: date, law: Law) -> str:
    """Return the guidance on how to complain (klagevejledning), with the deadlines of retssikkerhedsloven §§ 66-67."""
    own, day = get_municipality(session), law.on(on)
    body = day.text("decision.complaint_body")
    return (
        f"Du kan klage til {own.jobcentre} senest {day.whole('decision.complaint_weeks')} uger efter, at du har fået "
        f"aftalen. Du kan skrive, ringe eller møde op. Vi vurderer sagen igen inden "
        f"{day.whole('decision.review_weeks')} uger og sender klagen til {body}, hvis du ikke får medhold."
    )


def check(grant: Grant, new: NewAgreement, *, on: date, law: Law) -> None:
    """Check the items of the law, the mentor, and that the period lies within the grant and the law.

    Raises ValidationFailed that names every missing item, with the section that asks for it, and every wrong field.
    """
    gone = missing_items(new.items, law.on(on))
    errors = {item: [missing_words(item, law.on(on))] for item in gone}
    missing = list(gone.values())
    if grant.mentor is None:
        errors["mentor_name"] = ["Forløbet har ingen mentor. Vælg en mentor først."]
    else:
        flaws = flaws_of(new.mentor_name, grant.mentor.phone, grant.mentor.email)
        if flaws or not can_be_reached(new.mentor_contact):
            errors.setdefault("mentor_contact", [" ".join(flaws) or "Skriv mentorens telefon og e-mail."])
    for name, message in (*_period_errors(grant, new, law), *_contact_errors(grant, new, law), *_terms_errors(new)):
        errors.setdefault(name, []).append(message)
    own = {"goal": new.goal, "complaint_guidance": new.complaint_guidance, "meeting_place": new.meeting_place}
    errors = errors_of(own | new.terms) | errors
    if errors:
        summary = f"Aftalen mangler {listed(missing)}." if missing else "Aftalen kan ikke gemmes. Ret felterne."
        raise ValidationFailed(summary, errors=errors)


def letter_of(
    session: Session, grant: Grant, new: NewAgreement, *, actor: Actor, law: Law, address_confirmed: bool = False
) -> letters.LetterDraft:
    """Draft the letter of an agreement, to be rendered before the writing transaction.

    Raises ValidationFailed as `check` does.
    """
    check(grant, new, on=actor.day, law=law)
    values = AgreementValues(
        **head_of(session, grant.citizen, grant.case_number, by_id=actor.user.id, on=actor.day),
        legal_basis=(basis_of(grant, law, actor.day),),
        goal=new.goal,
        tasks=tuple(TASKS.get(code, code) for code in new.tasks),
        mentor_name=new.mentor_name,
        mentor_contact=new.mentor_contact,
        start=new.start or grant.start,
        last_day=new.last_day or grant.last_day,
        minutes_per_week=new.minutes_per_week or 0,
        duty_text=duty_words(
            right_and_duty=bool(grant.right_and_duty) and actor.day < SECTION_6_FROM,
            right=bool(grant.right),
            interval=days_by_law(grant, new.start or grant.start, law),
        ),
        complaint_guidance=new.complaint_guidance,
        demanded_by=demanded_by(law.on(actor.day)),
        in_plan=actor.day >= SECTION_6_FROM,
        mentor_employer=grant.mentor.employer if grant.mentor else "",
        qualification=grant.mentor.qualification if grant.mentor else "",
        contact_interval_days=new.contact_interval_days,
        place=new.meeting_place,
        terms=tuple((name, new.terms[code]) for code, name in POINTS.items() if new.terms.get(code)),
    )
    return letters.agreement_draft(values, address_confirmed=address_confirmed)


def _period_errors(grant: Grant, new: NewAgreement, law: Law) -> list[tuple[str, str]]:
    """Return what is wrong with period and hours, by field."""
    if new.start is None or new.last_day is None:
        return []
    if new.last_day < new.start:
        return [("last_day", "Slutdato ligger før startdato.")]
    found = []
    if new.start < grant.start or new.last_day > grant.last_day:
        within = f"{grant.start:%d.%m.%Y} til {grant.last_day:%d.%m.%Y}"
        found.append(
            ("start" if new.start < grant.start else "last_day", f"Perioden skal ligge i bevillingen, {within}.")
        )
    longest = longest_day(new.start, law)
    if longest is not None and new.last_day > longest:
        found.append(("last_day", f"En aftale kan højst vare {_months(new.start, law)}, her til {longest:%d.%m.%Y}."))
    if (new.minutes_per_week or 0) > grant.minutes_on(new.start) > 0:
        found.append(("minutes_per_week", "Timetallet er højere end det, der er bevilget."))
    return found


def _contact_errors(grant: Grant, new: NewAgreement, law: Law) -> list[tuple[str, str]]:
    """Return what is wrong with the days between contacts: from one to the most that this course allows."""
    days, asked = new.contact_interval_days, interval_on(grant, new.start or grant.start, law)
    most = asked.days if asked else None
    if days is None or 1 <= days <= (most or LONGEST_INTERVAL):
        return []
    text = f"Skriv et antal dage fra 1 til {most or LONGEST_INTERVAL}."
    if asked:
        whose = "Loven" if asked.authority == "law" else "Kommunen"
        text = f"{text} {whose} kræver kontakt mindst hver {most}. dag."
    return [("contact_interval_days", text)]


def _terms_errors(new: NewAgreement) -> list[tuple[str, str]]:
    """Return which further points are too long, by field."""
    return [(code, f"Højst {LONGEST} tegn.") for code in POINTS if len(new.terms.get(code, "")) > LONGEST]


def longest_day(start: date, law: Law) -> date | None:
    """Return the latest possible last day of an agreement, None where the law of the day sets no limit."""
    months = law.on(start).find("mentor.longest_period_months")
    return last_day_of_months(start, months) if isinstance(months, int) else None


def _months(start: date, law: Law) -> str:
    return f"{law.on(start).whole('mentor.longest_period_months')} måneder ({period_section(law.on(start))})"
