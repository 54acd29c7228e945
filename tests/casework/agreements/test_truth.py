"""Bevillingsbrev og aftale: both say the same of the same course, whatever right the citizen has."""

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.agreements import service
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.letters import follow_up_words
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_mentor, a_referral, a_user
from tests.casework.grants.cases import a_discretionary_referral, approved, people, proposed, the_frames

RIGHT_AND_DUTY = "Du har både ret og pligt til mentoren"
RIGHT = "Du har ret til mentoren, men du bestemmer selv"
OFFER = "Mentoren er et tilbud"
DISCHARGED: dict[str, Any] = {"psychiatric_inpatient": True, "discharge_date": date(2014, 12, 1)}
NEVER = ("Er borgeren", "Spørgsmål og svar", "Afgør, hvad der", "Målet er nået", "1 timer", "Du får Bostøtte", "None")

INTERNAL = ("borgeren", "Borgeren", "er indgået", "Timepris", "faktur", "412,50")
"""What the citizen's own agreement does not say: it speaks to »dig«, is not accepted yet and holds no price."""


def read(draft: letters.LetterDraft) -> str:
    pages = PdfReader(io.BytesIO(letters.render(draft))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def letters_of(session: Session, law: Law, *, kind: str, minutes: int) -> tuple[str, str]:
    """Return the words of the grant's letter and of the agreement of one course."""
    the_frames(session)
    made = (
        a_referral(session)
        if kind == RIGHT_AND_DUTY
        else a_discretionary_referral(session, **(DISCHARGED if kind == RIGHT else {}))
    )
    who = people(session)
    decision = proposed(session, made, by=who.caseworker, law=law, minutes_per_week=minutes)
    told = read(deciding.letter_draft(session, decision, on=WORKING_DAY, law=law))
    grant = approved(session, decision, by=who.leader, law=law)
    assert grant is not None
    grant.mentor, grant.mentor_type = a_mentor(session, phone="20304050"), "EKST"
    grant.hourly_price = grant.approved_price = 41_250
    session.flush()
    return told, read(the_agreement(session, grant, law))


def the_agreement(session: Session, grant: Grant, law: Law) -> letters.LetterDraft:
    new = service.prefill(session, grant, on=WORKING_DAY, law=law)
    return service.letter_of(session, grant, new, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)


@pytest.mark.parametrize("minutes", [45, 60, 100])
@pytest.mark.parametrize("kind", [RIGHT_AND_DUTY, RIGHT, OFFER])
def test_grant_and_agreement_say_the_same_and_nothing_that_is_not_so(
    session: Session, law: Law, kind: str, minutes: int
) -> None:
    granted, agreed = letters_of(session, law, kind=kind, minutes=minutes)

    hours = {45: "45 minutter om ugen", 60: "1 time om ugen", 100: "1 time og 40 minutter om ugen"}[minutes]
    for words in (granted, agreed):
        assert [kind] == [right for right in (RIGHT_AND_DUTY, RIGHT, OFFER) if right in words]
        assert hours in words
        assert not [wrong for wrong in NEVER if wrong in words]
        assert "i lov om en aktiv beskæftigelsesindsats (LAB)" in words
    assert ("udskrives fra en psykiatrisk afdeling den 1. december 2014" in granted) == (kind == RIGHT)
    assert ("ikke deltage i andre tilbud" in granted) == (kind == RIGHT_AND_DUTY)
    assert "Kommunen betaler mentoren. Du betaler intet." in agreed
    assert "Aftalen gælder, når parterne har sagt ja til den." in agreed
    assert not [wrong for wrong in INTERNAL if wrong in agreed.replace("Borger Mentor Jobcenter", "")]
    assert ("ikke længere hører til målgruppen" in agreed) == (kind != OFFER)
    assert ("siger nej tak" in agreed) == (kind == RIGHT)


def test_the_citizen_is_told_of_no_talk_on_how_it_goes_after_the_one_on_what_follows() -> None:
    first, then = date(2026, 5, 28), date(2026, 6, 2)
    made = [Deadline(kind, due, "", "local", "", "") for kind, due in (("review", then), ("end_review", first))]

    assert follow_up_words(made) == ((first, "taler vi om, hvad der skal ske bagefter"),)


def test_the_agreement_says_its_talks_in_whole_sentences(session: Session, law: Law) -> None:
    _, agreement = letters_of(session, law, kind=OFFER, minutes=60)

    assert re.search(r"Omkring den \d\d\.\d\d\.20\d\d taler vi om, hvordan det går\. ", agreement)
