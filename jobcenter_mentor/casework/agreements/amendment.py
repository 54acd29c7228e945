"""Compares an amended agreement (ændret aftale) with the one before, and applies the rules to the new terms."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.custom_items import POINTS
from jobcenter_mentor.casework.agreements.letters import NewAgreement
from jobcenter_mentor.casework.agreements.models import Agreement
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import TASKS
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor

ITEMS = {
    "goal": "Mål",
    "mentor_name": "Mentor",
    "mentor_contact": "Mentors telefon og e-mail",
    "tasks": "Opgaver",
    "start": "Første dag",
    "last_day": "Sidste dag",
    "minutes_per_week": "Timer om ugen",
    "meeting_place": "Mødested",
    "contact_interval_days": "Dage mellem kontakter",
    "complaint_guidance": "Klagevejledning",
}


@dataclass(frozen=True)
class AgreementAmendment:
    """A changed point (ændret punkt) with its name, and its words before and now."""

    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Said:
    """The assessments of the course as it was granted and of the terms now; `before` is None where there is none."""

    before: Assessment | None
    now: Assessment

    @property
    def differs(self) -> bool:
        """Tell whether the outcome, the right or the longest period differs from that of the grant."""
        return self.before is not None and self.before.differs_from(self.now)


def changes_of(before: Agreement, now: Agreement) -> list[AgreementAmendment]:
    """Return every point whose words differ."""
    found = [
        AgreementAmendment(name, _words(field, getattr(before, field)), _words(field, getattr(now, field)))
        for field, name in ITEMS.items()
    ]
    found += [
        AgreementAmendment(name, before.terms.get(code, ""), now.terms.get(code, "")) for code, name in POINTS.items()
    ]
    return [change for change in found if change.before != change.now]


def assess_again(session: Session, grant: Grant, new: NewAgreement, *, actor: Actor, law: Law) -> int | None:
    """Apply the rules to the terms of an amendment, store the assessment and return its row id.

    Returns None for an imported course, whose referral is unknown, and on days whose law has not been entered.
    """
    if grant.referral_id is None or new.start is None or new.last_day is None:
        return None
    referral = session.get_one(Referral, grant.referral_id)
    terms = case_assessment.GrantTerms(
        new.start, new.last_day, new.minutes_per_week or 0, grant.mentor_type, grant.place_share
    )
    try:
        appraisal = case_assessment.appraise_at(
            session, referral, law, on=actor.day, terms=terms, price_ore=grant.hourly_price
        )
    except NotInForce:
        return None
    return case_assessment.keep(session, appraisal, referral_id=referral.id, by=actor.user).id


def said_of(session: Session, grant: Grant, agreement: Agreement) -> Said | None:
    """Return what the rules say of an amendment, None where it has no assessment."""
    if agreement.assessment_id is None:
        return None
    now = case_assessment.kept(session.get_one(AssessmentRecord, agreement.assessment_id))
    before = session.get(AssessmentRecord, grant.assessment_id) if grant.assessment_id else None
    return Said(case_assessment.kept(before) if before else None, now)


def _words(field: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        return ", ".join(TASKS.get(f"{code}", f"{code}") for code in value)
    if field == "minutes_per_week" and isinstance(value, int):
        return hours_words(value)
    return "" if value is None else f"{value}"
