"""Tests that no letter claims a right that the facts and the day don't give, and that its act is the day's."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.facts import CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.law.grounds import Ground, ground_of, running_basis, sections_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.situation import OUTSIDE, no_longer_words, standing_words
from jobcenter_mentor.domain.law.verdict import assess

DAYS = (
    date(2010, 6, 1),
    date(2013, 6, 1),
    date(2014, 6, 2),
    date(2017, 6, 1),
    date(2021, 6, 1),
    date(2022, 6, 1),
    date(2026, 6, 1),
)
GROUPS = range(14)
NEEDS = (
    {},
    {"can_take_other_offers": False, "cannot_because": "personal", "first_offer": True},
    {"can_take_other_offers": False, "cannot_because": "other", "first_offer": True},
    {"can_take_other_offers": True},
)
EVENTS = ("none", "discharged", "inpatient", "far discharge", "education", "course", "admitted long ago")


def event_facts(event: str, day: date) -> dict[str, object]:
    """Return the facts of a discharge or an admission."""
    soon = day + timedelta(days=30)
    return {
        "none": {"psychiatric_inpatient": False},
        "discharged": {"psychiatric_inpatient": False, "discharge_date": day - timedelta(days=5)},
        "inpatient": {"psychiatric_inpatient": True, "discharge_date": soon},
        "far discharge": {"psychiatric_inpatient": True, "discharge_date": day + timedelta(days=300)},
        "education": {"education_kind": "study_or_job_qualifying", "education_admission_date": day},
        "course": {"education_kind": "other", "education_admission_date": day},
        "admitted long ago": {
            "education_kind": "study_or_job_qualifying",
            "education_admission_date": day - timedelta(days=400),
        },
    }[event]


def assessed(law: Law, day: date, group: int, need: dict[str, object], event: str) -> tuple[CaseFacts, Assessment]:
    facts = CaseFacts(
        date=day,
        citizen=CitizenFacts(
            group=group, visitation="aktivitetsparat", age=27, integration_programme=False, situation="kontaktforloeb"
        ),
        request=RequestFacts(start=day, weeks=13, minutes_per_week=60, mentor_type="INT", cost=100),
    )
    facts = replace(facts, citizen=replace(facts.citizen, **need, **event_facts(event, day)))
    return facts, assess(facts, law)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_right_is_told_only_where_the_facts_give_it(law: Law, day: date) -> None:
    seen = set()
    for group, need, event in product(GROUPS, NEEDS, EVENTS):
        facts, answer = assessed(law, day, group, need, event)
        ground, citizen = ground_of(answer), facts.citizen
        seen.add(ground)
        if ground is Ground.DUTY:
            assert (citizen.cannot_because, citizen.visitation) == ("personal", "aktivitetsparat")
            assert 2014 <= day.year < 2020
        if ground is Ground.DISCHARGE:
            assert citizen.discharge_date is not None
            assert event in {"discharged", "inpatient"}
        if ground is Ground.EDUCATION:
            assert (event, group in {4, 5}) == ("education", True)
        if ground is Ground.OFFER:
            assert not answer.right

    assert (Ground.DUTY in seen) == (2014 <= day.year < 2020)
    assert (Ground.DISCHARGE in seen) == (day.year >= 2014)
    assert (Ground.EDUCATION in seen) == (day >= date(2022, 5, 22))


@pytest.mark.parametrize(
    ("day", "section"),
    [(day, {2010: "§ 78", 2013: "§ 78", 2014: "§ 31 b", 2017: "§ 31 b"}.get(day.year, "§ 167")) for day in DAYS],
    ids=str,
)
def test_the_sections_are_those_of_the_day(law: Law, day: date, section: str) -> None:
    for group, need, event in product(GROUPS, NEEDS, EVENTS):
        _, answer = assessed(law, day, group, need, event)
        named = sections_of(answer)

        assert named
        assert any(section in one for one in named)
        assert ("§ 93" in " ".join(named) or "§ 96" in " ".join(named)) == bool(answer.right_and_duty)


@pytest.mark.parametrize(
    ("basis", "discharge_right", "before", "now", "section"),
    [
        ("LAB § 93", False, LawCode.LAB_2014, LawCode.LAB_2016, "LAB § 93"),
        ("LAB § 93", False, LawCode.LAB_2016, LawCode.LAB_2020, "LAB § 167, stk. 1"),
        ("LAB § 31 b, stk. 2", True, LawCode.LAB_2016, LawCode.LAB_2020, "LAB § 167, stk. 2"),
        ("LAB § 78, stk. 1", False, LawCode.LAB_2013, LawCode.LAB_2014, "LAB § 31 b, stk. 1"),
        ("", False, LawCode.LAB_2013, LawCode.LAB_2013, "LAB § 78, stk. 1"),
        ("", True, LawCode.LAB_2020, LawCode.LAB_2020, "LAB § 167, stk. 2"),
        ("LAB § 167, stk. 1", False, LawCode.LAB_2020, None, ""),
    ],
)
def test_a_running_course_follows_the_act_of_the_day(
    basis: str, discharge_right: bool, before: LawCode, now: LawCode | None, section: str
) -> None:
    assert running_basis(basis, discharge_right=discharge_right, granted_under=before, law=now) == section


def test_every_benefit_and_visitation_can_be_said_to_the_citizen() -> None:
    for benefit in BENEFITS:
        assert standing_words(benefit).startswith("Du "), benefit
        assert no_longer_words(benefit).startswith("Du "), benefit
    for visitation in VISITATIONS:
        assert " og er " in standing_words("kontanthjaelp", visitation), visitation
    assert standing_words("", "aktivitetsparat") == ""
    assert no_longer_words("") == OUTSIDE


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("event", EVENTS)
def test_no_section_is_named_under_an_act_that_is_not_entered(law: Law, need: dict[str, object], event: str) -> None:
    _, assessment = assessed(law, date(2027, 1, 1), 3, need, event)

    assert assessment.legal_basis == ""
