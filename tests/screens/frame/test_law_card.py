"""The card of an assessment: three sentences with "fordi", no bare numbers, and the law's words beside the reading."""

import re
from dataclasses import replace
from datetime import date

import pytest

from jobcenter_mentor.domain.law.assessment import Assessment, Finding
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.reasons import plain_reasons
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.extracts import ReadingCertainty
from jobcenter_mentor.platform.law_figures.loader import law
from jobcenter_mentor.screens.frame.law_card import HOURS, VALUE_UNITS, LawCard, answer_words, card_of, fact_words
from tests.platform.law_figures.assessed import ASSESSED

CODE = re.compile(r"lab20\d\d|[a-z]+_[a-z]+|none|true|false|[a-z]+\.[a-z]", re.I)
"""What only the program says: rule ids, codes with an underscore, and Python's own words."""
CASE = {
    "date": "2014-05-05",
    "citizen": {
        "group": 3,
        "visitation": "aktivitetsparat",
        "integration_programme": False,
        "first_offer": True,
        "can_take_other_offers": False,
        "cannot_because": "personal",
        "psychiatric_inpatient": False,
    },
    "request": {"start": "2014-05-12", "weeks": 20, "hours_per_week": 2, "mentor_type": "INT", "hourly_rate": 300},
    "budget": {"frame_remaining": "100000"},
}


def assessed(**citizen: object) -> Assessment:
    return assess(facts_from_dict({**CASE, "citizen": {**CASE["citizen"], **citizen}}), law())


def the_card(day: date = date(2014, 5, 5), **citizen: object) -> LawCard:
    return card_of(assessed(**citizen), day)


def row_of(card: LawCard, question: str):
    return next(row for row in (*card.asked, *card.constant) if question in row.question)


def test_the_three_sentences_say_who_for_how_long_and_who_pays() -> None:
    assert the_card().reasons == (
        "Borgeren skal have tilbud om en mentor, fordi borgeren er aktivitetsparat og i en periode ikke kan deltage i "
        "tilbud på grund af personlige forhold (LAB § 93).",
        "Aftalen kan højst vare til og med 11.11.2014, fordi loven sætter 6 måneder ad gangen, og der skal være "
        "kontakt mindst hver uge.",
        "Staten betaler 50 % af udgiften inden for mentorrammen, fordi reglerne om refusion nævner målgruppen "
        "»aktivitetsparat kontanthjælpsmodtager (§ 2, nr. 3)« (LAB § 121 a, stk. 1).",
    )


@pytest.mark.parametrize("day", ASSESSED, ids=lambda case: case.name[:60])
def test_every_sentence_of_every_case_has_its_fordi_and_no_code(day) -> None:
    for words in plain_reasons(day.assessment):
        assert words.count("fordi") == 1
        assert words.endswith(".")
        assert not CODE.search(words.replace("i alt, medmindre", ""))
        assert "None" not in words


def test_the_sentence_of_the_support_agrees_with_the_outcome() -> None:
    beginnings = {
        "must": ("Borgeren skal have tilbud om en mentor",),
        "may": ("Borgeren kan få en mentor", "Støtten kan stoppe"),
        "must_not": (
            "Borgeren kan ikke få",
            "Denne mentor kan ikke",
            "Borgeren skal have tilbud om en anden",
            "Støtten skal",
        ),
        "undecided": ("Det kan ikke afgøres",),
    }
    wrong = [
        (case.name, plain_reasons(case.assessment)[0])
        for case in ASSESSED
        if not plain_reasons(case.assessment)[0].startswith(beginnings[case.assessment.outcome.value])
    ]

    assert wrong == []


def test_no_figure_stands_without_its_unit() -> None:
    bare = set()
    for case in ASSESSED:
        for found in case.assessment.findings:
            if type(found.value) is int and found.rule not in VALUE_UNITS:
                bare.add(found.rule)
            if (
                isinstance(found.answer, str)
                and found.answer[:1].isdigit()
                and found.rule not in HOURS | {"ref2026.amount"}
            ):
                bare.add(found.rule)

    assert bare == set()


def test_groups_and_hours_are_said_in_words() -> None:
    card = the_card()

    assert (
        "målgruppe: aktivitetsparat kontanthjælpsmodtager (§ 2, nr. 3)" in row_of(card, "aktivitetsparat").facts.lower()
    )
    assert row_of(card, "timer om ugen").answer == "2 timer om ugen"
    assert row_of(card, "dage må der højst gå").answer == "7 dage"
    assert row_of(card, "mentorrammen").figure == "Loven nævner § 2, nr. 3-10, 12 og 13"
    assert row_of(card, "højst 6 måneder").figure == "Lovens tal: 6 måneder"


