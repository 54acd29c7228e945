"""Find missing facts to ask for, and pairs of facts that cannot both be right (modstrid)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.money import period_cost
from jobcenter_mentor.domain.kernel.target_groups import fits
from jobcenter_mentor.domain.law.benefits import contradicted
from jobcenter_mentor.domain.law.facts import CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.law.law import LawOfDay

LEAST_AGE_OF_ADMISSION = 16
"""The age in whole years before which nobody is admitted to an education that gives a right."""
UNDER_30 = (4, 5)
"""LAB § 6, nr. 4 and 5: under 30 without education."""

QUESTIONS = {
    "citizen.group": "Hvilken målgruppe er borgeren i?",
    "citizen.has_education": "Har borgeren en erhvervskompetencegivende uddannelse?",
    "citizen.situation": "Hvilken situation er borgeren i?",
    "citizen.age": "Hvor gammel er borgeren?",
    "citizen.education_kind": "Er uddannelsen studie- eller erhvervskompetencegivende?",
    "citizen.education_admission_date": "Hvornår er borgeren optaget på uddannelsen?",
    "citizen.visitation": "Hvordan er borgeren visiteret?",
    "citizen.can_take_other_offers": "Kan borgeren deltage i andre tilbud nu?",
    "citizen.cannot_because": "Skyldes det personlige forhold, at borgeren ikke kan deltage i andre tilbud?",
    "citizen.first_offer": "Er det borgerens første tilbud?",
    "citizen.integration_programme": "Er borgeren i integrationsprogrammet?",
    "citizen.psychiatric_inpatient": "Er borgeren indlagt på en psykiatrisk afdeling?",
    "citizen.discharge_date": "Hvornår udskrives borgeren?",
    "request.start": "Hvornår skal støtten begynde?",
    "request.end": "Hvor mange uger, eller til hvilken dag, skal støtten vare?",
    "request.mentor_type": "Hvilken type mentor drejer det sig om?",
    "request.beyond_normal": "Går hjælpen ud over det, virksomheden eller skolen normalt gør?",
    "request.decisive": "Er støtten afgørende for aktiviteten, tilbuddet eller ansættelsen?",
    "request.contacts": "Hvilke dage har borger og mentor haft kontakt?",
    "request.previous_agreement": "Hvornår begyndte og sluttede den forrige aftale?",
    "agreement.group": "Hvilken målgruppe var borgeren i, da aftalen blev indgået?",
}

BEYOND_AND_DECISIVE = "Går hjælpen ud over det, virksomheden eller skolen normalt gør, og er den afgørende?"
"""One question for both conditions of § 31 d (§ 169, stk. 1), because a no to either bars the mentor alike."""

FIELDS = {
    "date": "afgørelsens dag",
    "citizen.group": "målgruppe",
    "citizen.benefit": "ydelse",
    "citizen.has_education": "uddannelse",
    "citizen.visitation": "visitation",
    "citizen.age": "alder",
    "citizen.education_admission_date": "dagen for optagelse på uddannelsen",
    "citizen.integration_programme": "integrationsprogram",
    "citizen.can_take_other_offers": "om borgeren kan deltage i andre tilbud",
    "citizen.cannot_because": "grunden til, at borgeren ikke kan",
    "citizen.psychiatric_inpatient": "om borgeren er indlagt",
    "citizen.discharge_date": "udskrivningsdag",
    "request.start": "startdag",
    "request.weeks": "antal uger",
    "request.end": "slutdag",
    "request.previous_agreement": "forrige aftale",
    "request.cost": "udgift",
    "request.costs": "udgifter for hver periode",
    "request.hourly_rate": "timepris",
    "request.cost_excluded": "fratrukket udgift",
    "request.contacts": "kontakter",
    "agreement.date": "aftalens dag",
}


def contradictions(facts: CaseFacts, law: LawOfDay) -> list[str]:
    """Return the paths of facts that contradict each other, in pairs; empty when all fit together."""
    of_benefit = contradicted(facts.citizen, law)
    pairs = [*_citizen(facts), *_period(facts), *_cost(facts.request), *_dates(facts)]
    if of_benefit is not None:
        pairs.append(of_benefit)
    return list(dict.fromkeys([path for pair in pairs for path in pair])) if pairs else []


def _citizen(facts: CaseFacts) -> Iterator[tuple[str, str]]:
    citizen = facts.citizen
    if citizen.group is not None and not fits(citizen.group, citizen.visitation, facts.date):
        yield "citizen.group", "citizen.visitation"
    if facts.date >= SECTION_6_FROM and citizen.group in UNDER_30 and (citizen.age or 0) >= 30:
        yield "citizen.group", "citizen.age"
    if _admitted_too_young(citizen, facts.date):
        yield "citizen.age", "citizen.education_admission_date"
    if citizen.can_take_other_offers and citizen.cannot_because is not None:
        yield "citizen.can_take_other_offers", "citizen.cannot_because"
    if citizen.discharge_date is None:
        return
    not_admitted = citizen.psychiatric_inpatient is False and citizen.discharge_date > facts.date
    still_admitted = citizen.psychiatric_inpatient is True and citizen.discharge_date < facts.date
    if not_admitted or still_admitted:
        yield "citizen.psychiatric_inpatient", "citizen.discharge_date"


def _admitted_too_young(citizen: CitizenFacts, on: date) -> bool:
    """Tell whether an admission is certainly before the sixteenth birthday; the age is in whole years."""
    admitted = citizen.education_admission_date
    if admitted is None or citizen.age is None or admitted > on:
        return False
    return citizen.age - age_on(admitted, on) < LEAST_AGE_OF_ADMISSION


def _period(facts: CaseFacts) -> Iterator[tuple[str, str]]:
    request = facts.request
    start = request.start
    counted = request.counted_last_day
    if facts.action != "end" and counted is not None and request.end not in (None, counted):
        yield "request.weeks", "request.end"
    previous = request.previous_agreement
    if facts.action == "extend" and previous is not None and start is not None and start <= previous.end:
        yield "request.start", "request.previous_agreement"


def _cost(request: RequestFacts) -> Iterator[tuple[str, str]]:
    if request.cost is not None and request.hourly_rate is not None:
        yield "request.cost", "request.hourly_rate"
    if request.costs is not None and request.cost is not None:
        yield "request.cost", "request.costs"
    if request.costs is not None and request.hourly_rate is not None:
        yield "request.hourly_rate", "request.costs"
    if request.cost_excluded:
        for path, whole in _whole_costs(request):
            if request.cost_excluded > whole:
                yield path, "request.cost_excluded"


def _whole_costs(request: RequestFacts) -> Iterator[tuple[str, int]]:
    if request.cost is not None:
        yield "request.cost", request.cost
    if request.costs is not None:
        yield "request.costs", sum(cost.amount for cost in request.costs)
    start, last_day, minutes = request.start, request.last_day, request.minutes_per_week
    if request.hourly_rate is not None and minutes is not None and start is not None and last_day is not None:
        yield "request.hourly_rate", period_cost(minutes, (last_day - start).days + 1, request.hourly_rate)


def _dates(facts: CaseFacts) -> Iterator[tuple[str, str]]:
    if facts.agreement is not None and facts.agreement.date is not None and facts.agreement.date > facts.date:
        yield "agreement.date", "date"
    if facts.action == "check_contact" and any(day > facts.date for day in facts.request.contacts or ()):
        yield "request.contacts", "date"
