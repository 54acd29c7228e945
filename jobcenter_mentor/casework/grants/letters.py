"""The decision letter: what it tells the citizen, in plain words and with the law that decided."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_values import DecisionValues
from jobcenter_mentor.casefile.letters.letter_words import in_words, often
from jobcenter_mentor.casefile.letters.letterhead import as_read, guidance_of, head_of
from jobcenter_mentor.casefile.letters.service import LetterDraft, decision_draft
from jobcenter_mentor.casework.grants import hearing_text
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, group_of
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.change_days import EDUCATION_BENEFIT_FROM, SECTION_6_FROM
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import TASKS
from jobcenter_mentor.domain.kernel.periods import last_working_day, next_working_day
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.deadlines import Deadline, deadlines_of_grant
from jobcenter_mentor.domain.law.grounds import Ground, ground_of, running_basis, sections_of
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.domain.law.open_points import rested_on
from jobcenter_mentor.domain.law.radar import monthly_reports
from jobcenter_mentor.domain.law.situation import standing_words

REVIEWS = {
    "review": "taler vi om, hvordan det går",
    "end_review": "taler vi om, hvad der skal ske bagefter",
}
"""Follow-ups the citizen takes part in, by the kind of their deadline, in the words of a letter."""
GIVEN_SUPPORT = {
    "sel85": "bostøtte efter serviceloven § 85",
    "sel99": "en kontaktperson efter serviceloven § 99",
}


def draft(
    session: Session,
    decision: Decision,
    appraisal: Appraisal,
    *,
    on: date,
    law: Law,
    address_confirmed: bool = False,
) -> LetterDraft:
    """Return the draft of the letter for a grant or a refusal, with the values of the day."""
    referral, assessment, of_day = referral_of(decision), appraisal.assessment, law.on(on)
    at_company = is_at_company(appraisal.terms.mentor_type, of_day)
    values = DecisionValues(
        **head_of(session, decision.citizen, decision.case_number, by_id=decision.proposed_by_id, on=on),
        **guidance_of(of_day),
        **(_refused(session, decision, on) if decision.kind == "refusal" else _given(decision, appraisal, on, law)),
        legal_basis=sections_of(assessment, of_company=at_company),
        standing=_standing(referral, on),
        goal=referral.goal,
        tasks=tuple(TASKS[code] for code in referral.tasks),
        considerations=tuple(line for line in decision.considerations.splitlines() if line.strip()),
        beyond_normal=_beyond_normal(referral) if at_company else "",
    )
    values = as_read(values, rested_on(assessment.warnings, of_day))
    kind = "refusal" if decision.kind == "refusal" else "decision"
    return decision_draft(kind, values, address_confirmed=address_confirmed)


class _Words(TypedDict):
    title: str
    heading: str
    verdict: str
    duty_text: str
    reasons: str


class _Refusal(_Words):
    asked_from: date
    hearing: str
    other_help: str


class _Grant(_Words):
    goal_by: date | None
    minutes_per_week: int
    start: date
    last_day: date
    call_by: date | None
    in_plan: bool
    longest_months: int | None
    follow_ups: tuple[tuple[date, str], ...]


def _refused(session: Session, decision: Decision, on: date) -> _Refusal:
    """Return what only a refusal says."""
    referral = referral_of(decision)
    return _Refusal(
        title="Afslag på mentorstøtte",
        heading="Du får ikke en mentor",
        verdict="Vi har afgjort, at du ikke kan få en mentor.",
        duty_text="",
        reasons=decision.reason,
        asked_from=referral.start,
        hearing=hearing_text.words_for(hearing_text.find(session, decision), decision.hearing_note, on),
        other_help=_other_help(referral, decision.other_help),
    )


def _given(decision: Decision, appraisal: Appraisal, on: date, law: Law) -> _Grant:
    """Return what only a grant says."""
    referral, terms, assessment = referral_of(decision), appraisal.terms, appraisal.assessment
    planned = deadlines_of(appraisal, on, law)
    return _Grant(
        title="Bevilling af mentorstøtte",
        heading="Du får en mentor",
        verdict=_granted(appraisal),
        duty_text=duty_of(assessment),
        reasons=_reasons(referral, assessment, decision.reason, on),
        goal_by=referral.goal_by,
        minutes_per_week=terms.minutes_per_week,
        start=terms.start,
        last_day=terms.last_day,
        call_by=_call_by(planned, on),
        in_plan=on >= SECTION_6_FROM,
        longest_months=longest_months(assessment, law.on(on)),
        follow_ups=follow_up_words(planned),
    )


def referral_of(decision: Decision) -> Referral:
    """Return the referral behind the decision; raises Conflict when it is gone."""
    if decision.referral is None:
        raise Conflict("Afgørelsen har ingen henvisning.")
    return decision.referral


def group_words(referral: Referral, law: LawOfDay) -> str:
    """Return the target group in words, such as "Kontanthjælp, aktivitetsparat (LAB § 2, nr. 3)".

    Empty before the first status.
    """
    status = referral.citizen.status_on(law.day)
    if status is None:
        return ""
    visitation = f", {VISITATIONS[status.visitation].lower()}" if status.visitation else ""
    number = group_of(referral.citizen, law)
    paragraph = "§ 6" if law.day >= SECTION_6_FROM else "§ 2"
    section = f" (LAB {paragraph}, nr. {number})" if number else ""
    return f"{BENEFITS[status.benefit]}{visitation}{section}"


def basis_of(grant: Grant, law: Law, on: date) -> str:
    """Return the section a running course rests on that day, also where a new act has come since the grant."""
    granted = grant.decided_on or grant.start
    return running_basis(
        grant.legal_basis,
        discharge_right=bool(grant.discharge_right),
        granted_under=law.on(granted).found_code,
        law=law.on(on).found_code,
    )


def is_at_company(mentor_type: str, law: LawOfDay) -> bool:
    """Tell whether the mentor is employed at a company or a school, where support must be more than is usual."""
    types = law.find("mentor.beyond_normal_types")
    return isinstance(types, tuple) and mentor_type in types


def longest_months(assessment: Assessment, law: LawOfDay) -> int | None:
    """Return the most months at a time that the letter mentions: none for a right of a least period from 2020."""
    months = law.find("mentor.longest_period_months")
    if not isinstance(months, int) or (law.day >= SECTION_6_FROM and assessment.discharge_right):
        return None
    return months


def _granted(appraisal: Appraisal) -> str:
    terms = appraisal.terms
    period = f"fra {in_words(terms.start)} til og med {in_words(terms.last_day)}"
    return f"Du får en mentor {hours_words(terms.minutes_per_week)} om ugen {period}."


def _call_by(planned: Iterable[Deadline], on: date) -> date | None:
    """Return by when the citizen hears from the office: before the agreement is due, else at the first contact.

    It is a working day: before a start on a weekend, or the first one after it.
    """
    due = {deadline.kind: deadline.due for deadline in planned}
    agreement = last_working_day(due["agreement"]) if "agreement" in due else None
    if agreement is not None and agreement > on:
        return agreement
    first = due.get("first_contact")
    return None if first is None else next_working_day(first)


def duty_words(*, right_and_duty: bool, right: bool, interval: int | None) -> str:
    """Return right, duty or offer (ret, pligt eller tilbud) in words for the citizen.

    `interval` is the days between contacts that the law demands.
    """
    if right_and_duty:
        contact = f" Du og mentoren skal have kontakt {often(interval)}." if interval else ""
        return (
            "Du har både ret og pligt til mentoren. Det betyder, at vi skal give dig en mentor, og at du skal tage "
            f"imod.{contact}"
        )
    if right:
        return "Du har ret til mentoren, men du bestemmer selv, om du vil tage imod."
    return "Mentoren er et tilbud. Du bestemmer selv, om du vil tage imod."


def duty_of(assessment: Assessment) -> str:
    """Return right, duty or offer in words for the citizen, as the assessment answers."""
    return duty_words(
        right_and_duty=bool(assessment.right_and_duty),
        right=bool(assessment.right),
        interval=assessment.min_contact_interval_days,
    )


def _reasons(referral: Referral, assessment: Assessment, reason: str, on: date) -> str:
    """Return the reasons, by the ground the support rests on; every fact mentioned is one that gave the right."""
    said = {
        Ground.DUTY: "Du kan i en periode ikke deltage i andre tilbud på grund af personlige forhold. "
        "Derfor skal vi give dig en mentor.",
        Ground.DISCHARGE: f"{_discharge_words(referral, on)} Derfor har du ret til en mentor.",
        Ground.EDUCATION: f"{_education_words(referral, on)} Derfor har du ret til en mentor.",
        Ground.OFFER: f"Vi vurderer, at en mentor kan hjælpe dig med at få eller holde fast i {_purpose(on)}.",
    }
    return f"{said[ground_of(assessment)]} {reason}".strip()


def _purpose(on: date) -> str:
    """Return what the act gives support for: ordinary education since 2014 for all (§ 31 b, § 167)."""
    return (
        "aktiviteter, tilbud, uddannelse eller job" if on >= EDUCATION_BENEFIT_FROM else "aktiviteter, tilbud eller job"
    )


def _standing(referral: Referral, on: date) -> str:
    """Return the citizen's benefit and visitation of the day in words; empty where none is known."""
    status = referral.citizen.status_on(on)
    return standing_words(status.benefit, status.visitation) if status else ""


