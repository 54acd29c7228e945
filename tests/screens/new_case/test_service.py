"""Ny henvisning på én side: judged while it is written, kept in one transaction, sent only without gaps."""

import re

import pytest
from sqlalchemy import func, select

from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.referrals.models import Referral
from tests.builders import a_citizen, a_frame

NEED = {
    "form_key": "5d1c8d6c-7f53-4f6b-9ad0-0d3f1f9a9f10",
    "other_offers": "no_personal",
    "first_offer": "ja",
    "tasks": ["transport"],
    "barriers": ["sleep"],
    "goal": "Emil tager selv bussen tre dage om ugen.",
    "goal_by": "15-01-2015",
    "consulted_on": "14-10-2014",
    "other_support": "none",
    "start": "20-10-2014",
    "weeks": "26",
    "minutes_per_week": "2",
    "mentor_type": "INT",
    "act": "send",
}


def posted(visitor, session, step="ny", **changes):
    citizen = a_citizen(session)
    a_frame(session, year=2014)
    session.commit()
    return visitor.post(f"/henvisninger/{step}?borger={citizen.public_id}", data=NEED | changes)


def kept(session):
    return [session.scalar(select(func.count(table.id))) for table in (Referral, Decision)]


def test_one_form_refers_and_proposes(as_caseworker, session):
    answer = posted(as_caseworker, session)

    decision = session.scalars(select(Decision)).one()
    assert answer.location.endswith(f"/bevillinger/afgoerelse/{decision.public_id}")
    assert f"{decision.last_day:%d.%m.%Y}" == "19.04.2015"
    assert decision.proposed_by_id == as_caseworker.user.id


def test_a_goal_without_a_day_is_said_at_its_field_and_nothing_is_kept(as_caseworker, session):
    answer = posted(as_caseworker, session, goal_by="")

    assert answer.status_code == 422
    assert "Skriv, hvornår målet er nået." in answer.text
    assert kept(session) == [0, 0]


def test_where_the_law_says_no_a_reason_is_asked_and_nothing_is_kept(as_caseworker, session):
    answer = posted(as_caseworker, session, weeks="26", minutes_per_week="38", hours_reason="Døgnets rytme")

    assert answer.status_code == 422
    assert "Over 37 timer om ugen kræver en begrundelse." in answer.text
    assert kept(session) == [0, 0]


def test_saving_for_later_keeps_the_referral_alone(as_caseworker, session):
    posted(as_caseworker, session, act="save", goal_by="")

    assert kept(session) == [1, 0]


def test_the_panel_answers_while_the_need_is_still_half_written(as_caseworker, session):
    panel = posted(as_caseworker, session, "vurdering", goal="", tasks=[], goal_by="").text

    assert "Skal gives. Ret og pligt efter LAB § 93" in panel
    assert "15.600,00" in panel
    assert re.findall(r'<a href="#(\w+)"', panel) == ["goal", "tasks", "goal_by"]
    assert kept(session) == [0, 0]


@pytest.mark.parametrize("field", ["start", "weeks", "minutes_per_week"])
def test_the_panel_names_the_term_it_cannot_read(as_caseworker, session, field):
    panel = posted(as_caseworker, session, "vurdering", **{field: "snart"}).text

    assert "Vurderingen opdateres, når felterne er udfyldt rigtigt" in panel


@pytest.mark.parametrize(("reason", "is_told"), [("Det er aftalt med borgerens læge.", True), ("Du vil det.", False)])
def test_the_panel_says_that_the_letter_speaks_to_the_citizen(as_caseworker, session, reason, is_told):
    panel = posted(as_caseworker, session, "vurdering", reason=reason).text

    assert ("Begrundelsen taler om »borgeren«." in panel) == is_told


def test_the_decision_says_that_the_letter_speaks_to_the_citizen(as_caseworker, session):
    sent = posted(as_caseworker, session, reason="Det er aftalt med borgerens læge.")

    assert sent.status_code == 303
    assert "Begrundelsen taler om »borgeren«." in as_caseworker.get(sent.location).text


def test_the_letter_is_seen_before_anything_is_kept(as_caseworker, session):
    answer = posted(as_caseworker, session, "brev")

    assert answer.data.startswith(b"%PDF")
    assert kept(session) == [0, 0]


def test_the_page_goes_on_with_the_draft_and_sending_throws_it_away(as_caseworker, session):
    citizen = a_citizen(session)
    a_frame(session, year=2014)
    session.commit()
    page = f"/henvisninger/ny?borger={citizen.public_id}"
    as_caseworker.post(f"/kladder/bevilling/{citizen.public_id}", data={"goal": "Emil kommer op om morgenen"})

    with_draft = as_caseworker.get(page).text
    as_caseworker.post(page, data=NEED)

    assert "Emil kommer op om morgenen" in with_draft
    assert "Emil kommer op om morgenen" not in as_caseworker.get(page).text
