"""The rulebook (regelbogen): every rule by its id, the rule that answers a question on a day, and its finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar

from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.law.assessment import Answer, Finding
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.missing import QUESTIONS
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.domain.law.rules.rule import Statement

LAW_2013, LAW_2014, LAW_2016, LAW_2020 = LawCode.LAB_2013, LawCode.LAB_2014, LawCode.LAB_2016, LawCode.LAB_2020


def _until_2020(before: str | None, from_2014: str, from_2020: str) -> dict[LawCode, str]:
    carried = {LAW_2014: from_2014, LAW_2016: from_2014, LAW_2020: from_2020}
    return carried if before is None else {LAW_2013: before, **carried}


SAME_QUESTION: dict[str, dict[LawCode, str]] = {
    "beyond": _until_2020("lab2013.beyond", "lab2014.s31d.beyond", "lab2020.s169"),
    "who": _until_2020("lab2013.who", "lab2014.who", "lab2020.s168"),
    "cost": _until_2020("lab2013.cost", "lab2014.s31e.cost", "lab2020.bek122.cost"),
    "decisive": _until_2020("lab2013.decisive", "lab2014.s31d.decisive", "lab2020.s169.decisive"),
    "hours": _until_2020("lab2013.hours", "lab2014.s31e.hours", "lab2020.s169.hours"),
    "place": _until_2020("lab2013.place", "lab2014.s31e.place", "lab2020.s169.place"),
    "covered": _until_2020(None, "lab2014.s31b.groups", "lab2020.s167.1"),
    "duration": _until_2020("lab2013.duration", "lab2014.s31c.duration", "lab2020.s167.1.duration"),
    "extension": _until_2020("lab2013.extension", "lab2014.s31c.extension", "lab2020.s167.1.new"),
    "discharge": _until_2020("lab2013.psych", "lab2014.s31b.psych.right", "lab2020.s167.2"),
    "least": _until_2020(None, "lab2014.s31b.psych.least", "lab2020.s167.2.least"),
    "contact": {LAW_2014: "lab2014.rp.contact", LAW_2016: "lab2016.contact"},
}
"""The rule that answers a question under each law, as the next act often asks the same in another section."""


def rule_on(question: str, law: LawOfDay) -> str:
    """Return the rule that answers a question that day; empty where the law of the day does not ask it."""
    return SAME_QUESTION[question].get(law.code, "")


Said = TypeVar("Said")
NOT_ASKED: Any = object()
MOST_KEPT = 20_000
"""The most cached answers of one period of the law; beyond them the cache starts again."""


def kept_by(*read: str) -> Callable[[Callable[[CaseFacts, LawOfDay], Said]], Callable[[CaseFacts, LawOfDay], Said]]:
    """Cache the answer of a rule that reads these facts and nothing else, once for each period of the law.

    All cases with the same facts share the result, so nobody may change it.
    """
    answers = attrgetter(*read)

    def keep(rule: Callable[[CaseFacts, LawOfDay], Said]) -> Callable[[CaseFacts, LawOfDay], Said]:
        @wraps(rule)
        def cached(facts: CaseFacts, law: LawOfDay) -> Said:
            key, stated = (rule, answers(facts)), law.stated
            said: Said = stated.get(key, NOT_ASKED)
            if said is NOT_ASKED:
                if len(stated) >= MOST_KEPT:
                    stated.clear()
                said = stated[key] = rule(facts, law)
            return said

        return cached

    return keep


def all_of(*answers: Answer) -> bool | None:
    """Return True when all answers are yes, False when one is no, otherwise None."""
    if False in answers:
        return False
    return None if None in answers else True


def any_of(*answers: Answer) -> bool | None:
    """Return True when an answer is yes, None when one is not known, otherwise False."""
    if True in answers:
        return True
    return None if None in answers else False


def finding(
    rule: str,
    answer: Answer,
    facts: Mapping[str, Any],
    *,
    value: Any = None,
    source: object = None,
    ask: str | None = None,
    law: LawOfDay | None = None,
) -> Finding:
    """Return a finding with the facts and the figure as JSON values; `ask` is the path of the fact to ask for.

    The source of the figure, where there is one, replaces the source of the rule. A rule whose section has another
    number on another day is cited as `law` has it.
    """
    known = RULES[rule]
    section = known.section
    if known.citation is not None and law is not None:
        section = f"{section} {law.source(known.citation).section}"
    return Finding(
        rule,
        f"Spørg: {QUESTIONS[ask]}" if ask else known.question,
        answer,
        section,
        {name: fact if type(fact) in _AS_IT_IS else _plain(fact) for name, fact in facts.items()},
        value if type(value) in _AS_IT_IS else _plain(value),
        known.source if source is None else str(source),
        known.confidence,
        ask,
    )


def stated(rule: str, law: LawOfDay) -> Finding:
    """Return the finding of a guiding rule that day, the same for every case; a figure that has ended is named."""
    cached = law.stated.get(rule)
    if isinstance(cached, Finding):
        return cached
    known = RULES[rule]
    if not isinstance(known, Statement):
        raise TypeError(f"{rule} decides and can't be stated")
    made = finding(rule, known.says, {}, law=law)
    if known.figure:
        value = law[known.figure]
        words = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        if isinstance(value, int) and law.parameter(known.figure).unit.startswith("øre"):
            words = f"{format_kroner(value)} kr."
        answer = words if isinstance(words, int | str) else str(words)
        made = finding(rule, answer, {}, value=value, source=law.source(known.figure), law=law)
    law.stated[rule] = made
    return made


_AS_IT_IS = frozenset((str, int, bool, type(None), list))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
