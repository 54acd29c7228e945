"""Tests of the number of § 2 and § 6 for every benefit, visitation, age, education and day, by the wording."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS, groups_on
from jobcenter_mentor.domain.law.benefit_errors import refusal_of
from jobcenter_mentor.domain.law.benefits import GroupOfBenefit, group_of, visitations_offered
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law

DAYS = [
    date(2010, 1, 1),
    date(2012, 12, 31),
    date(2013, 1, 1),
    date(2013, 12, 31),
    date(2014, 1, 1),
    date(2014, 6, 30),
    date(2014, 7, 1),
    date(2015, 8, 31),
    date(2015, 9, 1),
    date(2016, 11, 21),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2026, 11, 30),
]
"""Both sides of each change of § 2 and § 6."""
AGES = (None, 17, 18, 29, 30, 64)
ALWAYS = {
    "dagpenge": (1, 1),
    "revalidering": (4, 10),
    "sygedagpenge": (5, 6),
    "foertidspension": (6, 11),
    "fleksjob": (7, 9),
    "ledighedsydelse": (7, 9),
    "under_18": (9, 13),
    "selvforsoergende": (10, 12),
    "su": (0, 0),
    "beskaeftiget": (0, 0),
}
"""Benefits of every day: the number of § 2, and of § 6."""
PARTLY = {
    "nyuddannet_handicap": (None, date(2020, 1, 1), 8, None),
    "ressourceforloeb": (date(2013, 1, 1), None, 11, 8),
    "jobafklaring": (date(2014, 7, 1), None, 14, 7),
}
"""Benefits with a first or a last day, and the two numbers."""
READY = ("jobparat", "aktivitetsparat", "uddannelsesparat", "aabenlyst_uddannelsesparat")
BENEFIT_AND = {name: ("citizen.benefit", f"citizen.{name}") for name in ("visitation", "age", "has_education")}
NOT_THAT_DAY = GroupOfBenefit(clash=("citizen.benefit", "date"))


def by_the_wording(citizen: CitizenFacts, day: date) -> GroupOfBenefit:
    """Return the number of LAB § 2 or § 6 for a citizen as a lawyer would, without the program's tables."""
    benefit, from_2020 = citizen.benefit or "", day >= date(2020, 1, 1)
    if benefit in ALWAYS or benefit in PARTLY:
        return _fixed(citizen, day, from_2020)
    if benefit == "selvforsoergelses_hjemrejseydelse":
        if not date(2020, 1, 1) <= day < date(2025, 7, 1):
            return NOT_THAT_DAY
        if citizen.visitation in READY:
            return GroupOfBenefit(clash=BENEFIT_AND["visitation"])
        return GroupOfBenefit(asks="citizen.integration_programme")
    if not _is_paid(benefit, day):
        return NOT_THAT_DAY
    if citizen.visitation is None:
        return GroupOfBenefit(asks="citizen.visitation")
    return _visited(citizen, day, from_2020)


def _fixed(citizen: CitizenFacts, day: date, from_2020: bool) -> GroupOfBenefit:
    first, end, old, new = PARTLY.get(citizen.benefit or "") or (None, None, *ALWAYS[citizen.benefit or ""])
    if (first and day < first) or (end and day >= end):
        return NOT_THAT_DAY
    if citizen.benefit == "under_18" and (citizen.age or 0) >= 18:
        return GroupOfBenefit(clash=BENEFIT_AND["age"])
    if citizen.visitation in READY and (citizen.benefit, citizen.visitation) != ("dagpenge", "jobparat"):
        return GroupOfBenefit(clash=BENEFIT_AND["visitation"])
    return GroupOfBenefit(new if from_2020 else old)


def _is_paid(benefit: str, day: date) -> bool:
    days = {
        "kontanthjaelp": (date(2000, 1, 1), date(2100, 1, 1)),
        "uddannelseshjaelp": (date(2014, 1, 1), date(2025, 7, 1)),
        "integrationsydelse": (date(2015, 9, 1), date(2020, 1, 1)),
        "overgangsydelse": (date(2020, 1, 1), date(2025, 7, 1)),
    }
    return days[benefit][0] <= day < days[benefit][1]


