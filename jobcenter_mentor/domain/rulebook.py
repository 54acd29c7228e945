"""Regelbogen: the question, section, source and confidence of every rule, and how a finding is made from it.

Confidence follows the catalogue of rules: text, prep (bill and official explanation), sfi, sec, inf, unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobcenter_mentor.domain.assessment import Answer, Finding
from jobcenter_mentor.domain.missing import QUESTIONS


@dataclass(frozen=True)
class Rule:
    """Regel: its question in Danish, its section, where it was read and how sure the reading is."""

    question: str
    section: str
    source: str
    confidence: str


_ACT = "LAB som ændret ved lov nr. 895 af 4. juli 2013"
_PRACTICE = f"{_ACT}; SFI 15:10 kapitel 2; Ankestyrelsen, oktober 2015"
_FRAME = f"{_ACT}; bemærkninger til L 66 (2015-16)"

RULES: dict[str, Rule] = {
    "lab2014.integration": Rule(
        "Er borgeren omfattet af integrationsprogrammet?", "integrationsloven § 23 d", "Integrationsloven", "text"
    ),
    "lab2014.s31b.groups": Rule("Er borgeren omfattet af loven?", "LAB § 31 b, stk. 1, jf. § 2", _PRACTICE, "sfi"),
    "lab2014.s31b.education": Rule(
        "Kan der gives mentor til ordinær uddannelse uanset alder?", "LAB § 31 b, stk. 1", _ACT, "text"
    ),
    "lab2014.s31b.psych.right": Rule(
        "Har borgeren ret til mentor i forbindelse med udskrivning fra psykiatrisk indlæggelse?",
        "LAB § 31 b, stk. 2",
        _ACT,
        "text",
    ),
    "lab2014.s31b.psych.least": Rule(
        "Varer støtten mindst den tid, retten ved udskrivning giver?", "LAB § 31 b, stk. 2", _ACT, "text"
    ),
    "lab2014.s31b.singleparent": Rule(
        "Har borgeren ret til mentor som enlig forsørger, der optages på en uddannelse?",
        "LAB § 31 b, stk. 3 (ikke bekræftet)",
        "Ikke bekræftet i lovteksten",
        "unconfirmed",
    ),
    "lab2014.s31c.duration": Rule(
        "Er perioden inden for den længste, loven tillader?", "LAB § 31 c, stk. 1", _ACT, "text"
    ),
    "lab2014.s31c.extension": Rule("Kan aftalen forlænges?", "LAB § 31 c, stk. 1", _ACT, "text"),
    "lab2014.s31d.beyond": Rule(
        "Ligger støtten ud over det, virksomheden eller skolen sædvanligvis gør, og er den afgørende?",
        "LAB § 31 d",
        _PRACTICE,
        "sfi",
    ),
    "lab2014.s31e.hours": Rule("Hvor mange timer om ugen?", "LAB § 31 e, stk. 2", _ACT, "sec"),
    "local.hours_ceiling": Rule(
        "Er timetallet inden for kommunens eget loft?", "Kommunens standard", "Kommunens standard", "local"
    ),
    "lab2014.s93.who": Rule(
        "Er borgeren aktivitetsparat og af personlige grunde ude af stand til at deltage i andre tilbud for en tid?",
        "LAB § 93",
        _PRACTICE,
        "prep",
    ),
    "lab2014.s93.firstonly": Rule("Er det borgerens første tilbud?", "LAB § 93", _PRACTICE, "prep"),
    "lab2014.s96c.who": Rule(
        "Er borgeren aktivitetsparat på uddannelseshjælp og af personlige grunde ude af stand til at deltage i andre "
        "tilbud for en tid?",
        "LAB § 96 c",
        _PRACTICE,
        "prep",
    ),
    "lab2014.rp.excluded": Rule(
        "Er borgeren uden for målgrupperne med ret og pligt til mentor?", "LAB §§ 93 og 96 c", _PRACTICE, "sfi"
    ),
    "lab2014.rp.contact": Rule(
        "Hvor mange dage må der højst gå mellem kontakterne?", "LAB §§ 93 og 96 c, 2. pkt.", _PRACTICE, "text"
    ),
    "lab2014.rp.contact_kept": Rule("Er kravet om kontakt overholdt?", "LAB §§ 93 og 96 c, 2. pkt.", _PRACTICE, "text"),
    "lab2014.rp.renew": Rule(
        "Skal der gives et nyt mentortilbud dagen efter, at det forrige slutter?", "LAB §§ 93 og 96 c", _PRACTICE, "inf"
    ),
    "lab2014.rp.end": Rule(
        "Er et andet tilbud begyndt, eller begynder det senest dagen efter mentorens sidste dag?",
        "LAB §§ 93 og 96 c",
        _PRACTICE,
        "sfi",
    ),
    "lab2014.rp.leaves": Rule(
        "Er borgeren trådt ud af den målgruppe, aftalen blev indgået for?", "LAB §§ 93 og 96 c", _PRACTICE, "inf"
    ),
    "lab2014.rp.frame": Rule(
        "Skal mentoren gives, selv om mentorrammen ikke rækker?", "LAB §§ 93 og 96 c, jf. § 121 a", _PRACTICE, "inf"
    ),
    "proc.facts": Rule("Passer sagens oplysninger sammen?", "retssikkerhedsloven § 10", "Retssikkerhedsloven", "prep"),
    "lab2014.s121a.none": Rule("Er målgruppen uden refusion?", "LAB § 121 a", f"{_ACT}; STAR", "prep"),
    "lab2014.s121a.groups": Rule("Hører udgiften til mentorrammen?", "LAB § 121 a", _FRAME, "inf"),
    "lab2014.ressource.refund": Rule(
        "Refunderes udgiften uden for mentorrammen?", "LAB §§ 120-121", f"{_FRAME}; STAR", "inf"
    ),
}


def all_of(answers: Iterable[Answer]) -> bool | None:
    """Er alle svar ja? False when one is no, else None when one is not known."""
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True


def any_of(answers: Iterable[Answer]) -> bool | None:
    """Er et af svarene ja? True when one is, else None when one is not known."""
    given = list(answers)
    if True in given:
        return True
    return None if None in given else False


def finding(
    rule: str,
    answer: Answer,
    facts: Mapping[str, Any],
    *,
    value: Any = None,
    source: object = None,
    ask: str | None = None,
) -> Finding:
    """Et svar på en regel: the facts and the figure as JSON-able values; `ask` is the path of the fact to ask for.

    The source of the figure, where there is one, goes before the source of the rule.
    """
    known = RULES[rule]
    return Finding(
        rule=rule,
        question=f"Spørg: {QUESTIONS[ask]}" if ask else known.question,
        answer=answer,
        section=known.section,
        facts={name: _plain(fact) for name, fact in facts.items()},
        value=_plain(value),
        source=str(source) if source is not None else known.source,
        confidence=known.confidence,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
