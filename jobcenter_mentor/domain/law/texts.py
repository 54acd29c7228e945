"""The words of an assessment: the Danish sentence of an outcome, its section and the text of each warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.law.grounds import SAME_ACT, is_of_integration, mentor_section
from jobcenter_mentor.domain.law.missing import FIELDS, QUESTIONS

if TYPE_CHECKING:
    from jobcenter_mentor.domain.law.assessment import Assessment

WARNINGS = {
    "period_too_long": "Perioden er længere, end loven tillader. Støtten kan højst gives til den viste sidste dag.",
    "period_too_short": (
        "Retten ved udskrivning gælder mindst 6 måneder i alt. Perioden må ikke være kortere, medmindre borgeren siger "
        "nej."
    ),
    "before_earliest_start": "Startdagen ligger før den dag, retten ved udskrivning begynder. Støtten er et tilbud.",
    "psychiatric_late_start_unconfirmed": (
        "Det er ikke bekræftet, om retten består, når støtten først begynder så længe efter udskrivningen."
    ),
    "gap_before_renewal": "Et nyt tilbud efter ret og pligt skal begynde straks efter, at det forrige slutter.",
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
    "law_not_entered": "Udgiften ligger helt eller delvist på dage, hvor loven ikke er lagt ind.",
    "refund_2010_unconfirmed": (
        "Refusionen for målgruppe 7 (og 9) før 23. juni 2011 står ikke i den lovtekst, vi har, så den er ikke kendt."
    ),
    "education_2010_unconfirmed": (
        "Reglen om mentor ved ordinær uddannelse (LAB § 78, stk. 2) kom mellem 28. april 2010 og 23. juni 2011. Dagen "
        "er ikke kendt."
    ),
    "agreement_2013_unconfirmed": (
        "Reglen om en aftale på højst 6 måneder (LAB § 78, stk. 3) kom mellem 1. januar og 24. april 2013. Dagen er "
        "ikke kendt."
    ),
    "education_right_2020_unconfirmed": (
        "Retten ved uddannelsesstart (LAB § 167, stk. 3) kom mellem 2. januar 2020 og 22. maj 2022; dagen er ukendt."
    ),
    "refund_2025_check": (
        "Kontrollér LAB § 197, nr. 1: Lov nr. 1750 af 2025 ændrer i paragraffen, og ændringen er ikke læst."
    ),
    "full_refund_possible": (
        "Er borgeren flygtning i døgnophold eller kommet som mindreårig asylansøger, refunderer staten hele udgiften "
        "(LAB § 202). Det er ikke oplyst."
    ),
    "preparation_not_paid": (
        "Kun timer med direkte kontakt kan betales. Timer til forberedelse er ikke regnet med i refusionen."
    ),
    "group_before_2014_unconfirmed": (
        "Målgruppen er fra før 2014, hvor numrene skiftede. Det er ikke bekræftet, hvordan løbende sager går over."
    ),
    "discharge_purpose_2023_unconfirmed": (
        "Lov nr. 295 af 20. marts 2023 knytter retten ved udskrivning til job eller uddannelse. Dagen, den trådte i "
        "kraft, er ikke bekræftet."
    ),
    "new_act_2027_expected": "En ny hovedlov ventes den 1. januar 2027. Dens regler om mentor er ikke bekræftet.",
    "free_municipality": "Kommunen er fritaget fra det faste krav om kontakt (frikommuneforsøg).",
}

_DUTY_SECTIONS = {
    "lab2014.s93.who": "LAB § 93",
    "lab2016.s93": "LAB § 93",
    "lab2016.s96.3": "LAB § 96, stk. 3",
}


def legal_basis(assessment: Assessment) -> str:
    """Return the section of the support (retsgrundlag); right and duty comes before the other grounds.

    Empty where the act of the day is not known, as from 2027: no section is guessed at.
    """
    if assessment.law not in SAME_ACT:
        return ""
    if assessment.right_and_duty:
        said = (section for rule, section in _DUTY_SECTIONS.items() if assessment.says(rule))
        return next(said, "LAB § 96 c")
    if assessment.law == LawCode.LAB_2013:
        return _basis_before_2014(assessment)
    if assessment.law == LawCode.LAB_2020:
        if assessment.says("lab2020.s167.2"):
            return "LAB § 167, stk. 2"
        return "LAB § 167, stk. 3" if assessment.says("lab2020.s167.3") else "LAB § 167, stk. 1"
    return "LAB § 31 b, stk. 2" if assessment.right else "LAB § 31 b, stk. 1"


def _basis_before_2014(assessment: Assessment) -> str:
    """Return § 78 as it was asked: stk. 2 of an education, and no paragraph while the act had none (until 2011)."""
    education = assessment.finding("lab2013.s78.education")
    if education is not None:
        return "LAB § 78" if education.value is None else "LAB § 78, stk. 2"
    situation = assessment.finding("lab2013.s78.groups")
    return "LAB § 78, stk. 1" if situation is None else situation.section


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
        return "Mentorstøtten kan stoppes."
    return f"Kan gives. Tilbud efter {assessment.legal_basis} efter en konkret vurdering{_until(assessment)}."


def _must_not_sentence(assessment: Assessment) -> str:
    if assessment.termination_allowed is not None:
        return "Mentorstøtten kan ikke stoppes nu. Borgeren har fortsat krav på mentor."
    if assessment.right:
        return (
            f"Kan ikke gives med denne mentor. {_THIS_MENTOR} ({mentor_section(assessment.law)}). Borgeren har ret "
            f"efter {assessment.legal_basis}: vælg en anden mentor."
        )
    if is_of_integration(assessment):
        return "Kan ikke gives efter LAB. Borgeren hører under integrationslovens § 23 d."
    if _denies(assessment, "lab2013.s78.groups"):
        return f"Kan ikke gives. Borgeren er ikke i en af de situationer, loven nævner ({assessment.legal_basis})."
    education = assessment.finding("lab2013.s78.education")
    if education is not None and education.answer is False:
        if education.value is None:
            return "Kan ikke gives på det grundlag. Loven nævnte endnu ikke ordinær uddannelse (LAB § 78)."
        return (
            "Kan ikke gives på det grundlag. Ved ordinær uddannelse skal borgeren være under 30 år (LAB § 78, stk. 2)."
        )
    return f"Kan ikke gives. {_THIS_MENTOR} ({mentor_section(assessment.law)})."


_THIS_MENTOR = "Hjælpen skal gå ud over det, virksomheden eller skolen normalt gør, og være afgørende"


def _denies(assessment: Assessment, rule: str) -> bool:
    found = assessment.finding(rule)
    return found is not None and found.answer is False


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
    """Return the conclusion (konklusion): a Danish sentence with outcome, section, contact and last day."""
    return _SENTENCES[assessment.outcome.value](assessment)
