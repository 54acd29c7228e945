"""The frame page in the browser (ramme): read by those with the right, with every figure a link to its lines."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import FrameChange, MonthSum
from jobcenter_mentor.figures.budget import recount
from tests import builders as a
from tests.figures.budget.test_unlogged import a_held_meeting, a_reserved_course, a_wage_line
from tests.logins import Visitor


def test_the_team_leader_sees_frame_granted_delivered_and_refund(session: Session, as_team_leader: Visitor) -> None:
    a.a_frame(session, amount=100_000_000)
    grant = a_reserved_course(session, 1_560_000)
    a_held_meeting(session, grant, date(2014, 9, 2))
    a_wage_line(session, grant, 30_000, date(2014, 9, 1), date(2014, 9, 30))

    page = as_team_leader.get("/ramme").get_data(as_text=True)

    assert "<h1>Rammen 2014" in page
    assert {figure for figure in ("1.000.000", "15.600", "300", "150") if f">{figure}<" in page} == {
        "1.000.000",
        "15.600",
        "300",
        "150",
    }


def test_the_effect_of_one_more_grant_is_told_in_a_sentence(session: Session, as_caseworker: Visitor) -> None:
    a.a_frame(session, amount=1_000_000)
    a_held_meeting(session, a_reserved_course(session, 600_000), date(2014, 9, 2))
    asked = "first_day=2014-10-20&last_day=2015-04-19&lines=2014:mentor_2014:50:9900000,2015:mentor_2014:50:70000"

    answer = as_caseworker.get(f"/ramme/virkning?{asked}")
    odd = as_caseworker.get("/ramme/virkning?first_day=x&lines=2014")

    assert "Rammen for 2014 rækker til " in answer.get_data(as_text=True)
    assert "Uden bevillingen rækker den året ud." in answer.get_data(as_text=True)
    assert odd.status_code == 422


def test_a_rate_nobody_has_confirmed_is_not_known_and_never_nothing(session: Session, as_team_leader: Visitor) -> None:
    grant = a_reserved_course(session, 600_000, "law_not_entered", 0)
    session.commit()
    course = f"/bevillinger/{grant.public_id}"

    pages = [as_team_leader.get(path).text for path in ("/ramme", "/ramme/linjer", course, f"{course}?fane=oekonomi")]

    assert ["ikke kendt" in page.lower() for page in pages] == [True] * 4
    assert not any(">0 %" in page or " 0 %" in page for page in pages)


def test_a_difference_is_shown_until_the_sums_are_put_right(session: Session, as_controller: Visitor) -> None:
    a_held_meeting(session, a_reserved_course(session, 600_000), date(2014, 9, 2))
    session.execute(update(MonthSum).where(MonthSum.month == 9).values(delivered=0))
    recount.recount(session, by=None, on=a.WORKING_DAY)
    session.commit()

    before = as_controller.get("/ramme").get_data(as_text=True)
    as_controller.post("/ramme/regn-om")
    after = as_controller.get("/ramme").get_data(as_text=True)

    assert "Summer, der ikke passer" in before
    assert "Summer, der ikke passer" not in after


def test_a_year_nobody_has_set_a_frame_for_says_what_to_do(as_team_leader: Visitor) -> None:
    page = as_team_leader.get("/ramme?aar=2015").get_data(as_text=True)

    assert "Rammen for 2015 er ikke fastsat" in page


def test_the_lines_show_initials_and_never_a_name(session: Session, as_team_leader: Visitor) -> None:
    grant = a_reserved_course(session, 1_560_000)

    page = as_team_leader.get("/ramme/linjer?aar=2014&kind=mentor_2014").get_data(as_text=True)

    assert "E.K." in page
    assert grant.case_number in page
    assert "Krogh" not in page


@pytest.mark.parametrize("address", ["/ramme", "/ramme/linjer", "/ramme/beloeb"])
def test_a_mentor_has_no_business_with_the_frame(as_mentor: Visitor, address: str) -> None:
    assert as_mentor.get(address).status_code == 403


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("aar=9999", "»9999« er ikke et år fra 2000 til 2100."),
        ("aar=x", "»x« er ikke et år"),
        ("month=13&figure=foo", "»foo« er ikke et af tallene. »13« er ikke en måned fra 1 til 12."),
        ("group=abc", "»abc« er ikke nummeret på en målgruppe."),
        ("team=%01", "er ikke et team."),
        ("page=99", "I alt, 1 forløb"),
    ],
)
def test_an_odd_address_says_what_is_odd_in_it(
    session: Session, as_team_leader: Visitor, asked: str, said: str
) -> None:
    a_reserved_course(session, 600_000)
    session.commit()

    answer = as_team_leader.get(f"/ramme/linjer?{asked}")

    assert answer.status_code == (200 if asked == "page=99" else 422)
    assert said in answer.text


def test_an_amount_takes_two_keys(session: Session, as_controller: Visitor, as_team_leader: Visitor) -> None:
    form = {"year": "2015", "kind": "mentor_2014", "amount": "3.200.000,00", "reason": "Tilsagn af 2. oktober 2014"}

    proposed = as_controller.post("/ramme/beloeb?aar=2015", data=form)
    change = session.query(FrameChange).one()
    own = as_controller.post(f"/ramme/beloeb/{change.public_id}/godkend")
    approved = as_team_leader.post(f"/ramme/beloeb/{change.public_id}/godkend", follow_redirects=True)

    assert (proposed.status_code, own.status_code) == (303, 403)
    assert "Rammen for 2015 gælder nu." in approved.get_data(as_text=True)


def test_a_wrong_amount_is_told_at_its_field_and_kept(as_controller: Visitor) -> None:
    form = {"year": "2015", "kind": "mentor_2014", "amount": "1,234.50", "reason": ""}

    answer = as_controller.post("/ramme/beloeb?aar=2015", data=form)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "kan ikke læses sikkert" in page
    assert 'value="1,234.50"' in page
