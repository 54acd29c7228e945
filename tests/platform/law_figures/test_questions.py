"""Questions of the rules: asked so that "ja" always leads towards support, in the words of the act."""

from decimal import Decimal

import pytest

from jobcenter_mentor.domain.law.assessment import Assessment, Outcome
from jobcenter_mentor.domain.law.rules.catalogue import GUIDING, RULES, TURNED
from jobcenter_mentor.domain.law.texts import WARNINGS
from tests.platform.law_figures.assessed import ASSESSED as CASES

NEGATIVE = ("uden for de", "uden refusion", "ophørt", "trådt ud", "mangler", "fritaget", "afskåret")
OLD_WORDS = ("af personlige grunde", "dagen efter", "vurdere igen", "bør ikke", "den længste, loven tillader")


ASSESSED = tuple(case.assessment for case in CASES)


def refund_findings(assessment: Assessment) -> list[object]:
    return [found.answer for found in assessment.findings if "frame" in found.facts]


def test_there_are_cases_to_ask() -> None:
    assert len(ASSESSED) > 700


@pytest.mark.parametrize("rule", RULES)
def test_a_question_is_asked_positively(rule: str) -> None:
    question = RULES[rule].question.lower()

    assert question.endswith("?")
    assert [word for word in NEGATIVE if word in question] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_question_uses_the_words_of_the_act(rule: str) -> None:
    assert [word for word in OLD_WORDS if word in RULES[rule].question] == []


@pytest.mark.parametrize("code", WARNINGS)
def test_a_warning_uses_the_words_of_the_act(code: str) -> None:
    assert [word for word in OLD_WORDS if word in WARNINGS[code]] == []


def test_who_may_not_get_support_was_told_no_somewhere() -> None:
    refused = [one for one in ASSESSED if one.eligible is False]

    assert refused
    assert [one.verdict for one in refused if all(found.answer is not False for found in one.deciding)] == []


def test_who_may_get_support_was_told_no_to_nothing_that_bars_it() -> None:
    given = [one for one in ASSESSED if one.eligible]

    assert [one.verdict for one in given if (found := one.finding("lab2014.applies")) is None or not found.answer] == []


def test_support_that_goes_on_was_answered_yes() -> None:
    ended = [one for one in ASSESSED if one.termination_allowed is False and one.right_and_duty]

    assert ended
    assert all(one.says("lab2014.rp.goes_on") for one in ended)


def test_a_refund_of_nothing_is_answered_no_and_any_other_yes() -> None:
    wrong = []
    for one in ASSESSED:
        refund = one.reimbursement
        if refund is None or one.outcome is Outcome.MUST_NOT or len(refund.parts) > 1 or refund.rate is None:
            continue
        wrong += [one.verdict for answer in refund_findings(one) if answer is not (refund.rate > Decimal(0))]

    assert wrong == []


def test_a_turned_question_is_gone_and_its_other_way_round_is_asked() -> None:
    assert set(TURNED) & set(RULES) == set()
    assert set(TURNED.values()) <= set(RULES)


def test_what_only_guides_says_yes_or_tells_something() -> None:
    assert [rule for rule in GUIDING if getattr(RULES[rule], "says", None) is False] == []
