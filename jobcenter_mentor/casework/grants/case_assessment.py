"""The assessment of a case (vurdering): gathers its facts, asks the law, and stores the whole answer.

It never grants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.bulk_reservation import Book
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant
from jobcenter_mentor.casework.grants.year_cost import NO_FRAME, YearCost, left_of, with_refund, years_of
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel import money
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.target_groups import number_on
from jobcenter_mentor.domain.law import benefits
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.benefit_errors import refusal_of
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.facts import BudgetFacts, CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.domain.law.verdict import assess as answer
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User

FULL_PERIOD_WEEKS = 26


@dataclass(frozen=True)
class GrantTerms:
    """Terms of a grant (vilkår): both days included, minutes a week.

    `place_share` n means 1/n of a place mentor's function.
    """

    start: date
    last_day: date
    minutes_per_week: int
    mentor_type: str
    place_share: int = 1


@dataclass(frozen=True)
class Appraisal:
    """An assessment with its terms, its facts, and what it costs by accounting year."""

    terms: GrantTerms
    price_ore: int
    facts: CaseFacts
    assessment: Assessment
    years: tuple[YearCost, ...]

    @property
    def cost(self) -> int:
        """Return the whole cost, in øre."""
        return sum(year.cost for year in self.years)

    @property
    def is_framed(self) -> bool:
        """Tell whether the cost draws on a frame; false in a year whose law has none."""
        return any(year.frame_kind in FRAME_NAMES for year in self.years)

    @property
    def lines(self) -> list[CostLine]:
        """Return the cost lines for the frames (udgiftslinjer), one for each year."""
        return [year.line for year in self.years]


def terms_of(referral: Referral) -> GrantTerms:
    """Return the terms the referral asks for: start, hours and type, never past the longest the law allows."""
    last_day = referrals.last_day_of(referral.start, referral.weeks)
    return GrantTerms(referral.start, last_day, referral.minutes_per_week, referral.mentor_type)


def offered_terms(session: Session, referral: Referral, law: Law, *, on: date) -> GrantTerms:
    """Return the terms to suggest: as asked for, but 26 weeks or more run to the legal last day (181 to 184 days)."""
    terms = terms_of(referral)
    longest = assess(session, referral, law, on=on, terms=terms).max_period
    if longest is not None and referral.weeks >= FULL_PERIOD_WEEKS:
        return replace(terms, last_day=longest.last_day)
    return terms


def facts_of(
    referral: Referral,
    *,
    law: LawOfDay,
    price_ore: int,
    frame_remaining: int | None,
    terms: GrantTerms | None = None,
) -> CaseFacts:
    """Return the facts of the case on a day: the citizen's status that day, the referral's answers and the terms.

    What nobody has answered stays None, so that the assessment asks for it.
    """
    wanted = terms or terms_of(referral)
    request = RequestFacts(
        start=wanted.start,
        end=wanted.last_day,
        minutes_per_week=wanted.minutes_per_week,
        direct_contact_minutes=_direct_minutes(referral, wanted),
        mentor_type=wanted.mentor_type,
        beyond_normal=referral.beyond_normal,
        decisive=referral.decisive,
        hourly_rate=price_ore,
        place_share=wanted.place_share,
    )
    return CaseFacts(
        date=law.day,
        citizen=_citizen_facts(referral, law),
        request=request,
        budget=BudgetFacts(frame_remaining=frame_remaining),
        id=referral.case_number,
    )


def assess(session: Session, referral: Referral, law: Law, *, on: date, terms: GrantTerms | None = None) -> Assessment:
    """Assess the referral under the law of the day; stores nothing and grants nothing."""
    return appraise(session, referral, law, on=on, terms=terms).assessment


def appraise(session: Session, referral: Referral, law: Law, *, on: date, terms: GrantTerms | None = None) -> Appraisal:
    """Assess the referral and calculate its cost at the standard price of the mentor type that day."""
    wanted = terms or terms_of(referral)
    price_ore = standard_price(wanted.mentor_type, law.on(on))
    return appraise_at(session, referral, law, on=on, terms=wanted, price_ore=price_ore)


def appraise_at(
    session: Session, referral: Referral, law: Law, *, on: date, terms: GrantTerms, price_ore: int
) -> Appraisal:
    """Assess the referral at an hourly price in øre, where a mentor or a sheet has another price than the standard."""
    facts = facts_of(referral, law=law.on(on), price_ore=price_ore, frame_remaining=None, terms=terms)
    return appraise_facts(session, facts, law, terms=terms, price_ore=price_ore)


def keep(session: Session, appraisal: Appraisal, *, referral_id: int | None, by: User | None) -> AssessmentRecord:
    """Store the whole assessment, facts and result; it is never changed afterwards."""
    record = AssessmentRecord(**columns_of(appraisal, referral_id=referral_id, by=by))
    session.add(record)
    session.flush()
    return record


def columns_of(appraisal: Appraisal, *, referral_id: int | None, by: User | None) -> dict[str, object]:
    """Return the columns of an assessment as they are stored."""
    return {
        "referral_id": referral_id,
        "assessed_on": appraisal.facts.date,
        "law": appraisal.assessment.law.value,
        "outcome": appraisal.assessment.outcome.value,
        "facts": facts_to_dict(appraisal.facts),
        "result": appraisal.assessment.to_dict(),
        "by_id": by.id if by else None,
    }


def kept(record: AssessmentRecord) -> Assessment:
    """Return the assessment as it was stored."""
    return Assessment.from_dict(record.result)


def kept_facts(session: Session, grant: Grant, *, on: date) -> CaseFacts | None:
    """Return the stored facts of a course, brought up to the day; None for one that was never assessed.

    A course keeps the group of its agreement, whatever benefit gave it. A discharge planned before the day has
    happened.
    """
    if grant.assessment_id is None:
        return None
    facts = facts_from_dict(session.get_one(AssessmentRecord, grant.assessment_id).facts)
    citizen = facts.citizen
    if citizen.group is not None:
        citizen = replace(citizen, group=number_on(citizen.group, facts.date, on), benefit=None)
    if citizen.psychiatric_inpatient and citizen.discharge_date is not None and citizen.discharge_date < on:
        citizen = replace(citizen, psychiatric_inpatient=False)
    return replace(facts, date=on, citizen=citizen)


def replay(record: AssessmentRecord, law: Law) -> Assessment:
    """Assess the stored facts again: the same law must give the same answer."""
    return answer(facts_from_dict(record.facts), law)


def appraise_facts(
    session: Session, facts: CaseFacts, law: Law, *, terms: GrantTerms, price_ore: int, book: Book | None = None
) -> Appraisal:
    """Assess facts by asking the law twice: which frame applies, then with what is left of it.

    `book` tells how much is left where many courses are taken in at once.
    """
    first = answer(facts, law)
    years = years_of(session, first, book)
    if not years:
        return Appraisal(terms, price_ore, facts, first, _unknown_years(terms, price_ore))
    facts = replace(facts, budget=BudgetFacts(frame_remaining=left_of(years)))
    assessment = answer(facts, law)
    return Appraisal(terms, price_ore, facts, assessment, with_refund(years, assessment))


def _direct_minutes(referral: Referral, terms: GrantTerms) -> int | None:
    """Return the minutes of direct contact in the whole period; None where all of them are."""
    direct = referral.direct_minutes_per_week
    if direct is None or direct >= terms.minutes_per_week:
        return None
    return direct * ((terms.last_day - terms.start).days + 1) // 7


def citizen_facts(citizen: Citizen, law: LawOfDay) -> CitizenFacts:
    """Return what is registered of a citizen on a day: benefit, visitation, education, and the group they give."""
    status = citizen.status_on(law.day)
    known = CitizenFacts(age=age_on(citizen.birth_date, law.day), integration_programme=citizen.integration_programme)
    if status is None:
        return known
    known = replace(known, benefit=status.benefit, visitation=status.visitation, has_education=status.has_education)
    return replace(known, group=benefits.group_of(known, benefits.law_of_benefits(law)).number)


def group_of(citizen: Citizen, law: LawOfDay) -> int | None:
    """Return the number of the target group (målgruppe) that day; None where it is not known or there is none."""
    return citizen_facts(citizen, law).group


def _citizen_facts(referral: Referral, law: LawOfDay) -> CitizenFacts:
    return replace(
        citizen_facts(referral.citizen, law),
        can_take_other_offers=referral.can_take_other_offers,
        cannot_because=referral.cannot_because,
        first_offer=referral.first_offer,
        psychiatric_inpatient=referral.psychiatric_inpatient,
        discharge_date=referral.discharge_date,
        education_admission_date=referral.education_admission_date,
        education_kind=referral.education_kind,
        refugee_full_refund=referral.refugee_full_refund,
    )


ASKED_OF = {
    "asks_offers": ("mentor.s93_groups", "mentor.s96c_groups"),
    "asks_first_offer": ("mentor.s93_groups",),
    "asks_education": ("mentor.education_right_groups",),
    "asks_refugee": ("reimbursement.refugee_groups",),
}
"""Questions of the form, and the lists of the groups for which they can matter."""


def asked_of(citizen: Citizen, law: LawOfDay) -> dict[str, bool]:
    """Tell which questions of the form can matter for the citizen that day.

    For an unknown group, those of any group.
    """
    group = group_of(citizen, law)
    groups = {asks: {number for name in names for number in _numbers(law, name)} for asks, names in ASKED_OF.items()}
    asked = {asks: bool(found) if group is None else group in found for asks, found in groups.items()}
    return asked | {"asks_direct": law.find("citation.direct_contact") is not None}


def lacking_group(citizen: Citizen, law: LawOfDay) -> str:
    """Return what is wrong with what is registered of the citizen that day, such as a benefit that has ended."""
    known = citizen_facts(citizen, law)
    refused = refusal_of(known, law) if known.benefit is not None else None
    return refused.text if refused else ""


def _numbers(law: LawOfDay, name: str) -> Sequence[int | str]:
    named = law.find(name)
    return named if isinstance(named, tuple) else ()


def _unknown_years(terms: GrantTerms, price_ore: int) -> tuple[YearCost, ...]:
    costs = split_cost(terms.minutes_per_week, terms.start, terms.last_day, price_ore)
    return tuple(
        YearCost(year, money.share(cost, [1] * terms.place_share)[0], NO_FRAME, 0, None, None, None)
        for year, cost in costs
    )
