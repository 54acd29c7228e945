"""Brevet om afgørelsen: gathers what the letter to the citizen says, in plain words and with the law that decided."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.citizens.considerations import addressee
from jobcenter_mentor.domain.assessment import Assessment
from jobcenter_mentor.domain.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.deadlines import Deadline, deadlines_of_grant
from jobcenter_mentor.domain.errors import Conflict
from jobcenter_mentor.domain.hours import hours_words
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.needs import TASKS
from jobcenter_mentor.domain.radar import monthly_reports
from jobcenter_mentor.domain.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.grants import heard
from jobcenter_mentor.grants.assessing import Appraisal, group_of
from jobcenter_mentor.grants.models import Decision
from jobcenter_mentor.letters.service import Draft, decision_draft
from jobcenter_mentor.letters.values import DecisionValues, Sender
from jobcenter_mentor.referrals.models import Referral
from jobcenter_mentor.rules.service import get_municipality
from jobcenter_mentor.templating import dk_date_words

REVIEWS = {
    "review": "Vi taler sammen om, hvordan det går",
    "end_review": "Vi taler sammen om, hvad der skal ske, når perioden er slut",
}
"""Follow-ups the citizen takes part in, by the kind of their deadline, as a letter says them."""
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
) -> Draft:
    """Brevkladden for en bevilling eller et afslag, as the values are on the day."""
    referral = referral_of(decision)
    refused = decision.kind == "refusal"
    of_day, assessment = law.on(on), appraisal.assessment
    values = DecisionValues(
        sender=sender(session, decision.proposed_by_id),
        recipient=(to := addressee(decision.citizen, on)).lines,
        copy_to=to.copy_to,
        case_number=decision.case_number,
        letter_date=on,
        title="Afslag på mentorstøtte" if refused else "Bevilling af mentorstøtte",
        verdict="Du får ikke mentorstøtte." if refused else _granted(appraisal),
        legal_basis=assessment.legal_basis,
        group=group_words(referral, on),
        goal=_goal(referral),
        mentor_type=MENTOR_TYPES[appraisal.terms.mentor_type],
        duty_text="" if refused else duty_of(assessment),
        reasons=decision.reason if refused else _reasons(referral, assessment, decision.reason, on),
        tasks=tuple(TASKS[code] for code in referral.tasks),
        minutes_per_week=None if refused else appraisal.terms.minutes_per_week,
        start=None if refused else appraisal.terms.start,
        last_day=None if refused else appraisal.terms.last_day,
        contact_interval_days=None if refused else assessment.min_contact_interval_days,
        follow_ups=() if refused else _follow_ups(appraisal, on, law),
        hearing=heard.words_for(heard.find(session, decision), decision.hearing_note, on),
        considerations=tuple(line for line in decision.considerations.splitlines() if line.strip()),
        beyond_normal=_beyond_normal(referral),
        other_help=_other_help(referral, decision.other_help) if refused else "",
        complaint_weeks=of_day.whole("decision.complaint_weeks"),
        review_weeks=of_day.whole("decision.review_weeks"),
        complaint_body=of_day.text("decision.complaint_body"),
    )
    return decision_draft("refusal" if refused else "decision", values, address_confirmed=address_confirmed)


def referral_of(decision: Decision) -> Referral:
    """Henvisningen bag afgørelsen. Raises Conflict when it is gone."""
    if decision.referral is None:
        raise Conflict("Afgørelsen har ingen henvisning.")
    return decision.referral


def sender(session: Session, user_id: int) -> Sender:
    """Afsender: the municipality's own row and the caseworker who signs."""
    own, name = get_municipality(session), session.get_one(User, user_id).full_name
    return Sender(own.name, own.jobcentre, own.address, own.phone, own.email, name)


def group_words(referral: Referral, on: date) -> str:
    """Målgruppen i ord, e.g. "Kontanthjælp, aktivitetsparat (LAB § 2, nr. 3)"; empty before the first status."""
    status = referral.citizen.status_on(on)
    if status is None:
        return ""
    visitation = f", {VISITATIONS[status.visitation].lower()}" if status.visitation else ""
    number = group_of(referral.citizen, on)
    paragraph = "§ 6" if on >= SECTION_6_FROM else "§ 2"
    section = f" (LAB {paragraph}, nr. {number})" if number else ""
    return f"{BENEFITS[status.benefit]}{visitation}{section}"


def _goal(referral: Referral) -> str:
    if referral.goal_by is None:
        return referral.goal
    return f"{referral.goal.rstrip('. ')}. Målet skal være nået senest {dk_date_words(referral.goal_by)}."


