"""The report builder (rapportbygger): counted by hand, nothing small by difference, refused at the field, saved."""

from datetime import date
from random import Random

import openpyxl
import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.figures.report_builder import service
from jobcenter_mentor.figures.report_builder.built_workbook import write_report
from jobcenter_mentor.figures.report_builder.service import ReportLine, ReportQuestion
from jobcenter_mentor.figures.reports.month_counts import ReportMonth, cells_of
from jobcenter_mentor.figures.reports.small_groups import is_small
from jobcenter_mentor.platform.access.actor import Actor
from tests import builders as a
from tests.logins import Visitor

ON = a.WORKING_DAY
JANUARY, MARCH, SEPTEMBER = date(2014, 1, 1), date(2014, 3, 1), date(2014, 9, 1)


def courses(session: Session, count: int, **changes: object) -> None:
    for _ in range(count):
        a.a_grant(session, **({"start": JANUARY, "last_day": date(2014, 3, 31)} | changes))


def test_a_split_is_counted_and_the_small_ones_are_hidden_with_one_more(session: Session) -> None:
    by = a.a_user(session, "ØK")
    courses(session, 6, mentor_type="INT")
    courses(session, 7, mentor_type="VIRK")
    courses(session, 2, mentor_type="FRIV")

    built = service.build(session, ReportQuestion("courses", "mentor_type", JANUARY, MARCH), actor=Actor(by, ON))

    told = {line.label: line.value for line in built.lines}
    assert sorted(told.values(), key=str) == [7.0, None, None]
    assert built.total == ReportLine("I alt", 15.0, 0)


def test_full_time_persons_and_hours_are_those_worked_out_by_hand(session: Session) -> None:
    by = a.a_user(session, "ØK")
    courses(session, 5, minutes_per_week=120)

    asked = {
        code: ReportQuestion(code, "month", JANUARY, MARCH) for code in ("granted", "full_time", "citizens", "cost")
    }
    built = {code: service.build(session, one, actor=Actor(by, ON)).total.value for code, one in asked.items()}

    assert built["granted"] == 5 * sum(120 * days // 7 for days in (31, 28, 31))
    assert built["full_time"] == pytest.approx(5 * 2 / 37)
    assert (built["citizens"], built["cost"]) == (5, 0)


@pytest.mark.parametrize("seed", range(12))
def test_no_month_shows_a_small_group_or_the_difference_to_one(seed: int) -> None:
    rng = Random(seed)
    rows = [
        ReportMonth(JANUARY, citizen, rng.randrange(3), rng.choice("ABC"), rng.choice("XY"), rng.choice("123"))
        for citizen in range(rng.randrange(8, 60))
    ]
    cells = cells_of(rows)

    for dimension, names in cells.names.items():
        for team in (None, *cells.teams):
            here = [row for row in rows if team in (None, row.team_id)]
            counts = {name: sum(getattr(row, dimension) == name for row in here) for name in names}
            away = [name for name in names if cells.is_hidden(dimension, name, team)]
            assert not [name for name in names if is_small(counts[name]) and name not in away]
            assert cells.is_hidden(dimension, None, team) or not is_small(sum(counts[name] for name in away))
            assert cells.is_hidden(dimension, None, team) == cells.is_hidden("group", None, team)


def test_two_periods_tell_nothing_of_the_few_who_began_between(session: Session) -> None:
    by = a.a_user(session, "ØK")
    courses(session, 9)
    courses(session, 2, start=MARCH)
    courses(session, 2, start=MARCH, mentor_type="VIRK")

    shorter, longer = (
        service.build(session, ReportQuestion("granted", "mentor_type", JANUARY, last), actor=Actor(by, ON))
        for last in (date(2014, 2, 1), MARCH)
    )

    assert [line.value for line in shorter.lines] == [line.value for line in longer.lines if line.value is not None]
    assert [line.away for line in longer.lines] == [1, 1]


def test_an_impossible_period_is_refused_at_the_field(session: Session) -> None:
    by = a.a_user(session, "ØK")
    for first, last, said in (
        (MARCH, JANUARY, "Slutmåneden ligger før startmåneden."),
        (date(2011, 1, 1), MARCH, "Perioden er længere end tre år."),
        (JANUARY, date(2014, 10, 1), "Vælg en måned, der er slut."),
    ):
        with pytest.raises(ValidationFailed) as refused:
            service.build(session, ReportQuestion("courses", "group", first, last), actor=Actor(by, ON))
        assert refused.value.errors == {"til": [said]}


def test_a_report_is_shared_in_the_team_and_not_outside(session: Session) -> None:
    writer, mate = a.a_user(session, "TL"), a.a_user(session, "SB")
    outside = a.a_user(session, "SB", team=a.a_team(session, "Team Aktiv"))
    row = service.save(session, "Timer", ReportQuestion("held", "month", JANUARY, MARCH), actor=Actor(writer, ON))

    assert service.get_saved(session, row.public_id, actor=Actor(mate, ON)).measure == "held"
    with pytest.raises(NotFound):
        service.get_saved(session, row.public_id, actor=Actor(outside, ON))


def test_only_who_saved_a_report_may_delete_it(session: Session) -> None:
    writer, mate = a.a_user(session, "TL"), a.a_user(session, "TL")
    row = service.save(session, "Timer", ReportQuestion("held", "month", JANUARY, MARCH), actor=Actor(writer, ON))

    with pytest.raises(NotAllowed):
        service.remove(session, row.public_id, actor=Actor(mate, ON))
    service.remove(session, row.public_id, actor=Actor(writer, ON))

    assert service.list_saved(session, actor=Actor(mate, ON)) == []


def test_the_workbook_holds_a_word_where_a_figure_is_hidden(session: Session) -> None:
    courses(session, 3)
    built = service.build(
        session, ReportQuestion("held", "group", JANUARY, MARCH), actor=Actor(a.a_user(session, "ØK"), ON)
    )

    sheets = openpyxl.load_workbook(write_report(built, "Alle teams", "Sønderå"))

    assert [row[1].value for row in sheets.worksheets[0].iter_rows(min_row=2, max_row=3)] == ["skjult", "skjult"]


def test_the_page_says_when_nobody_is_there_and_refuses_a_turned_period(as_controller: Visitor) -> None:
    empty = as_controller.get("/rapporter/byg")
    turned = as_controller.get("/rapporter/byg?fra=2014-09&til=2014-01")

    assert (empty.status_code, "Der er ingen borgere i forløb i perioden" in empty.text) == (200, True)
    assert (turned.status_code, "Slutmåneden ligger før startmåneden." in turned.text) == (422, True)
    assert as_controller.get("/rapporter/byg?maal=cpr").status_code == 422
    assert as_controller.get("/rapporter/byg/projektmappe?opdeling=year").status_code == 200
