"""The form of a referral: it asks only what can matter for the citizen's group under the law of the day."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen
from tests.builders import a_citizen, a_referral
from tests.logins import Visitor
from tests.screens.new_case.test_views import NEED, sent

MOST_INPUTS = 12
TODAY = date(2026, 11, 30)
YOUNG = {"birth_date": date(2004, 5, 5), "status_from": date(2026, 1, 1), "has_education": False}
FOLDED = {"only-both", "only-inpatient", "only-place", "only-education", "only-personal"}
"""Parts that the style sheet shows only when an answer above calls for them."""
VOID = {"input", "meta", "link", "br", "img", "hr"}


class Inputs(HTMLParser):
    """Names of the controls that the reader of a page meets: a group once, nothing folded or hidden."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.names: list[str] = []
        self.feed(page[page.index('id="henvisning"') : page.index("</form>", page.index('id="henvisning"'))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            shown = not any(folded for _, folded in self.open)
            if shown and given["name"] not in self.names:
                self.names.append(given["name"] or "")
        if tag not in VOID:
            folded = (tag == "details" and "open" not in given) or bool(
                FOLDED & set((given.get("class") or "").split())
            )
            self.open.append((tag, folded))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            continue


def inputs(visitor: Visitor, citizen: Citizen) -> list[str]:
    return Inputs(visitor.get(f"/henvisninger/ny?borger={citizen.public_id}").text).names


@pytest.fixture
def in_2026(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WORKING_DATE", TODAY)


def test_the_standard_case_of_2014_shows_twelve_inputs_at_most(as_caseworker: Visitor, session: Session) -> None:
    shown = inputs(as_caseworker, a_citizen(session))

    assert len(shown) <= MOST_INPUTS, shown
    assert {"other_offers", "goal", "minutes_per_week", "psychiatric_inpatient", "wishes"} <= set(shown)


@pytest.mark.usefixtures("in_2026")
def test_the_standard_case_of_2026_shows_twelve_inputs_at_most(as_caseworker: Visitor, session: Session) -> None:
    grown_up = inputs(as_caseworker, a_citizen(session, status_from=date(2026, 1, 1)))
    young = inputs(as_caseworker, a_citizen(session, **YOUNG))

    assert len(grown_up) <= MOST_INPUTS, grown_up
    assert len(young) <= MOST_INPUTS, young
    assert {"other_offers", "first_offer", "refugee_full_refund"} & {*grown_up, *young} == set()
    assert "education_kind" in young
    assert "education_kind" not in grown_up


@pytest.mark.parametrize(
    ("benefit", "visitation", "asked"),
    [
        ("kontanthjaelp", "aktivitetsparat", {"other_offers", "first_offer"}),
        ("uddannelseshjaelp", "aktivitetsparat", {"other_offers"}),
        ("kontanthjaelp", "jobparat", set()),
        ("sygedagpenge", None, set()),
        ("foertidspension", None, set()),
    ],
)
def test_in_2014_only_the_groups_with_right_and_duty_are_asked_of_other_offers(
    as_caseworker: Visitor, session: Session, benefit: str, visitation: str | None, asked: set[str]
) -> None:
    citizen = a_citizen(session, benefit=benefit, visitation=visitation)
    page = as_caseworker.get(f"/henvisninger/ny?borger={citizen.public_id}").text

    assert {name for name in ("other_offers", "first_offer", "education_kind") if f'name="{name}"' in page} == asked
    assert "direct_minutes_per_week" not in page
    assert "refugee_full_refund" not in page


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize(
    ("benefit", "asked"), [("revalidering", True), ("foertidspension", True), ("sygedagpenge", False)]
)
def test_in_2026_the_groups_of_section_202_are_asked_of_the_refugee(
    as_caseworker: Visitor, session: Session, benefit: str, asked: bool
) -> None:
    shown = inputs(as_caseworker, a_citizen(session, benefit=benefit, visitation=None))

    assert ("refugee_full_refund" in shown) == asked


@pytest.mark.usefixtures("in_2026")
def test_the_right_at_the_start_of_an_education_is_reached_from_the_form(
    as_caseworker: Visitor, session: Session
) -> None:
    citizen = a_citizen(session, **YOUNG)
    told = {"education_kind": "study_or_job_qualifying", "education_admission_date": "01-12-2026"}
    terms = {"start": "07-12-2026", "weeks": "26", "consulted_on": "27-11-2026", "goal": "Møder på skolen."}

    panel = as_caseworker.post(f"/henvisninger/vurdering?borger={citizen.public_id}", data=NEED | told | terms).text
    without = as_caseworker.post(f"/henvisninger/vurdering?borger={citizen.public_id}", data=NEED | terms).text

    assert "Skal gives." in panel
    assert "LAB § 167, stk. 3" in panel
    assert "Skal gives." not in without


@pytest.mark.usefixtures("in_2026")
def test_hours_of_preparation_are_kept_and_are_not_refunded(as_caseworker: Visitor, session: Session) -> None:
    citizen = a_citizen(session, **YOUNG)
    terms = {"start": "07-12-2026", "weeks": "4", "consulted_on": "27-11-2026", "direct_minutes_per_week": "2"}

    panel = as_caseworker.post(f"/henvisninger/vurdering?borger={citizen.public_id}", data=NEED | terms).text
    sent(as_caseworker, citizen, **terms)

    assert "forberedelse" in panel.casefold()
    assert session.scalars(select(Referral)).one().direct_minutes_per_week == 120


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"direct_minutes_per_week": "3"}, "kan ikke være flere end timerne om ugen"),
        ({"education_kind": "other", "education_admission_date": "03-03-2000"}, "16-års fødselsdag"),
        ({"education_kind": "other", "education_admission_date": "01-12-2034"}, "et år eller mere fremme"),
        ({"psychiatric_inpatient": "ja", "discharge_date": "01-12-2034"}, "et år eller mere fremme"),
    ],
)
def test_what_can_not_be_right_is_said_at_its_field(
    as_caseworker: Visitor, session: Session, told: dict[str, Any], words: str
) -> None:
    answer = sent(as_caseworker, a_citizen(session), **told)

    assert answer.status_code == 422
    assert words in answer.text


def test_the_sixteenth_birthday_itself_is_not_too_early(as_caseworker: Visitor, session: Session) -> None:
    told = {"education_kind": "other", "education_admission_date": "04-03-2000"}

    assert sent(as_caseworker, a_citizen(session), **told).status_code == 303


@pytest.mark.usefixtures("in_2026")
def test_a_benefit_that_has_ended_is_said_with_the_way_to_the_new_one(as_caseworker: Visitor, session: Session) -> None:
    citizen = a_citizen(session, benefit="uddannelseshjaelp", birth_date=date(2004, 5, 5))

    page = as_caseworker.get(f"/henvisninger/ny?borger={citizen.public_id}").text

    assert "Uddannelseshjælp findes ikke den 30.11.2026. Vælg kontanthjælp." in page
    assert f"/borgere/{citizen.public_id}/status" in page


def test_an_answer_that_is_not_asked_for_stays_as_it_was(as_caseworker: Visitor, session: Session) -> None:
    citizen = a_citizen(session, benefit="sygedagpenge", visitation=None)
    referral = a_referral(session, citizen, can_take_other_offers=False, cannot_because="other")

    page = as_caseworker.get(f"/henvisninger/{referral.public_id}/ret").text

    assert '<input type="hidden" name="other_offers" value="no_other">' in page
