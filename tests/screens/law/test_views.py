"""Sider under /regler: the words of the law at each figure, and what nobody has read, for those who decide alone."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law.open_points import OPEN_POINTS
from jobcenter_mentor.platform.law_figures.doubts import doubts_of
from jobcenter_mentor.platform.law_figures.extracts import ReadingCertainty, rules_by_kind
from jobcenter_mentor.platform.law_figures.loader import law
from tests.builders import a_mentor, a_user
from tests.logins import Visitor, logged_in
from tests.screens.course.test_views import words_of

UNKNOWN = "/regler/hvad-vi-ikke-ved"


def test_the_page_lists_every_open_point_with_what_would_settle_it(as_caseworker: Visitor) -> None:
    words = words_of(as_caseworker.get(UNKNOWN))

    assert [point.code for point in OPEN_POINTS.values() if point.question not in words] == []
    assert [point.code for point in OPEN_POINTS.values() if point.settled_by not in words] == []


def test_the_page_counts_what_the_readings_rest_on(as_caseworker: Visitor) -> None:
    words = words_of(as_caseworker.get(UNKNOWN))

    for count in doubts_of(law()).counts:
        assert f"{count.label} {count.rules} {count.values}" in words
    assert sum(count.rules for count in doubts_of(law()).counts) == sum(map(len, rules_by_kind().values()))


def test_every_reading_without_words_says_what_it_rests_on() -> None:
    readings = doubts_of(law()).readings

    assert len(readings) >= len(rules_by_kind()[ReadingCertainty.INFERRED]) + len(
        rules_by_kind()[ReadingCertainty.ELSEWHERE]
    )
    assert [reading.label for reading in readings if not (reading.section and reading.rests_on)] == []


@pytest.mark.parametrize("role", ["MI", "MV", "ML", "MF", "LK"])
def test_mentors_and_suppliers_are_never_shown_what_we_do_not_know(app: Flask, session: Session, role: str) -> None:
    visitor = logged_in(app, session, a_user(session, role, mentor=a_mentor(session)))

    assert visitor.get(UNKNOWN).status_code == 403
    assert "Hvad vi ikke ved" not in visitor.get("/regler").text


def test_the_list_of_figures_leads_to_what_we_do_not_know(as_caseworker: Visitor) -> None:
    assert f'href="{UNKNOWN}"' in as_caseworker.get("/regler").text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("05.05.2014", "der skal som minimum være ugentlig kontakt mellem mentor og personen."),
        ("05.05.2017", "der skal som minimum være kontakt en gang hver anden uge mellem mentor og personen."),
        ("05.05.2026", "kan der gives mentorstøtte i en periode på højst 6 måneder."),
    ],
)
def test_a_figure_opens_the_words_of_its_day(as_caseworker: Visitor, day: str, words: str) -> None:
    page = as_caseworker.get(f"/regler?dag={day}")

    assert words in words_of(page)
    assert page.text.count('<details class="says">') > 25


def test_no_group_stands_as_a_bare_number(as_caseworker: Visitor) -> None:
    words = words_of(as_caseworker.get("/regler?dag=05.05.2026"))

    assert "aktivitetsparat: nr. 3 (under 30 år uden uddannelse: nr. 5)" in words
    assert "uddannelsesparat: nr. 4 (under 30 år uden uddannelse)" in words
    assert "nr. 1-6 og 8-13 og beskæftigede" in words
