"""Tests of what the pages show of an assessment, and what is asked when facts are few."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter_mentor.domain.kernel.change_days import NEW_ACT_EXPECTED
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.domain.law.assessment import Assessment, Finding, Outcome
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.facts import EDUCATION_KINDS, SITUATIONS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.rules import rulebook
from jobcenter_mentor.domain.law.texts import WARNINGS
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures import loader

CITIZEN = {
    "group": 3,
    "visitation": "aktivitetsparat",
    "can_take_other_offers": False,
    "cannot_because": "personal",
    "first_offer": True,
    "integration_programme": False,
    "psychiatric_inpatient": False,
}
REQUEST = {"start": "2014-05-12", "weeks": 13, "hours_per_week": 2, "mentor_type": "INT", "cost": 7800}


def an_assessment(
    law: Law, *, citizen: dict[str, object] | None = None, request: dict[str, object] | None = None, **case: object
) -> Assessment:
    given = {"date": "2014-05-05", "budget": {"frame_remaining": 120000}, **case}
    given |= {"citizen": {**CITIZEN, **(citizen or {})}, "request": {**REQUEST, **(request or {})}}
    return assess(facts_from_dict(given), law)


def test_the_example_of_the_contract_comes_out_as_written(law: Law) -> None:
    answer = an_assessment(law).to_dict()

    assert answer["outcome"] == "must"
    assert answer["max_period"] == {
        "months": 6,
        "last_day": "2014-11-11",
        "extension": "mandatory_new_offer_if_still_unable",
    }
    assert answer["reimbursement"] == {
        "rate": "0.50",
        "frame": "mentor_2014",
        "base": "7800.00",
        "amount": "3900.00",
        "own_cost": "3900.00",
        "account": None,
        "parts": [
            {
                "from": "2014-05-12",
                "to": "2014-08-10",
                "rate": "0.50",
                "frame": "mentor_2014",
                "base": "7800.00",
                "amount": "3900.00",
            }
        ],
    }
    assert answer["findings"][2]["facts"]["visitation"] == "aktivitetsparat"
    assert (answer["missing"], answer["warnings"]) == ([], [])


whole = st.fixed_dictionaries(
    {
        "date": st.dates(date(2010, 1, 1), date(2027, 12, 31)),
        "action": st.sampled_from(["grant", "extend", "end", "check_contact"]),
        "citizen": st.fixed_dictionaries(
            {},
            optional={
                "group": st.integers(0, 11),
                "visitation": st.sampled_from(list(VISITATIONS)),
                "can_take_other_offers": st.booleans(),
                "cannot_because": st.sampled_from(["personal", "other"]),
                "first_offer": st.booleans(),
                "situation": st.sampled_from(sorted(SITUATIONS)),
                "integration_programme": st.booleans(),
                "psychiatric_inpatient": st.booleans(),
                "age": st.integers(15, 70),
                "education_kind": st.sampled_from(EDUCATION_KINDS),
                "education_admission_date": st.dates(date(2019, 6, 1), date(2024, 1, 1)),
                "discharge_date": st.dates(date(2010, 1, 1), date(2027, 12, 31)),
                "single_parent": st.booleans(),
            },
        ),
        "request": st.fixed_dictionaries(
            {"cost": st.integers(10**4, 10**6)},
            optional={
                "start": st.dates(date(2010, 1, 1), date(2027, 2, 1)),
                "weeks": st.integers(1, 60),
                "hours_per_week": st.integers(0, 168),
                "mentor_type": st.sampled_from(list(MENTOR_TYPES)),
                "beyond_normal": st.booleans(),
                "cost_excluded": st.integers(0, 10**4),
                "place_share": st.integers(1, 9),
                "contacts": st.lists(st.dates(date(2014, 1, 1), date(2016, 1, 1)), max_size=5),
                "other_offer_start": st.dates(date(2014, 1, 1), date(2016, 1, 1)),
            },
        ),
        "agreement": st.none() | st.fixed_dictionaries({}, optional={"group": st.integers(0, 11)}),
        "budget": st.fixed_dictionaries({}, optional={"frame_remaining": st.integers(0, 10**6)}),
    }
)


@settings(max_examples=60, deadline=None)
@given(whole)
def test_any_facts_give_an_outcome_that_holds_together(given: dict[str, object]) -> None:
    assessment = assess(facts_from_dict(given), loader.law())

    assert Assessment.from_dict(assessment.to_dict()) == assessment
    open_end = assessment.termination_allowed is None and given["action"] == "end"
    unknown_act = given["date"] >= NEW_ACT_EXPECTED
    assert (assessment.outcome is Outcome.UNDECIDED) == (bool(assessment.missing) or open_end or unknown_act)
    assert not (assessment.right_and_duty and not assessment.right)
    assert (assessment.min_contact_interval_days is None) or assessment.right_and_duty
    assert set(assessment.warnings) <= set(WARNINGS)
    assert len(assessment.warning_texts) == len(assessment.warnings)
    assert assessment.verdict[-1] in ".?"


def test_facts_that_nobody_gave_are_asked_for_together(law: Law) -> None:
    assessment = assess(facts_from_dict({"date": "2014-05-05"}), law)

    assert assessment.missing == (
        "citizen.integration_programme",
        "citizen.group",
        "request.mentor_type",
        "request.start",
    )
    assert assessment.verdict.startswith("Kan ikke afgøres endnu. Spørg: Er borgeren i integrationsprogrammet?")
    assert assessment.verdict.endswith("Hvornår skal støtten begynde?")


def test_facts_that_contradict_are_named_in_danish_with_what_was_given(law: Law) -> None:
    assessment = an_assessment(law, citizen={"visitation": "jobparat"})

    assert assessment.finding("proc.facts").facts == {"group": 3, "visitation": "jobparat"}
    assert assessment.verdict == "Kan ikke afgøres endnu. Disse oplysninger passer ikke sammen: målgruppe, visitation."


def test_facts_that_contradict_give_no_amount(law: Law) -> None:
    by_two_prices = an_assessment(law, request={"hourly_rate": 300})
    by_two_ends = an_assessment(law, request={"end": "2014-06-01"})

    told = [answer.reimbursement for answer in (by_two_prices, by_two_ends)]
    assert [(refund.amount, refund.own_cost) for refund in told if refund] == [(None, None)] * 2


def test_a_contact_check_without_a_start_asks_for_it(law: Law) -> None:
    assessment = an_assessment(law, action="check_contact", request={"start": None, "weeks": None})

    assert assessment.missing == ("request.start",)


def test_a_right_at_discharge_without_a_start_asks_for_it(law: Law) -> None:
    citizen = {
        "group": 5,
        "visitation": None,
        "psychiatric_inpatient": True,
        "discharge_date": "2014-06-30",
    }

    assessment = an_assessment(law, citizen=citizen, request={"start": None})

    assert assessment.missing == ("request.start",)
    assert assessment.earliest_start == date(2014, 3, 30)


def test_costs_given_in_two_ways_contradict(law: Law) -> None:
    costs = [{"from": "2014-05-12", "to": "2014-08-10", "amount": 1}]

    assert an_assessment(law, request={"costs": costs}).missing == ("request.cost", "request.costs")
    assert an_assessment(law, request={"costs": costs, "cost": None, "hourly_rate": 1}).missing == (
        "request.hourly_rate",
        "request.costs",
    )


def test_a_breach_of_contact_is_kept_with_the_assessment(law: Law) -> None:
    assessment = an_assessment(law, action="check_contact", date="2014-06-02", request={"contacts": []})

    assert assessment.contact_breaches[0].gap_days == 21
    assert Assessment.from_dict(assessment.to_dict()) == assessment


def test_hours_that_nobody_gave_are_a_warning(law: Law) -> None:
    assessment = an_assessment(law, request={"hours_per_week": None})

    assert assessment.outcome is Outcome.MUST
    assert assessment.warnings == ("hours_missing",)


def test_hours_are_written_the_danish_way(law: Law) -> None:
    answers = [
        an_assessment(law, request={"hours_per_week": hours}).finding("lab2014.s31e.hours").answer
        for hours in (10, 2.5)
    ]

    assert answers == ["10", "2,5"]


@pytest.mark.parametrize(("answer", "text"), [(True, "Ja"), (False, "Nej"), (None, "Uafklaret"), (7, "7")])
def test_an_answer_is_shown_in_danish(answer: bool | int | None, text: str) -> None:
    assert Finding("r", "q", answer, "§", {}, None, "s", "text").answer_text == text


@pytest.mark.parametrize(("days", "words"), [(7, "hver uge"), (14, "hver anden uge"), (10, "hver 10. dag")])
def test_a_contact_interval_is_told_in_words(law: Law, days: int, words: str) -> None:
    kept = {**an_assessment(law).to_dict(), "min_contact_interval_days": days}

    assert f"kontakt mindst {words}" in Assessment.from_dict(kept).verdict


def test_a_rule_that_was_not_asked_has_no_finding(law: Law) -> None:
    assert an_assessment(law).finding("lab2014.s96c.who") is None
    assert not an_assessment(law).says("lab2014.s96c.who")


def test_an_assessment_without_a_group_has_no_reimbursement_and_keeps(law: Law) -> None:
    assessment = an_assessment(law, citizen={"group": None})

    assert assessment.reimbursement is None
    assert Assessment.from_dict(assessment.to_dict()) == assessment


def test_only_the_law_of_the_day_is_used_when_the_support_starts_later(law: Law) -> None:
    assert an_assessment(law, date="2015-12-31", request={"start": "2016-01-04"}).law == LawCode.LAB_2014


@pytest.mark.parametrize(("day", "section"), [("2019-12-31", "LAB § 2, jf. "), ("2026-11-02", "LAB § 6, jf. ")])
def test_the_target_groups_are_cited_by_the_number_of_the_day(law: Law, day: str, section: str) -> None:
    found = an_assessment(law, date=day, request={"start": day}).finding("lab2014.applies")

    assert found is not None
    assert found.section.startswith(section)


@pytest.mark.parametrize(
    ("start", "weeks"), [("2026-12-14", 13), ("2027-01-04", 13)], ids=["over New Year", "all in 2027"]
)
def test_cost_on_days_without_law_is_told_in_words_that_hold_for_a_part_and_for_all(
    law: Law, start: str, weeks: int
) -> None:
    told = an_assessment(law, date="2026-10-15", citizen={"group": 5}, request={"start": start, "weeks": weeks})

    assert [WARNINGS[code] for code in told.warnings if code == "law_not_entered"] == [
        "Udgiften ligger helt eller delvist på dage, hvor loven ikke er lagt ind."
    ]


def test_an_ending_in_a_course_whose_right_and_duty_is_not_known_is_undecided(law: Law) -> None:
    ending = {"action": "end", "date": "2014-07-01"}

    found = an_assessment(law, citizen={"can_take_other_offers": None, "cannot_because": None}, **ending)

    assert found.outcome is Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("known", "start", "asked"),
    [
        ({"education_kind": "study_or_job_qualifying"}, "2021-09-01", "citizen.education_admission_date"),
        (
            {"education_kind": "study_or_job_qualifying", "education_admission_date": "2021-08-15"},
            None,
            "request.start",
        ),
    ],
)
def test_the_right_at_the_beginning_of_an_education_asks_for_what_it_rests_on(
    law: Law, known: dict[str, str], start: str | None, asked: str
) -> None:
    citizen = {"group": 4, "visitation": None, "age": 22, "cannot_because": None} | known
    citizen["education_kind"] = "study_or_job_qualifying"

    found = an_assessment(law, citizen=citizen, request={"start": start}, date="2021-08-20")

    assert {one.asks for one in found.findings if one.rule == "lab2020.s167.3"} == {asked}


def test_an_admission_before_the_sixteenth_birthday_contradicts_the_age(law: Law) -> None:
    found = an_assessment(law, citizen={"age": 20, "education_admission_date": "2008-01-15"}, date="2014-05-05")

    assert {"citizen.age", "citizen.education_admission_date"} <= set(found.missing)


def test_answers_are_forgotten_when_they_are_too_many(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "MOST_KEPT", 1)
    asked: list[str] = []

    @rulebook.kept_by("id")
    def rule(facts, _law):
        asked.append(facts.id)
        return facts.id

    of_day = law.on(date(2014, 5, 5))
    of_day.stated.clear()

    assert [rule(SimpleNamespace(id=one), of_day) for one in "aaba"] == list("aaba")
    assert asked == list("aba")
