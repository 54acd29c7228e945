"""The municipality as in the evaluation (evaluering): each citizen once, the shapes of the tables, nothing small."""

import csv
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.figures.reports.evaluation import Evaluation, evaluate, last_finished_half
from jobcenter_mentor.figures.reports.evaluation_shapes import SHAPES
from jobcenter_mentor.figures.reports.evaluation_tables import NationalTable
from jobcenter_mentor.figures.reports.evaluation_workbook import write_evaluation
from jobcenter_mentor.figures.reports.small_groups import is_small
from jobcenter_mentor.figures.surveys.questions import questionnaires
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a
from tests.demo.tables import FOLDER
from tests.figures.reports.test_small_groups import solved
from tests.logins import Visitor

ON = date(2014, 10, 15)


def some_courses(session: Session, count: int, seed: int = 1) -> None:
    """Start courses of 2013 and the first half of 2014, of mixed citizens; every third citizen comes twice."""
    rng, ids = Random(seed), []
    for number in range(count):
        start = date(2013, 1, 7) + timedelta(days=rng.randrange(500))
        citizen = a.a_citizen(
            session,
            benefit=rng.choice(("kontanthjaelp", "kontanthjaelp", "sygedagpenge", "ledighedsydelse")),
            sex=rng.choice("MK"),
            birth_date=date(1955 + rng.randrange(40), 6, 1),
            status_from=date(2012, 1, 1),
        )
        for begin in (start, *[start + timedelta(days=120)] * (number % 3 == 0)):
            grant = a.a_grant(
                session,
                citizen,
                start=begin,
                last_day=begin + timedelta(days=rng.choice((20, 89))),
                form=rng.choice(("individual", "individual", "place")),
                benefit=citizen.statuses[0].benefit,
                minutes_per_week=rng.choice((0, 60, 120, 180, 700)),
            )
            ids.append(grant.id)
    subcourses.keep(session, ids)


def the_evaluation(session: Session, on: date = ON) -> Evaluation:
    return evaluate(session, actor=Actor(a.a_user(session, "ØK"), on))


def table(found: Evaluation, code: str) -> NationalTable:
    return next(one for one in found.tables if one.shape.code == code)


def test_every_citizen_counts_once_in_the_year_of_the_first_course(session: Session) -> None:
    some_courses(session, 30, seed=3)

    found = the_evaluation(session)

    assert (found.years, found.until) == ([2013, 2014], date(2014, 6, 30))
    sexes = table(found, "3.4")
    assert sexes.total(None) == 30
    assert sum(line.count or 0 for line in sexes.lines(None)) == 30
    sheet: Any = openpyxl.load_workbook(BytesIO(write_evaluation(found, "Sønderå Kommune")))["Tabel 3.4"]
    assert [sheet["A1"].value, sheet["B1"].value] == ["Køn", "Borgere, alle år"]
    assert sheet["C2"].value == "=B2/B$4"


def test_the_workbook_works_out_how_far_an_average_is_from_the_countrys(session: Session) -> None:
    ids = [a.a_grant(session, start=date(2014, 2, 3), minutes_per_week=120).id for _ in range(6)]
    subcourses.keep(session, ids)

    content = BytesIO(write_evaluation(the_evaluation(session), "Sønderå Kommune"))

    cells = openpyxl.load_workbook(content)["Tabel 3.11"]["E"]
    assert [cell.value for cell in cells][-2:] == ["=B11-D11", "=B12-D12"]


def test_a_share_stands_beside_the_countrys_of_the_same_year(session: Session) -> None:
    ids = [a.a_grant(session, start=date(2014, 2, 3), last_day=date(2014, 3, 2)).id for _ in range(6)]
    subcourses.keep(session, ids)

    cash = table(the_evaluation(session), "3.1").lines(2014)[3]

    assert (cash.label, cash.count, cash.share, cash.national) == ("Kontant- og uddannelseshjælp", 6, 1.0, 0.807)
    assert cash.points == "+19,3"


