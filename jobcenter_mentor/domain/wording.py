"""Ordene i en vurdering: the Danish sentence of an outcome and the Danish text of each warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobcenter_mentor.domain.missing import FIELDS, QUESTIONS

if TYPE_CHECKING:
    from jobcenter_mentor.domain.assessment import Assessment

WARNINGS = {
    "period_too_long": "Perioden er længere end loven tillader. Støtten kan højst gives til den viste sidste dag.",
    "period_too_short": "Retten ved udskrivning gælder mindst seks måneder i alt. Perioden bør ikke være kortere.",
    "before_earliest_start": "Startdagen ligger før den dag, retten ved udskrivning begynder. Støtten er et tilbud.",
    "psychiatric_late_start_unconfirmed": (
        "Det er ikke bekræftet, om retten består, når støtten først begynder så længe efter udskrivningen."
    ),
    "single_parent_unconfirmed": (
        "Reglen om enlige forsørgere, der optages på en uddannelse, er ikke bekræftet. Spørg juristen."
    ),
    "gap_before_renewal": "Et nyt tilbud efter ret og pligt skal begynde dagen efter, at det forrige slutter.",
    "week_without_contact": "Mindst én hel uge (mandag til søndag) er uden kontakt mellem borger og mentor.",
    "mentor_not_beyond_normal": (
        "Borgeren har ret til en mentor, men denne støtte ligger ikke ud over det sædvanlige. Vælg en anden mentor."
    ),
    "hours_missing": "Timetallet er ikke oplyst.",
    "hours_zero": "Timetallet er 0.",
    "hours_above_full_time": "Timetallet er over 37 timer om ugen. Kontrollér det.",
    "hours_above_local_ceiling": "Timetallet er over kommunens eget loft.",
    "cost_missing": "Udgiften er ikke oplyst, så refusionen kan ikke beregnes.",
    "cost_excluded_by_agreement": (
        "Før 2020 findes ingen særlig regel om transport og lignende. Den fratrukne udgift er ikke regnet med."
    ),
    "frame_remaining_unknown": "Restbeløbet i mentorrammen er ikke oplyst, så refusionen kan ikke beregnes.",
    "frame_exceeded": "Udgiften er større end det, der er tilbage af mentorrammen. Resten er kommunens egen udgift.",
    "law_not_entered": "En del af udgiften ligger på dage, hvor loven endnu ikke er lagt ind.",
}


def _must_sentence(assessment: Assessment) -> str:
    words = "Ret og pligt" if assessment.right_and_duty else "Ret"
    contact = (
        f", kontakt mindst {_interval(assessment.min_contact_interval_days)}"
        if assessment.min_contact_interval_days
        else ""
    )
    return f"Skal gives. {words} efter {assessment.legal_basis}{contact}{_until(assessment)}."


def _may_sentence(assessment: Assessment) -> str:
    if assessment.termination_allowed is not None:
        return "Kan bringes til ophør."
    return f"Kan gives. Tilbud efter {assessment.legal_basis} efter en konkret vurdering{_until(assessment)}."


def _must_not_sentence(assessment: Assessment) -> str:
    if assessment.termination_allowed is not None:
        return "Kan ikke bringes til ophør nu. Borgeren har fortsat krav på mentor."
    if assessment.says("lab2014.integration"):
        return "Kan ikke gives efter LAB. Borgeren hører under integrationslovens § 23 d."
    return "Kan ikke gives. Støtten skal ligge ud over det, virksomheden eller skolen sædvanligvis gør (LAB § 31 d)."


def _undecided_sentence(assessment: Assessment) -> str:
    if assessment.finding("proc.facts") is not None:
        fields = ", ".join(FIELDS[path] for path in assessment.missing)
        return f"Kan ikke afgøres endnu. Disse oplysninger passer ikke sammen: {fields}."
    return f"Kan ikke afgøres endnu. Spørg: {' '.join(QUESTIONS[path] for path in assessment.missing)}"


_SENTENCES = {
    "must": _must_sentence,
    "may": _may_sentence,
    "must_not": _must_not_sentence,
    "undecided": _undecided_sentence,
}


def _interval(days: int) -> str:
    return "hver uge" if days == 7 else f"hver {days}. dag"


def _until(assessment: Assessment) -> str:
    return f", højst til {assessment.max_period.last_day:%d.%m.%Y}" if assessment.max_period else ""


def sentence(assessment: Assessment) -> str:
    """Konklusion: one plain Danish sentence that says the outcome, the section, the contact and the last day."""
    return _SENTENCES[assessment.outcome.value](assessment)