def _visited(citizen: CitizenFacts, day: date, from_2020: bool) -> GroupOfBenefit:
    benefit, visitation, age, education = citizen.benefit, citizen.visitation, citizen.age, citizen.has_education
    if benefit == "kontanthjaelp" and day < date(2014, 1, 1):
        number = {"match1": 2, "jobparat": 2, "match2": 3, "match3": 3, "aktivitetsparat": 3}.get(visitation or "")
        return GroupOfBenefit(number, clash=None if number else BENEFIT_AND["visitation"])
    young = {"uddannelsesparat": 4, "aabenlyst_uddannelsesparat": 4, "aktivitetsparat": 5}
    if not from_2020:
        young = {"uddannelsesparat": 12, "aabenlyst_uddannelsesparat": 12, "aktivitetsparat": 13}
    grown = {"jobparat": 2, "aktivitetsparat": 3}
    if benefit == "uddannelseshjaelp" or (benefit == "kontanthjaelp" and day < date(2025, 7, 1)):
        number = (young if benefit == "uddannelseshjaelp" else grown).get(visitation or "")
        return _named_in_section_6(benefit, number, age, education) if from_2020 else _number(number, "visitation")
    if visitation not in {*young, *grown}:
        return GroupOfBenefit(clash=BENEFIT_AND["visitation"])
    if age is None:
        return GroupOfBenefit(asks="citizen.age")
    if age >= 30:
        return _number(grown.get(visitation or ""), "age")
    if education is None:
        return GroupOfBenefit(asks="citizen.has_education")
    return _number((grown if education else young).get(visitation or ""), "has_education")


def _named_in_section_6(benefit: str, number: int | None, age: int | None, education: bool | None) -> GroupOfBenefit:
    """Return the number of § 6, nr. 2-5: kontanthjælp from 30 or educated, uddannelseshjælp under 30 and uneducated."""
    if number is None:
        return GroupOfBenefit(clash=BENEFIT_AND["visitation"])
    if benefit == "uddannelseshjaelp" and (age or 0) >= 30:
        return GroupOfBenefit(clash=BENEFIT_AND["age"])
    wrong = education is True if benefit == "uddannelseshjaelp" else education is False and (age or 30) < 30
    return GroupOfBenefit(clash=BENEFIT_AND["has_education"]) if wrong else GroupOfBenefit(number)


def _number(number: int | None, decided_by: str) -> GroupOfBenefit:
    return GroupOfBenefit(number, clash=None if number is not None else BENEFIT_AND[decided_by])


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_group_is_that_of_the_wording_for_every_visitation_age_education_and_day(benefit: str, law: Law) -> None:
    for visitation, age, education, day in product((None, *VISITATIONS), AGES, (None, True, False), DAYS):
        citizen = CitizenFacts(benefit=benefit, visitation=visitation, age=age, has_education=education)

        found = group_of(citizen, law.on(day))

        assert found == by_the_wording(citizen, day), (benefit, visitation, age, education, day)
        assert found.number is None or found.number in groups_on(day)


@pytest.mark.parametrize("day", [date(2014, 7, 1), date(2020, 1, 1), date(2025, 7, 1)])
def test_every_number_of_the_act_can_be_registered(day: date, law: Law) -> None:
    told = (
        CitizenFacts(benefit=benefit, visitation=visitation, age=age, has_education=education)
        for benefit, visitation, age, education in product(BENEFITS, (None, *READY), (17, 25, 40), (True, False, None))
    )
    registered = {group_of(one, law.on(day)).number for one in told if refusal_of(one, law.on(day)) is None}

    assert registered - {None} == set(groups_on(day))


@pytest.mark.parametrize(
    ("benefit", "day", "instead"),
    [
        ("uddannelseshjaelp", date(2013, 12, 31), "Vælg kontanthjælp."),
        ("uddannelseshjaelp", date(2025, 7, 1), "Vælg kontanthjælp."),
        ("integrationsydelse", date(2020, 1, 1), "Vælg overgangsydelse."),
        ("integrationsydelse", date(2025, 7, 1), "Vælg kontanthjælp."),
        ("overgangsydelse", date(2019, 12, 31), "Vælg integrationsydelse."),
        ("overgangsydelse", date(2014, 1, 1), "Vælg kontanthjælp."),
        ("selvforsoergelses_hjemrejseydelse", date(2019, 12, 31), "Vælg integrationsydelse."),
        ("selvforsoergelses_hjemrejseydelse", date(2025, 7, 1), "Vælg kontanthjælp."),
        ("ressourceforloeb", date(2012, 12, 31), "Vælg kontanthjælp."),
        ("jobafklaring", date(2014, 6, 30), "Vælg sygedagpenge."),
        ("nyuddannet_handicap", date(2020, 1, 1), "Vælg den ydelse, borgeren får den dag."),
    ],
)
def test_a_benefit_that_was_not_there_is_refused_naming_the_one_that_was(
    benefit: str, day: date, instead: str, law: Law
) -> None:
    refused = refusal_of(CitizenFacts(benefit=benefit, visitation="aktivitetsparat", age=22), law.on(day))

    assert refused is not None
    assert (refused.field, refused.code) == ("benefit", "cross_field")
    assert refused.text == f"{BENEFITS[benefit]} findes ikke den {day:%d.%m.%Y}. {instead}"