def test_averages_leave_out_those_without_hours(session: Session) -> None:
    minutes = [0] * 5 + [60] * 5 + [180] * 5
    ids = [a.a_grant(session, start=date(2014, 2, 3), minutes_per_week=each).id for each in minutes]
    subcourses.keep(session, ids)

    mean, median = table(the_evaluation(session), "3.11").figures(2014)

    assert (mean.own, median.own, mean.national) == (2.0, 2.0, 2.4)


def test_the_mean_and_median_hours_of_many_are_shown_where_three_others_hide_their_number(session: Session) -> None:
    forms = ["individual"] * 7 + ["place"] * 3
    minutes = [60, 60, 60, 120, 120, 180, 180, 600, 600, 600]
    ids = [
        a.a_grant(session, start=date(2014, 2, 3), form=form, minutes_per_week=each).id
        for form, each in zip(forms, minutes, strict=True)
    ]
    subcourses.keep(session, ids)
    found = the_evaluation(session)

    alone, place = table(found, "3.11"), table(found, "3.12")

    assert (alone.total(None), place.total(None), table(found, "3.4").total(None)) == (None, None, 10)
    assert [(one.own, one.is_hidden) for one in alone.figures(None)] == [(1.9, False), (2.0, False)]
    assert [(one.own, one.is_hidden) for one in place.figures(None)] == [(None, True), (None, True)]
    assert {line.count for line in place.lines(None)} == {None, 0}


def test_three_newcomers_do_not_move_a_mean_that_was_shown(session: Session) -> None:
    old = [a.a_grant(session, start=date(2013, 2, 4), minutes_per_week=60).id for _ in range(6)]
    new = [a.a_grant(session, start=date(2014, 2, 3), minutes_per_week=600).id for _ in range(3)]
    subcourses.keep(session, old + new)

    before, now = (table(the_evaluation(session, on), "3.11").figures(None)[0] for on in (date(2014, 1, 1), ON))

    assert (before.own, before.is_hidden) == (1.0, False)
    assert (now.own, now.is_hidden) == (None, True)


def test_the_first_course_is_the_first_since_2012_and_the_workbook_says_so(session: Session) -> None:
    ids = []
    for _ in range(6):
        citizen = a.a_citizen(session, status_from=date(2010, 1, 1))
        for start in (date(2011, 12, 31), date(2013, 3, 4)):
            ids.append(a.a_grant(session, citizen, start=start, last_day=start + timedelta(days=40)).id)
    ids += [a.a_grant(session, start=date(2011, 5, 2), last_day=date(2014, 5, 2)).id for _ in range(6)]
    ids += [a.a_grant(session, start=date(2012, 1, 1), last_day=date(2012, 3, 2)).id for _ in range(5)]
    subcourses.keep(session, ids)

    found = the_evaluation(session)

    assert found.years == [2012, 2013, 2014]
    assert [table(found, "3.13").total(year) for year in (2012, 2013, None)] == [5, 6, 11]
    book = openpyxl.load_workbook(BytesIO(write_evaluation(found, "Sønderå Kommune")))
    told = {row[0]: str(row[1]) for row in book.worksheets[-1].iter_rows(values_only=True)}
    assert "begyndt fra 01.01.2012, som i evalueringen" in told["Første forløb"]


@pytest.mark.parametrize("number", ["3.1", "3.3", "3.4", "3.7", "3.10", "3.11", "3.12", "3.13"])
def test_the_countrys_figures_are_those_of_the_evaluation(number: str) -> None:
    shape = next(one for one in SHAPES if one.code == number)
    averages = {"Median" if one.median else "Gennemsnit": one.national for one in shape.averages}
    years = ("2012-2014", "2012", "2013", "2014")

    for row, printed in evaluation_table(number).items():
        told = shape.national.get(row) or averages.get(row.split(" (")[0])
        if row not in {"I alt", "Beregningsgrundlag"}:
            assert told == tuple(printed.get(year, 0.0) for year in years), row