def _granted(appraisal: Appraisal) -> str:
    terms = appraisal.terms
    period = f"fra {dk_date_words(terms.start)} til og med {dk_date_words(terms.last_day)}"
    return f"Du får mentorstøtte {hours_words(terms.minutes_per_week)} om ugen {period}."


def duty_words(*, right_and_duty: bool, right: bool, interval: int | None) -> str:
    """Ret, pligt eller tilbud, in the citizen's words; `interval` is the days between contacts that the law demands."""
    if right_and_duty:
        often = {7: "hver uge", 14: "hver anden uge"}.get(interval or 0, "jævnligt")
        return (
            "Du har ret og pligt til mentoren. Det betyder, at vi skal give dig en mentor, og at du skal tage imod. "
            f"Du og mentoren skal have kontakt mindst {often}."
        )
    if right:
        return "Du har ret til mentoren, men ikke pligt. Du bestemmer selv, om du vil tage imod."
    return "Mentoren er et tilbud. Du bestemmer selv, om du vil tage imod."


def duty_of(assessment: Assessment) -> str:
    """Ret, pligt eller tilbud, as the law has just been asked."""
    return duty_words(
        right_and_duty=bool(assessment.right_and_duty),
        right=bool(assessment.right),
        interval=assessment.min_contact_interval_days,
    )


def _reasons(referral: Referral, assessment: Assessment, reason: str, on: date) -> str:
    if assessment.right_and_duty:
        said = (
            f"{_status_words(referral, on)} Du kan i en periode ikke deltage i andre tilbud på grund af personlige "
            "forhold. Derfor skal vi give dig en mentor."
        ).strip()
    elif assessment.discharge_right:
        said = f"{_discharge_words(referral, on)} Derfor har du ret til en mentor."
    elif assessment.right:
        said = "Du begynder på en uddannelse og har brug for hjælp i overgangen. Derfor har du ret til en mentor."
    else:
        said = (
            "Vi vurderer, at en mentor kan hjælpe dig med at få eller holde fast i aktiviteter, uddannelse eller job."
        )
    return f"{said} {reason}".strip()


def _status_words(referral: Referral, on: date) -> str:
    """Return the citizen's benefit and visitation of the day; empty where none is known."""
    status = referral.citizen.status_on(on)
    if status is None:
        return ""
    visitation = f" og er {VISITATIONS[status.visitation].lower()}" if status.visitation else ""
    return f"Du får {BENEFITS[status.benefit].lower()}{visitation}."


def _discharge_words(referral: Referral, on: date) -> str:
    """Return the discharge that gives the right."""
    day = referral.discharge_date
    if day is None:
        return "Du udskrives fra psykiatrisk afdeling."
    been = "er udskrevet" if day <= on else "udskrives"
    return f"Du {been} fra psykiatrisk afdeling den {dk_date_words(day)}."


def deadlines_of(appraisal: Appraisal, on: date, law: Law) -> list[Deadline]:
    """Frister efter bevillingen, as planned when it is approved that day."""
    terms, of_day = appraisal.terms, law.on(on)
    planned = deadlines_of_grant(
        granted=on,
        start=terms.start,
        end=terms.last_day,
        right_and_duty=bool(appraisal.assessment.right_and_duty),
        law=of_day,
    )
    return planned + monthly_reports(start=terms.start, end=terms.last_day, law=of_day)


def _follow_ups(appraisal: Appraisal, on: date, law: Law) -> tuple[tuple[date, str], ...]:
    return follow_up_words(deadlines_of(appraisal, on, law))


def follow_up_words(planned: Iterable[Deadline]) -> tuple[tuple[date, str], ...]:
    """Opfølgning, as the citizen takes part in it: day and words; what only the office does is left out."""
    return tuple((deadline.due, REVIEWS[deadline.kind]) for deadline in planned if deadline.kind in REVIEWS)


def _beyond_normal(referral: Referral) -> str:
    if referral.beyond_normal is None:
        return ""
    if referral.beyond_normal:
        return "Støtten ligger ud over det, virksomheden eller skolen sædvanligvis giver."
    return "Støtten ligger ikke ud over det, virksomheden eller skolen sædvanligvis giver."


def _other_help(referral: Referral, other_help: str) -> str:
    if referral.other_support == "none":
        return other_help
    return f"{other_help} Du får i forvejen {GIVEN_SUPPORT[referral.other_support]}."
