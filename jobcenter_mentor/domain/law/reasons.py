"""Three plain sentences (tre sætninger): who may have a mentor, for how long and who pays, each with its "fordi"."""

from __future__ import annotations

from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.target_groups import GROUPS, GROUPS_2020
from jobcenter_mentor.domain.law.assessment import Assessment, Finding, Outcome
from jobcenter_mentor.domain.law.facts import SITUATIONS
from jobcenter_mentor.domain.law.grounds import is_of_integration, mentor_section
from jobcenter_mentor.domain.law.missing import FIELDS, QUESTIONS
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2014, LAW_2016, LAW_2020, SAME_QUESTION

FRAMES = {
    "mentor_2014": "mentorrammen",
    "unemployment": "rammen for ledige",
    "other_groups": "rammen for øvrige grupper",
}
UNDER_30 = {4: "Uddannelsesparat under 30 år uden uddannelse", 5: "Aktivitetsparat under 30 år uden uddannelse"}
"""§ 6, nr. 4 and 5, in the words of the act, because their benefit has had two names since 2020."""
IN_THE_DUTY = "borgeren er aktivitetsparat og i en periode ikke kan deltage i tilbud på grund af personlige forhold"
FROM_2020 = ("lab2020", "lab2022", "lab2023", "lab2024", "lab2025", "lab2026")
"""Beginnings of the rules that number the groups by § 6."""


def group_words(number: int, *, section_6: bool) -> str:
    """Return a target group in words with its number: "aktivitetsparat kontanthjælpsmodtager (§ 2, nr. 3)"."""
    name = (GROUPS_2020 | UNDER_30 if section_6 else GROUPS).get(number, "ukendt målgruppe")
    words = name[:1].lower() + name[1:]
    return words if number == 0 else f"{words} ({'§ 6' if section_6 else '§ 2'}, nr. {number})"


def numbers_by_section_6(rule: str, law: LawCode) -> bool:
    """Tell whether a finding numbers its group by § 6, by its rule's own act or the law of the assessment."""
    if rule.startswith(FROM_2020):
        return True
    return not rule.startswith("lab") and law == LAW_2020


def plain_reasons(assessment: Assessment) -> tuple[str, str, str]:
    """Return the three sentences of an assessment: the support, the time and the money."""
    return f"{_support(assessment)}.", f"{_time(assessment)}.", f"{_money(assessment)}."


def _support(assessment: Assessment) -> str:
    if assessment.outcome is Outcome.UNDECIDED:
        return _undecided(assessment)
    if assessment.termination_allowed is not None:
        return _ending(assessment)
    if assessment.outcome is Outcome.MUST_NOT:
        return _refusal(assessment)
    if assessment.outcome is Outcome.MUST:
        return f"Borgeren skal have tilbud om en mentor, fordi {_right(assessment)} ({assessment.legal_basis})"
    return f"Borgeren kan få en mentor, fordi {_ground(assessment)} ({assessment.legal_basis})"


def _undecided(assessment: Assessment) -> str:
    if assessment.finding("proc.facts") is not None:
        fields = ", ".join(FIELDS[path] for path in assessment.missing)
        return f"Det kan ikke afgøres endnu, fordi disse oplysninger ikke passer sammen: {fields}"
    if not assessment.missing:
        return "Det kan ikke afgøres, fordi det ikke er kendt, hvad loven siger den dag"
    asked = QUESTIONS[assessment.missing[0]]
    more = f" (og {len(assessment.missing) - 1} til)" if len(assessment.missing) > 1 else ""
    return f"Det kan ikke afgøres endnu, fordi et svar mangler: »{asked}«{more}"


def _ending(assessment: Assessment) -> str:
    if assessment.termination_allowed:
        if assessment.right_and_duty:
            return "Støtten kan stoppe, fordi borgeren straks efter kan påbegynde et andet tilbud"
        return "Støtten kan stoppe, fordi borgeren ikke har ret og pligt til mentor"
    before = assessment.finding("lab2014.rp.end")
    without_offer = assessment.says("lab2014.rp.goes_on") or (before is not None and before.answer is False)
    why = (
        "borgeren har ret og pligt til mentor og ikke kan påbegynde et andet tilbud endnu"
        if assessment.right_and_duty and without_offer
        else "retten ved udskrivning gælder mindst 6 måneder i alt, medmindre borgeren siger nej"
    )
    return f"Støtten skal fortsætte, fordi {why}"


def _refusal(assessment: Assessment) -> str:
    if assessment.right:
        return (
            f"Borgeren skal have tilbud om en anden mentor, fordi {_barred(assessment)}, og retten består "
            f"({assessment.legal_basis})"
        )
    if is_of_integration(assessment):
        return (
            "Borgeren kan ikke få en mentor efter LAB, fordi borgeren er i integrationsprogrammet og får mentor efter "
            "integrationsloven (§ 23 d)"
        )
    situation = assessment.finding("lab2013.s78.groups")
    if situation is not None and situation.answer is False:
        return (
            "Borgeren kan ikke få en mentor, fordi borgeren ikke er i en situation, loven nævner "
            f"({assessment.legal_basis})"
        )
    education = assessment.finding("lab2013.s78.education")
    if education is not None and education.answer is False:
        why = "loven endnu ikke nævner ordinær uddannelse" if education.value is None else "borgeren er fyldt 30 år"
        return f"Borgeren kan ikke få en mentor til ordinær uddannelse, fordi {why} (LAB § 78)"
    return f"Denne mentor kan ikke vælges, fordi {_barred(assessment)} ({mentor_section(assessment.law)})"


