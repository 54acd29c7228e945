"""Kommunens egne tal: two keys, nothing lost, and every bad value said at its field."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import local_figures, service
from jobcenter_mentor.platform.law_figures.local_figures import NewFigure
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_local_figure, a_user

CEILING = NewFigure("local.hours_ceiling_week", "8", date(2014, 11, 1), "Byrådet den 1. oktober 2014.")
PRICE = NewFigure("local.standard_price.INT", "312,50", date(2015, 1, 1), "Ny lønaftale.")


def proposed(session: Session, new: NewFigure = CEILING):
    return local_figures.propose(session, new, actor=Actor(a_user(session, "TL"), WORKING_DAY), law=law_of(session))


def test_a_proposal_changes_nothing_until_another_approves_it(session: Session) -> None:
    figure = proposed(session)
    before = service.law(session).on(date(2014, 11, 1)).whole("local.hours_ceiling_week")

    local_figures.approve(session, figure, actor=Actor(a_user(session, "MK"), WORKING_DAY))

    after = [service.law(session).on(date(2014, day, 1)).whole("local.hours_ceiling_week") for day in (10, 11)]
    assert (before, after) == (10, [10, 8])


@pytest.mark.parametrize("wrong", ["the same person twice", "no day", "nobody"])
def test_the_database_refuses_a_figure_without_two_persons(session: Session, wrong: str) -> None:
    first = a_user(session, "TL")
    told = {
        "the same person twice": {"proposed_by_id": first.id, "approved_by_id": first.id},
        "no day": {"approved_on": None},
        "nobody": {"approved_by_id": None},
    }[wrong]

    with pytest.raises(IntegrityError), session.begin_nested():
        a_local_figure(session, CEILING.name, CEILING.value, CEILING.valid_from, **told)


def test_nobody_approves_the_own_figure(session: Session) -> None:
    leader = a_user(session, "TL")
    figure = local_figures.propose(session, CEILING, actor=Actor(leader, WORKING_DAY), law=law_of(session))

    with pytest.raises(NotAllowed):
        local_figures.approve(session, figure, actor=Actor(leader, WORKING_DAY))


def test_kroner_are_kept_as_ore(session: Session) -> None:
    assert proposed(session, PRICE).value == "31250"


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("local.hours_ceiling_week", "otte", "value"),
        ("local.hours_ceiling_week", "-1", "value"),
        ("local.hours_ceiling_week", "7,5", "value"),
        ("local.free_municipality", "måske", "value"),
        ("local.standard_price.INT", "312,505", "value"),
        ("local.standard_price.INT", "1e30", "value"),
        ("local.hours_ceiling_week", "169", "value"),
        ("office.second_check_percent", "101", "value"),
        ("decision.complaint_weeks", "5", "name"),
        ("ukendt", "5", "name"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_field(session: Session, name: str, value: str, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        proposed(session, NewFigure(name, value, WORKING_DAY, "Grund"))

    assert set(refused.value.errors) == {field}


def test_one_proposal_at_a_time_and_decided_once(session: Session) -> None:
    figure = proposed(session)
    with pytest.raises(Conflict):
        proposed(session)
    local_figures.reject(session, figure, actor=Actor(a_user(session, "MK"), WORKING_DAY))

    with pytest.raises(InvalidTransition):
        local_figures.approve(session, figure, actor=Actor(a_user(session, "MK"), WORKING_DAY))
    assert local_figures.list_decided(session) == [figure]


def test_what_changed_between_two_days_is_listed_with_both_values(session: Session) -> None:
    changed = {row.label: row for row in service.differences(service.law(session), date(2013, 6, 1), date(2014, 6, 1))}

    assert len(changed) > 3
    assert service.differences(service.law(session), date(2014, 6, 1), date(2014, 6, 1)) == []