@pytest.mark.parametrize(("part", "code"), [("klare udf", "better"), ("påtage sig ansvaret", "responsibility")])
def test_both_questions_of_table_4_12_have_its_answers_and_its_figures(part: str, code: str) -> None:
    question = next(one for one in questionnaires()["evaluation"].questions if one.code == code)
    table_4_12 = evaluation_table("4.12")
    printed = {row.split(" | ")[1]: told for row, told in table_4_12.items() if f"blevet bedre til at {part}" in row}

    assert list(printed) == list(question.options.values())
    for party, column in (("citizen", "I alt"), ("mentor", "Mentorens besvarelse")):
        told = {question.options[one]: figure for one, figure in question.national[party].items()}
        assert told == {row: found[column] for row, found in printed.items() if column in found}


def evaluation_table(number: str) -> dict[str, dict[str, float]]:
    """Read a table as printed: row, column, figure; the columns of 2012-2014 first, no figure where it has a dash."""
    head, _, tail = number.partition(".")
    found: dict[str, dict[str, float]] = {}
    with (FOLDER / f"table_{head}_{int(tail):02}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                found.setdefault(row["row_label_da"], {})[row["column_label_da"]] = float(row["value"])
    return found


@pytest.mark.parametrize("count", [4, 25])
def test_nothing_small_can_be_worked_out_of_the_tables_together(session: Session, count: int) -> None:
    some_courses(session, count, seed=count)

    found = the_evaluation(session)

    for one in found.tables:
        assert not any(is_small(int(number)) for number in one.counts[~one.mask])
        assert [cell for cell, value in solved(one.counts, one.mask).items() if value] == []
    whole = [one for one in found.tables if one.shape.code not in {"3.7", "3.11", "3.12"}]
    assert {one.mask[-1].tobytes() for one in whole} == {whole[0].mask[-1].tobytes()}
    form = table(found, "3.10")
    for row, code in enumerate(("3.11", "3.12")):
        assert form.mask[row].tolist() == table(found, code).mask[-1].tolist()


def test_from_one_half_year_to_the_next_nobody_can_be_told_from_the_difference(session: Session) -> None:
    some_courses(session, 40)
    shown: dict[tuple[str, int, str | int], int] = {}

    for on in (date(2013, 7, 1), date(2014, 1, 1), date(2014, 7, 1)):
        for one in the_evaluation(session, on).tables:
            columns = [*one.years, "alle"]
            for row, at in zip(*(~one.mask).nonzero(), strict=True):
                key, now = (one.shape.code, int(row), columns[at]), int(one.counts[row, at])
                assert not is_small(now - shown.get(key, 0)), key
                shown[key] = now


@pytest.mark.parametrize(
    ("on", "until"),
    [(date(2014, 6, 30), date(2013, 12, 31)), (date(2014, 7, 1), date(2014, 6, 30)), (ON, date(2014, 6, 30))],
)
def test_the_figures_end_with_a_half_year(on: date, until: date) -> None:
    assert last_finished_half(on) == until


def test_a_municipality_without_courses_is_told_so(as_team_leader: Visitor) -> None:
    page = as_team_leader.get("/rapporter/statistik")

    assert page.status_code == 200
    assert "Ingen forløb er begyndt endnu" in page.text


def test_a_year_that_is_none_is_refused_at_its_field(session: Session, as_team_leader: Visitor) -> None:
    subcourses.keep(session, [a.a_grant(session, start=date(2014, 2, 3)).id])
    session.commit()

    page = as_team_leader.get("/rapporter/statistik?aar=1999")

    assert page.status_code == 422
    assert "Vælg en af mulighederne." in page.text
    assert "Team Unge: borgernes første forløb fra 01.01.2012 til og med" in " ".join(page.text.split())


def test_citizens_without_any_course_give_an_empty_evaluation(session: Session) -> None:
    a.a_citizen(session, benefit="kontanthjaelp", status_from=date(2012, 1, 1))

    assert [one.shape.code for one in the_evaluation(session).tables if one.total(None)] == []


def test_an_installation_without_citizens_gives_an_empty_evaluation_too(as_team_leader: Visitor) -> None:
    assert as_team_leader.get("/rapporter/statistik").status_code == 200
