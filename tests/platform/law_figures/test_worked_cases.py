"""Eksemplerne: every worked case under `rules/cases` holds against the law as it stands."""

from collections import Counter
from pathlib import Path

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.platform.law_figures.loader import RuleFileRejected, law
from jobcenter_mentor.platform.law_figures.worked_cases import WorkedCase, check_rules, load_cases, run_case
from tests.builders import WORKING_DAY

CASES = load_cases(resource_dir("rules"))
NAMED_AFTER_NO_FINDING = {
    "lab2014.law",  # the day itself
    "lab2014.s31b.psych.scope",  # part of psych.right
    "lab2014.s31b.psych.note",  # part of psych.least and the least period
    "lab2014.transport",
    "lab2014.frame.gross",
    "lab2014.frame.amount",
    "lab2014.s121a.frame",
    "lab2016.s31b-f",  # the rules of 2014 go on
    "lab2016.s118.4",  # another cost than the mentor's
    "lab2016.merged",
    "lab2016.benefitrefund",
    "lab2016.ceiling",
    "lab2018.ceiling.unempl",
    "lab2018.ceiling.other",
    "dl.access",
    "dl.complaint",
    "dl.contact.2014",
    "dl.contact.2016",
    "dl.contact.local",
    "dl.edu.2020",
    "dl.followup",
    "dl.max",
    "dl.psych.end",
    "dl.psych.start",
    "dl.renew.rp",
    "dl.review",
    "dl.late",
    "dl.answer",
    "dl.forward",
    "dl.case_time",
    "local.absences",
    "local.first_contact",
    "local.standard_price",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_law_answers_as_the_case_expects(case: WorkedCase) -> None:
    assert run_case(case, law()) == []


def test_every_case_names_a_rule_that_exists() -> None:
    known = set(RULES) | NAMED_AFTER_NO_FINDING

    assert {case.rule for case in CASES} <= known


def test_every_rule_has_a_case_that_expects_its_answer() -> None:
    expected = {rule for case in CASES for rule in case.expect.get("findings", {})}

    assert set(RULES) == expected - {"local.standard_price"}


def test_each_period_of_the_law_has_its_cases() -> None:
    """Before 2014, 2014-15, 2016-19 and from 2020: a case of the day's law, by its date of decision."""
    laws = Counter(
        law().on(case.facts["date"]).find("mentor.law")
        for case in CASES
        if case.ask == "assessment" and "error" not in case.expect
    )

    assert len(CASES) >= 300
    assert min(laws[name] for name in ("LAB 2013", "LAB 2014", "LAB 2016", "LAB 2020")) >= 40


def test_the_eleven_examples_of_the_rule_catalogue_are_there() -> None:
    first_words = {case.name.split()[0] for case in CASES if case.path.parent.name == "worked_examples"}

    assert {f"E{number}" for number in range(1, 12)} <= first_words


def test_no_two_cases_of_a_file_share_a_name() -> None:
    names = Counter(case.title for case in CASES)

    assert [name for name, times in names.items() if times > 1] == []


def test_the_check_counts_figures_and_cases_and_finds_nothing_wrong() -> None:
    report = check_rules(resource_dir("rules"), WORKING_DAY)

    assert (report.parameters, report.cases) == (len(law().names()), len(CASES))
    assert report.is_clean
    assert report.unchecked == ()


def test_the_check_lists_figures_that_nobody_has_compared_for_a_year() -> None:
    checked = law().parameter("mentor.law").checked_on

    report = check_rules(resource_dir("rules"), checked.replace(year=checked.year + 2))

    assert "mentor.law" in report.unchecked


def test_a_case_that_does_not_hold_names_what_was_expected_and_what_came() -> None:
    case = next(case for case in CASES if case.expect.get("outcome") == "must")
    wrong = WorkedCase(
        case.name, case.rule, case.ask, case.facts, {"outcome": "may", "parts": [1]}, case.local, case.path
    )

    assert run_case(wrong, law()) == ["outcome: ventet 'may', fik 'must'", "parts: ventet [1], fik 'absent'"]


def test_a_deadline_that_the_case_does_not_expect_is_a_difference() -> None:
    case = next(case for case in CASES if case.ask == "deadlines")
    wrong = WorkedCase(case.name, case.rule, case.ask, case.facts, {"deadlines": {}}, case.local, case.path)

    assert "deadlines.agreement: ikke ventet" in run_case(wrong, law())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cases: []\nnoget: 1", "linje 2: »noget« kendes ikke i en fil"),
        ("about: tom", "»cases« mangler"),
        ("cases: 4", "»cases« mangler"),
        ("ask: vejret\ncases: []", "linje 1: »vejret« kan ikke spørges om"),
        ("cases:\n- {name: a, rule: b, facts: {}}", "linje 2: »expect« mangler"),
        ("cases:\n- {name: a, rule: b, facts: {}, expect: {}, og: 1}", "»og« kendes ikke i et eksempel"),
    ],
)
def test_a_broken_case_file_is_refused_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(RuleFileRejected, match=message) as refused:
        load_cases(tmp_path)

    assert "a.yaml" in refused.value.message
