"""Kommunens egne tal: in force only with two names, laid over the national law by date."""

from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.platform.law_figures import loader, local_figures, service
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from tests import builders as a
from tests.logins import Visitor
from tests.statements import statements_sent

PRICE = "local.standard_price.INT"


def a_figure(session: Session, *, approved: bool, value: str = "31000", name: str = PRICE) -> None:
    proposer, approver = a.a_user(session, "TL"), a.a_user(session, "TL")
    session.add(
        LocalFigure(
            name=name,
            valid_from=date(2014, 7, 1),
            value=value,
            proposed_by_id=proposer.id,
            proposed_on=date(2014, 6, 1),
            approved_by_id=approver.id if approved else None,
            approved_on=date(2014, 6, 10) if approved else None,
        )
    )
    session.flush()


def test_an_approved_price_holds_from_its_day(session: Session) -> None:
    a_figure(session, approved=True)

    law = service.law(session)

    assert (law.on(date(2014, 6, 30))[PRICE], law.on(date(2014, 7, 1))[PRICE]) == (30_000, 31_000)


def test_a_price_nobody_has_approved_changes_nothing(session: Session) -> None:
    a_figure(session, approved=False)

    assert service.law(session).on(date(2014, 10, 15))[PRICE] == 30_000


def test_no_figure_of_the_municipality_is_cut_off_by_a_later_default() -> None:
    local = local_figures.local_parameters(loader.law())

    cut = {one.name for one in local if one.values[-1].valid_from > local_figures.FIRST_DAY}
    assert cut == {"local.free_municipality"}, "only the experiment of the free municipalities has a first day"


def test_a_local_choice_is_read_as_yes_or_no(session: Session) -> None:
    a_figure(session, approved=True, value="ja", name="local.free_municipality")

    assert service.law(session).on(date(2014, 10, 15))["local.free_municipality"] is True


def test_the_same_figures_give_the_same_law_with_all_it_has_looked_up(session: Session) -> None:
    assert service.law(session) is loader.law()
    a_figure(session, approved=True)

    assert service.law(session) is service.law(session)


def test_the_law_follows_what_another_process_has_put_in_force(session: Session) -> None:
    """Another process writes straight to the table: nothing here is told of it."""
    before = service.law(session)
    session.execute(insert(LocalFigure), [as_row(session, "31000")])

    assert service.law(session) is not before
    assert service.law(session).on(date(2014, 7, 1))[PRICE] == 31_000


def test_a_figure_that_was_rolled_back_leaves_no_trace(session: Session) -> None:
    """The next figure gets the same row id, and still its own law."""
    for value, kept in (("31000", 31_000), ("32000", 32_000)):
        attempt = session.begin_nested()
        a_figure(session, approved=True, value=value)
        assert service.law(session).on(date(2014, 7, 1))[PRICE] == kept
        attempt.rollback()
        assert service.law(session).on(date(2014, 7, 1))[PRICE] == 30_000


def test_the_law_costs_a_page_one_statement(session: Session) -> None:
    for number in range(20):
        a.a_local_figure(session, PRICE, str(30_000 + number), date(2014, 7, 1 + number))
    service.law(session)

    with statements_sent() as asked:
        service.law(session)

    assert len(asked) == 1


def as_row(session: Session, value: str) -> dict[str, object]:
    """Return an approved figure as another program would write it."""
    first, second = a.a_user(session, "TL"), a.a_user(session, "TL")
    who = {"proposed_by_id": first.id, "approved_by_id": second.id}
    day = date(2014, 7, 1)
    return {"name": PRICE, "value": value, "valid_from": day, "proposed_on": day, "approved_on": day, **who}


def test_the_figures_of_a_day_are_told_in_danish() -> None:
    shown = {figure.name: figure.shown for figure in service.figures_in_force(loader.law(), date(2014, 10, 15))}

    assert shown["mentor.contact_interval_days"] == "7 dage"
    assert shown["reimbursement.rate"] == "50 %"
    assert shown[PRICE] == "300,00 kr./time"
    assert shown["mentor.law"] == "LAB 2014"


@pytest.mark.parametrize("approved", [True, False])
def test_a_figure_of_our_own_is_shown_in_kroner_wherever_it_stands(
    session: Session, as_team_leader: Visitor, approved: bool
) -> None:
    a_figure(session, approved=approved)
    session.commit()

    page = as_team_leader.get("/regler/egne").text

    assert "310,00 kr./time" in page
    assert "31000" not in page


def test_no_figure_shows_a_code() -> None:
    for day in (date(2013, 5, 1), date(2014, 10, 15), date(2016, 5, 1), date(2023, 5, 1)):
        words = " ".join(figure.shown for figure in service.figures_in_force(loader.law(), day))

        assert not {"mentor_2014", "unemployment", "kontaktforloeb", "loentilskud"} & set(
            words.replace(",", "").split()
        )
        assert " 1 måneder" not in words


def test_a_figure_that_has_ended_is_left_out() -> None:
    names = {figure.name for figure in service.figures_in_force(loader.law(), date(2020, 1, 1))}

    assert "mentor.contact_interval_days" not in names
    with pytest.raises(NotInForce, match=r"mentor\.contact_interval_days"):
        loader.law().on(date(2020, 1, 1))["mentor.contact_interval_days"]


def test_before_it_is_set_up_the_municipality_has_no_name(session: Session) -> None:
    assert service.get_municipality(session).name == "Kommunen"
    a.a_municipality(session)
    assert service.get_municipality(session).name == "Sønderå Kommune"


def test_the_page_shows_the_law_of_the_day_with_its_sections(as_caseworker: Visitor) -> None:
    page = as_caseworker.get("/regler?dag=15-10-2014").get_data(as_text=True)

    assert "§§ 93 og 96 c, 2. pkt." in page
    assert "7 dage" in page


@pytest.mark.parametrize("asked", ["?dag=x", "?dag=31-02-2014", "?dag=15-10-1914", ""])
def test_an_odd_day_still_gives_a_page(as_caseworker: Visitor, asked: str) -> None:
    assert as_caseworker.get(f"/regler{asked}").status_code == 200
