"""Ordene i en vurdering: the Danish sentence of an outcome, its section and the Danish text of each warning."""

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
    "volunteer_only_mentor": (
        "En frivillig er den eneste mentor, og borgeren har ret og pligt til mentor. Loven kræver kontakten, også når "
        "den frivillige ikke kan. Overvej en ansat mentor."
    ),
    "hours_missing": "Timetallet er ikke oplyst.",
    "hours_zero": "Timetallet er 0.",
    "hours_above_full_time": "Timetallet er over 37 timer om ugen. Kontrollér det.",
    "hours_above_local_ceiling": "Timetallet er over kommunens eget loft.",
    "cost_missing": "Udgiften er ikke oplyst, så refusionen kan ikke beregnes.",
    "cost_excluded_by_agreement": (
        "Før 2020 findes ingen særlig regel om transport og lignende. Den fratrukne udgift er ikke regnet med."
    ),
    "frame_remaining_unknown": "Restbeløbet i rammen er ikke oplyst, så refusionen kan ikke beregnes.",
    "frame_exceeded": "Udgiften er større end det, der er tilbage af rammen. Resten er kommunens egen udgift.",
    "law_not_entered": "En del af udgiften ligger på dage, hvor loven ikke er lagt ind.",
    "reimbursement_before_2014_unconfirmed": (
        "Refusionssatsen før 2014 (reimbursement.rate) er ikke bekræftet, så refusionen kan ikke beregnes."
    ),
    "jobafklaring_2014_unconfirmed": (
        "Jobafklaringsforløb (målgruppe 14) begyndte efter alt at dømme den 1. juli 2014, men dagen er ikke bekræftet. "
        "Kontrollér målgruppen; før den dag er refusionen usikker."
    ),
    "jobafklaring_2019_unconfirmed": (
        "Refusionen til jobafklaringsforløb i 2019 (local.jobafklaring_refund_2019) er ikke bekræftet. Kommunen kan "
        "vælge, hvad den regner med."
    ),
    "group_before_2014_unconfirmed": (
        "Målgruppen er fra før 2014, hvor numrene skiftede. Det er ikke bekræftet, hvordan løbende sager går over."
    ),
    "right_and_duty_2020_unconfirmed": (
        "Det er ikke bekræftet, om der er ret og pligt til mentor fra 2020 (local.right_and_duty_2020). Kommunen kan "
        "vælge sin læsning."
    ),
    "contact_interval_2020_unconfirmed": (
        "Kravet om kontakt fra 2020 (mentor.contact_interval_days) er ikke bekræftet."
    ),
    "discharge_purpose_2023_unconfirmed": (
        "Lov nr. 295 af 20. marts 2023 knytter retten ved udskrivning til job eller uddannelse. Dagen, den trådte i "
        "kraft, er ikke bekræftet."
    ),
    "place_mentor_2020_unconfirmed": "Reglen om pladsmentor fra 2020 (LAB § 170) er ikke læst og ikke bekræftet.",
    "spending_boundary_2026_unconfirmed": (
        "Kommunernes øvre grænse for udgifter fra 2026 (reimbursement.spending_boundary) er ikke bekræftet. Den gælder "
        "ikke den enkelte borger."
    ),
    "new_act_2027_expected": "En ny hovedlov ventes den 1. januar 2027. Dens regler om mentor er ikke bekræftet.",
    "free_municipality": "Kommunen er fritaget fra det faste krav om kontakt (frikommuneforsøg).",
}

_DUTY_SECTIONS = {
    "lab2014.s93.who": "LAB § 93",
    "lab2016.s93": "LAB § 93",
    "lab2016.s96.3": "LAB § 96, stk. 3",
    "lab2020.retpligt": "LAB kapitel 16 (kommunens læsning)",
}


def legal_basis(assessment: Assessment) -> str:
    """Retsgrundlag: the section the support is given under; the right and duty goes before the other grounds."""
    if assessment.right_and_duty:
        said = (section for rule, section in _DUTY_SECTIONS.items() if assessment.says(rule))
        return next(said, "LAB § 96 c")
    if assessment.law == "LAB 2013":
        return "LAB § 78, stk. 2" if assessment.says("lab2013.s78.education") else "LAB § 78, stk. 1"
    if assessment.law == "LAB 2020":
        if assessment.says("lab2020.s167.2"):
            return "LAB § 167, stk. 2"
        return "LAB § 167, stk. 3" if assessment.says("lab2020.s167.3") else "LAB § 167, stk. 1"
    return "LAB § 31 b, stk. 2" if assessment.right else "LAB § 31 b, stk. 1"


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
    if assessment.says("lab2013.s78.education.over30"):
        return (
            "Kan ikke gives på det grundlag. Ved ordinær uddannelse skal borgeren være under 30 år (LAB § 78, stk. 2)."
        )
    situation = assessment.finding("lab2013.s78.groups")
    if situation is not None and situation.answer is False:
        return "Kan ikke gives. Borgeren er ikke i en af de situationer, loven nævner (LAB § 78, stk. 1)."
    section = {"LAB 2013": "LAB §§ 78-80", "LAB 2020": "LAB § 169"}.get(assessment.law, "LAB § 31 d")
    return f"Kan ikke gives. Støtten skal ligge ud over det, virksomheden eller skolen sædvanligvis gør ({section})."


def _undecided_sentence(assessment: Assessment) -> str:
    if assessment.finding("proc.facts") is not None:
        fields = ", ".join(FIELDS[path] for path in assessment.missing)
        return f"Kan ikke afgøres endnu. Disse oplysninger passer ikke sammen: {fields}."
    if not assessment.missing:
        return "Kan ikke afgøres. Det er ikke bekræftet, hvad loven siger; se advarslerne."
    return f"Kan ikke afgøres endnu. Spørg: {' '.join(QUESTIONS[path] for path in assessment.missing)}"


_SENTENCES = {
    "must": _must_sentence,
    "may": _may_sentence,
    "must_not": _must_not_sentence,
    "undecided": _undecided_sentence,
}


def _interval(days: int) -> str:
    return {7: "hver uge", 14: "hver anden uge"}.get(days, f"hver {days}. dag")


def _until(assessment: Assessment) -> str:
    return f", højst til {assessment.max_period.last_day:%d.%m.%Y}" if assessment.max_period else ""


def sentence(assessment: Assessment) -> str:
    """Konklusion: one plain Danish sentence that says the outcome, the section, the contact and the last day."""
    return _SENTENCES[assessment.outcome.value](assessment)