def _barred(assessment: Assessment) -> str:
    beyond = _first(assessment, "beyond")
    if beyond is not None and beyond.answer is False:
        return "støtten ikke ligger ud over det, virksomheden eller skolen sædvanligvis gør"
    return "støtten ikke er afgørende for aktiviteten, tilbuddet eller ansættelsen"


def _right(assessment: Assessment) -> str:
    if assessment.right_and_duty:
        return IN_THE_DUTY
    if assessment.discharge_right:
        return "borgeren udskrives fra psykiatrisk indlæggelse"
    return "borgeren er optaget på en studie- eller erhvervskompetencegivende uddannelse"


def _ground(assessment: Assessment) -> str:
    if assessment.law == LAW_2013:
        situation = assessment.finding("lab2013.s78.groups")
        if situation is None:
            return "borgeren er under 30 år og begynder på en ordinær uddannelse"
        code = str(situation.facts["situation"])
        where = SITUATIONS.get(code, "en situation, loven nævner")
        return f"borgeren er {where}" if code == "selvforsoergende" else f"borgeren er i {where}"
    covered = _first(assessment, "covered")
    number = covered.facts.get("group") if covered else None
    if not isinstance(number, int) or number == 0:
        return "loven også gælder borgere i arbejde, og kommunen vurderer behovet"
    words = group_words(number, section_6=assessment.law == LAW_2020)
    return f"borgeren er i målgruppen: {words}, og kommunen vurderer behovet"


def _time(assessment: Assessment) -> str:
    longest = assessment.max_period
    if longest is None:
        return _no_longest_period(assessment)
    last = f"{longest.last_day:%d.%m.%Y}"
    said = f"Aftalen kan højst vare til og med {last}, fordi loven sætter {longest.months} måneder ad gangen"
    if assessment.min_period_last_day is not None:
        said += f", og den må ikke slutte før {assessment.min_period_last_day:%d.%m.%Y}, medmindre borgeren siger nej"
    if assessment.min_contact_interval_days:
        said += f", og der skal være kontakt mindst {_interval(assessment.min_contact_interval_days)}"
    return said


def _no_longest_period(assessment: Assessment) -> str:
    if assessment.finding("lab2027.act") is not None:
        return "Den længste periode er ikke kendt, fordi loven for den dag ikke er vedtaget"
    if assessment.law == LAW_2013:
        duration = assessment.finding("lab2013.duration")
        if duration is not None and duration.answer is None:
            return "Den længste periode er ikke kendt, fordi dagen, hvor loven satte en grænse, ikke er fundet"
        return "Perioden følger behovet, fordi loven ikke sætter et antal måneder"
    return "Den sidste dag er ikke regnet ud, fordi startdagen ikke er oplyst"


def _interval(days: int) -> str:
    return {7: "hver uge", 14: "hver anden uge"}.get(days, f"hver {days}. dag")


def _money(assessment: Assessment) -> str:
    refund = assessment.reimbursement
    if refund is None:
        return "Refusionen er ikke regnet ud, fordi målgruppen ikke er oplyst"
    if assessment.eligible is False:
        return "Staten betaler ikke, fordi støtten ikke kan gives"
    rates = {part.rate for part in refund.parts}
    if None in rates or refund.rate is None:
        return "Refusionen er ikke kendt, fordi loven for hele eller en del af perioden ikke er fundet"
    if len(rates) > 1:
        parts = ", ".join(f"{part.rate or 0:.0%} til og med {part.last:%d.%m.%Y}" for part in refund.parts)
        return f"Statens andel skifter ({parts}), fordi reglerne om refusion skifter i perioden".replace("%", " %")
    found = next((one for one in assessment.findings if "frame" in one.facts), None)
    if not refund.rate:
        group = _refund_group(found, assessment)
        return f"Kommunen betaler hele udgiften, fordi staten ikke refunderer mentorstøtte for {group}"
    share = f"{refund.rate * 100:.0f} % af udgiften"
    frame = FRAMES.get(refund.frame or "")
    where = f"inden for {frame}" if frame else "uden ramme"
    return f"Staten betaler {share} {where}, fordi {_refund_reason(found, assessment)}"


def _refund_reason(found: Finding | None, assessment: Assessment) -> str:
    if assessment.discharge_right and assessment.law in (LAW_2014, LAW_2016):
        return f"støtten gives ved udskrivning{_section(found)}"
    if found is not None and found.rule in ("lab2020.s202", "lab2013.s124"):
        return f"borgeren er flygtning i døgnophold eller kom som mindreårig asylansøger{_section(found)}"
    return f"reglerne om refusion nævner {_refund_group(found, assessment)}"


def _refund_group(found: Finding | None, assessment: Assessment) -> str:
    number = found.facts.get("group") if found else None
    if found is None or not isinstance(number, int):
        return f"alle målgrupper{_section(found)}"
    words = group_words(number, section_6=numbers_by_section_6(found.rule, assessment.law))
    return f"målgruppen »{words}«{_section(found)}"


def _section(found: Finding | None) -> str:
    return f" ({found.section})" if found is not None else ""


def _first(assessment: Assessment, question: str) -> Finding | None:
    rule = SAME_QUESTION[question].get(assessment.law, "")
    return assessment.finding(rule)