@pytest.mark.parametrize(
    ("told", "day", "field", "text"),
    [
        (
            ("kontanthjaelp", None, None, 40),
            date(2014, 5, 5),
            "visitation",
            "Visitation mangler. Kontanthjælp skal have en visitation.",
        ),
        (
            ("kontanthjaelp", "uddannelsesparat", None, 40),
            date(2014, 5, 5),
            "visitation",
            "Visitationen »Uddannelsesparat« passer ikke til kontanthjælp. Vælg jobparat eller aktivitetsparat.",
        ),
        (
            ("kontanthjaelp", "match2", None, 40),
            date(2014, 5, 5),
            "visitation",
            "Visitationen »Matchgruppe 2« passer ikke til kontanthjælp. Vælg jobparat eller aktivitetsparat.",
        ),
        (
            ("sygedagpenge", "jobparat", None, 40),
            date(2014, 5, 5),
            "visitation",
            "Visitationen »Jobparat« passer ikke til sygedagpenge. Lad visitationen være tom.",
        ),
        (
            ("kontanthjaelp", "uddannelsesparat", None, 40),
            date(2026, 11, 30),
            "visitation",
            "Visitationen »Uddannelsesparat« passer ikke til kontanthjælp for en borger på 40 år. "
            "Vælg jobparat eller aktivitetsparat.",
        ),
        (
            ("kontanthjaelp", "jobparat", False, 22),
            date(2026, 11, 30),
            "visitation",
            "Visitationen »Jobparat« passer ikke til kontanthjælp for en borger under 30 år uden uddannelse. "
            "Vælg aktivitetsparat, uddannelsesparat eller åbenlyst uddannelsesparat.",
        ),
        (
            ("kontanthjaelp", "aktivitetsparat", None, 22),
            date(2026, 11, 30),
            "has_education",
            "Svar på, om borgeren har en erhvervskompetencegivende uddannelse. Det afgør målgruppen under 30 år.",
        ),
        (
            ("kontanthjaelp", "aktivitetsparat", False, 22),
            date(2025, 6, 30),
            "benefit",
            "Kontanthjælp passer ikke til en borger under 30 år uden uddannelse. Vælg uddannelseshjælp.",
        ),
        (
            ("uddannelseshjaelp", "aktivitetsparat", None, 30),
            date(2025, 6, 30),
            "benefit",
            "Uddannelseshjælp passer ikke til en borger på 30 år. Vælg kontanthjælp.",
        ),
        (
            ("under_18", None, None, 18),
            date(2026, 11, 30),
            "benefit",
            "Under 18 passer ikke til en borger på 18 år. Vælg den ydelse, borgeren får den dag.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_choose(
    told: tuple[str, str | None, bool | None, int], day: date, field: str, text: str, law: Law
) -> None:
    benefit, visitation, education, age = told
    citizen = CitizenFacts(benefit=benefit, visitation=visitation, has_education=education, age=age)

    refused = refusal_of(citizen, law.on(day))

    assert refused is not None
    assert (refused.field, refused.text) == (field, text)


def test_a_benefit_of_the_programme_can_be_registered_and_has_no_number(law: Law) -> None:
    outside = CitizenFacts(benefit="selvforsoergelses_hjemrejseydelse", age=30, integration_programme=False)

    assert refusal_of(outside, law.on(date(2024, 5, 5))) is None
    assert group_of(outside, law.on(date(2024, 5, 5))).clash == ("citizen.benefit", "citizen.integration_programme")
    assert group_of(replace(outside, integration_programme=True), law.on(date(2024, 5, 5))) == GroupOfBenefit()


def test_a_benefit_of_a_day_before_the_first_law_is_read_by_it(law: Law) -> None:
    since_2008 = law.on(date(2008, 3, 3))

    assert refusal_of(CitizenFacts(benefit="sygedagpenge", age=40), since_2008) is None
    refused = refusal_of(CitizenFacts(benefit="jobafklaring", age=40), since_2008)
    assert refused is not None
    assert refused.text == "Jobafklaring findes ikke den 03.03.2008. Vælg sygedagpenge."


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2013, 12, 31), ["jobparat", "aktivitetsparat", "match1", "match2", "match3"]),
        (date(2014, 1, 1), ["jobparat", "aktivitetsparat", "uddannelsesparat", "aabenlyst_uddannelsesparat"]),
        (date(2026, 11, 30), ["jobparat", "aktivitetsparat", "uddannelsesparat", "aabenlyst_uddannelsesparat"]),
    ],
)
def test_the_visitations_to_choose_from_are_those_of_the_day(day: date, offered: list[str], law: Law) -> None:
    assert visitations_offered(law.on(day)) == offered


def test_a_refusal_without_an_age_speaks_of_the_citizen(law: Law) -> None:
    trained = CitizenFacts(benefit="uddannelseshjaelp", visitation="aktivitetsparat", has_education=True)

    refused = refusal_of(trained, law.on(date(2021, 5, 1)))

    assert refused is not None
    assert "passer ikke til borgeren" in refused.text