def test_no_row_of_any_case_shows_minutes_or_a_bare_group() -> None:
    seen = [
        row.facts
        for case in ASSESSED
        for row in card_of(case.assessment, case.day).asked
        if "minutter om ugen" in row.facts or re.search(r"målgruppe:? \d", row.facts.lower())
    ]

    assert [words for words in seen if "og" not in words] == []


def test_a_group_of_an_older_agreement_is_said_by_the_act_that_refunds_it() -> None:
    facts = {
        "date": "2020-02-03",
        "action": "check_contact",
        "agreement": {"date": "2019-12-02", "group": 11},
        "citizen": {"group": 8, "integration_programme": False},
        "request": {"start": "2019-12-09", "end": "2020-05-31", "contacts": [], "cost": "1000.00"},
    }

    said = plain_reasons(assess(facts_from_dict(facts), law()))[2]

    assert "førtidspension" not in said
    assert "ressourceforløb (§ 6, nr. 8)" in said or "ressourceforløb (§ 2, nr. 11)" in said


def test_the_words_of_the_law_stand_beside_the_reading() -> None:
    row = row_of(the_card(), "højst 6 måneder")

    assert row.kind is ReadingCertainty.TEXT
    assert [extract.words for extract in row.says] == [
        "Aftalen kan højst indgås for 6 måneder med mulighed for forlængelse."
    ]


def test_what_is_not_read_in_the_law_says_so_instead() -> None:
    inferred = row_of(the_card(), "første tilbud til gode")
    local = row_of(the_card(), "kommunens eget loft")

    assert (inferred.says, inferred.kind_words) == ((), "udledt")
    assert "kapitel 9 b" in inferred.inferred_from
    assert (local.says, local.kind_words) == ((), "kommunens egen regel")


def test_what_rests_on_no_fact_is_folded_apart() -> None:
    card = the_card()

    assert all(row.facts for row in card.asked)
    assert all(not row.facts for row in card.constant)
    assert len(card.constant) > 8


def test_a_question_kept_under_an_old_name_is_shown_as_it_was() -> None:
    old = Finding(
        "lab2014.integration",
        "Er borgeren omfattet af integrationsprogrammet?",
        False,
        "§ 23 d",
        {"integration_programme": False},
        None,
        "Integrationsloven",
        "text",
    )
    now = assessed()
    kept = replace(now, findings=(old, *now.findings[1:]))

    row = card_of(kept, date(2014, 5, 5)).asked[0]

    assert (row.question, row.answer, row.says) == ("Er borgeren omfattet af integrationsprogrammet?", "Nej", ())


def test_a_contact_answer_says_days(law: Law) -> None:
    found = assess(facts_from_dict(CASE), law).finding("lab2014.rp.contact")

    assert found is not None
    assert answer_words(found) == "7 dage"


def test_who_is_not_refunded_is_never_said_to_stand_in_the_law() -> None:
    row = row_of(the_card(group=2, visitation="jobparat"), "Refunderer staten")

    assert (row.answer, row.figure) == ("Nej", "Uden refusion er § 2, nr. 1 og 2")


def test_from_july_2025_nobody_is_said_to_get_a_benefit_that_has_ended() -> None:
    citizen = {"benefit": "kontanthjaelp", "visitation": "aktivitetsparat", "age": 24, "has_education": False}
    known = {"integration_programme": False, "psychiatric_inpatient": False}
    request = {**CASE["request"], "start": "2026-03-09"}
    facts = {"date": "2026-03-02", "citizen": {**citizen, **known}, "request": request}

    card = card_of(assess(facts_from_dict(facts), law()), date(2026, 3, 2))

    assert "aktivitetsparat under 30 år uden uddannelse (§ 6, nr. 5)" in card.reasons[0]
    assert "uddannelseshjælp" not in " ".join([*card.reasons, *(row.facts for row in card.asked)])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("minutes_per_week", 90, "1 time og 30 minutter om ugen"),
        ("place_share", 4, "4 borgere om pladsen"),
        ("cost_excluded", "100.00", "fratrukket udgift 100,00 kr."),
        ("education_kind", "other", "anden uddannelse end en studie- eller erhvervskompetencegivende"),
        ("age", 24, "24 år"),
        ("group", None, "målgruppe: ikke oplyst"),
    ],
)
def test_a_fact_is_said_with_its_unit(name: str, value: object, said: str) -> None:
    assert fact_words(name, value, section_6=True) == said
