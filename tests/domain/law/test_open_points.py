"""Tests that every open point is listed once, and every "not known" answer of the law has its point."""

from datetime import date

import pytest

from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.open_points import OPEN_POINTS, OpenPoint, met_by
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.domain.law.texts import WARNINGS
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.loader import law

NOT_OF_THE_LAW = {"full_refund_possible", "law_not_entered"}
"""Warnings that ask for a fact of the case or concern a day before the law was entered."""


def assessed_on(day: date, **citizen: object) -> tuple[str, ...]:
    request = {"start": day, "weeks": 20, "hours_per_week": 2, "mentor_type": "INT", "hourly_rate": 300}
    known = {"integration_programme": False, **citizen}
    return assess(facts_from_dict({"date": day, "citizen": known, "request": request}), law()).warnings


MET: dict[str, tuple[date, dict[str, object]]] = {
    "education_2010": (date(2010, 6, 1), {"situation": "ordinaer_uddannelse", "age": 22, "group": 2}),
    "agreement_2013": (date(2013, 2, 1), {"situation": "kontaktforloeb", "group": 3}),
    "education_right_2020": (
        date(2021, 3, 1),
        {
            "group": 4,
            "age": 22,
            "education_kind": "study_or_job_qualifying",
            "education_admission_date": date(2021, 2, 1),
        },
    ),
    "discharge_late_start": (date(2026, 3, 1), {"group": 3, "discharge_date": date(2025, 8, 1)}),
    "discharge_purpose_2023": (date(2023, 9, 1), {"group": 3, "discharge_date": date(2023, 9, 1)}),
    "act_2027": (date(2027, 2, 1), {"group": 3}),
    "refund_2010": (date(2010, 6, 1), {"situation": "kontaktforloeb", "group": 7}),
    "refund_2025": (date(2026, 3, 1), {"group": 7}),
}


@pytest.mark.parametrize("code", MET)
def test_a_case_that_meets_an_open_point_is_told_which(code: str) -> None:
    day, citizen = MET[code]

    assert code in {point.code for point in met_by(assessed_on(day, **citizen))}
    assert OPEN_POINTS[code].is_open(day)


def test_a_case_of_settled_law_meets_no_open_point() -> None:
    assert met_by(assessed_on(date(2026, 3, 1), group=3)) == ()
    assert met_by(assessed_on(date(2024, 3, 1), group=3, discharge_date=date(2024, 3, 1))) == ()


def test_every_warning_of_something_unconfirmed_belongs_to_a_point() -> None:
    named = {point.warning for point in OPEN_POINTS.values()} - {""}
    unsure = {code for code in WARNINGS if code.endswith(("_unconfirmed", "_check", "_expected"))}

    assert named == unsure
    assert named <= WARNINGS.keys() - NOT_OF_THE_LAW


@pytest.mark.parametrize("point", OPEN_POINTS.values(), ids=lambda point: point.code)
def test_a_point_names_what_it_touches_and_what_would_settle_it(point: OpenPoint) -> None:
    assert point.question.endswith("?")
    assert len(point.settled_by) > 20
    assert point.last is None or point.first <= point.last
    assert set(point.rules) <= RULES.keys()
    assert set(point.figures) <= set(law().names())


def test_the_figures_of_a_point_have_no_value_on_its_first_day() -> None:
    found = {
        (point.code, name) for point in OPEN_POINTS.values() for name in point.figures if not is_unknown(point, name)
    }

    assert found == set()


def is_unknown(point: OpenPoint, name: str) -> bool:
    return law().on(point.first).find(name) is None