def _discharge_words(referral: Referral, on: date) -> str:
    """Return the discharge that gives the right, in words."""
    day = referral.discharge_date
    if day is None:
        return "Du er indlagt på en psykiatrisk afdeling."
    been = "er udskrevet" if day <= on else "udskrives"
    return f"Du {been} fra en psykiatrisk afdeling {in_words(day)}."


def _education_words(referral: Referral, on: date) -> str:
    """Return the admission that gives the right, in words."""
    day = referral.education_admission_date
    kind = "en uddannelse, der giver studie- eller erhvervskompetence"
    if day is None:
        return f"Du er optaget på {kind}."
    return f"Du {'er' if day <= on else 'bliver'} optaget på {kind}, {in_words(day)}."


def deadlines_of(appraisal: Appraisal, on: date, law: Law) -> list[Deadline]:
    """Return the deadlines after the grant, as planned when it is approved that day."""
    terms, of_day = appraisal.terms, law.on(on)
    planned = deadlines_of_grant(
        granted=on,
        start=terms.start,
        end=terms.last_day,
        right_and_duty=bool(appraisal.assessment.right_and_duty),
        law=of_day,
    )
    return planned + monthly_reports(start=terms.start, end=terms.last_day, law=of_day)


def follow_up_words(planned: Iterable[Deadline]) -> tuple[tuple[date, str], ...]:
    """Return the follow-ups the citizen takes part in, as day and words; what only the office does is left out.

    Talks are on working days, never later than planned. A talk on how it goes that would come after the one on what
    follows is left out.
    """
    talks = sorted((one.due, one.kind) for one in planned if one.kind in REVIEWS)
    closing = min((due for due, kind in talks if kind == "end_review"), default=date.max)
    return tuple((last_working_day(due), REVIEWS[kind]) for due, kind in talks if kind == "end_review" or due < closing)


def _beyond_normal(referral: Referral) -> str:
    """Return in words the answer to the company or school question; empty where nobody has answered."""
    found = []
    if referral.beyond_normal is not None:
        mere = "mere" if referral.beyond_normal else "ikke mere"
        found.append(f"Hjælpen er {mere}, end virksomheden eller skolen normalt giver.")
    if referral.decisive is not None:
        decides = "afgørende" if referral.decisive else "ikke afgørende"
        found.append(f"Den er {decides} for aktiviteten, tilbuddet eller ansættelsen.")
    return " ".join(found)


def _other_help(referral: Referral, other_help: str) -> str:
    if referral.other_support not in GIVEN_SUPPORT:
        return other_help
    return f"{other_help} Du får i forvejen {GIVEN_SUPPORT[referral.other_support]}."
