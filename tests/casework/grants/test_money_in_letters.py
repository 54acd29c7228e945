"""Rammen er aldrig en begrundelse: no letter speaks of the frame, the refund or the budget, however little is left."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.service import gaps
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.text import MONEY_REASON
from jobcenter_mentor.domain.law.law import Law
from tests.builders import WORKING_DAY, a_referral
from tests.casework.grants.cases import (
    REFUSING,
    a_discretionary_referral,
    a_jobready_referral,
    people,
    proposed,
    the_frames,
)

TEMPLATES = sorted((resource_dir("templates") / "casefile" / "letters").glob("*.typ"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_letter_template_speaks_of_the_frame(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert MONEY_REASON.search(text) is None


@pytest.mark.parametrize(
    "left", [pytest.param(50_000_000, marks=pytest.mark.slow), pytest.param(100_000, marks=pytest.mark.slow), 0]
)
@pytest.mark.parametrize(
    ("a_case", "kind"),
    [
        (a_referral, "grant"),
        (a_discretionary_referral, "grant"),
        (a_discretionary_referral, "refusal"),
        (a_jobready_referral, "grant"),
        (a_jobready_referral, "refusal"),
    ],
)
def test_no_value_of_a_letter_speaks_of_the_frame(
    session: Session, law: Law, left: int, a_case: Callable[[Session], Referral], kind: str
) -> None:
    the_frames(session, left_2014=left or 1, left_2015=left or 1)
    who = people(session)
    referral = a_case(session)
    refusing = REFUSING if kind == "refusal" else None
    decision = proposed(session, referral, by=who.caseworker, law=law, kind=kind, refusing=refusing)

    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)

    assert MONEY_REASON.search(json.dumps(dict(draft.values), ensure_ascii=False)) is None


def test_a_typed_reason_of_money_is_a_gap_in_the_letter(session: Session, law: Law) -> None:
    the_frames(session)
    who = people(session)
    decision = proposed(
        session, a_discretionary_referral(session), by=who.caseworker, law=law, kind="refusal", refusing=REFUSING
    )
    decision.considerations = "Mentorrammen er brugt op."

    draft = deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)

    assert "Begrund med loven." in gaps(draft)["reasons"]


@pytest.mark.parametrize(
    ("words", "is_money"),
    [
        ("Mentorrammen er brugt op.", True),
        ("Rammen for 2014 er desværre opbrugt.", True),
        ("Rammen er overskredet.", True),
        ("Der er ikke plads i rammen til flere timer.", True),
        ("Pengene rækker ikke til mere.", True),
        ("Vi har ikke råd til flere timer.", True),
        ("Kommunens budget er stramt.", True),
        ("Vi har desværre ikke råd.", True),
        ("Derfor har kommunen ikke råd til en mentor.", True),
        ("Der er ikke længere penge til mentorer.", True),
        ("Afslaget gives af økonomiske grunde.", True),
        ("En mentor er for dyr for kommunen.", True),
        ("Jobcentret skal spare.", True),
        ("Du har ikke råd til bussen, og det er for dyrt for dig.", False),
        ("Din mentor hjælper med økonomien og med at spare op.", False),
        ("Refusionen er bortfaldet.", True),
        ("Du har brug for hjælp til budget og gæld.", False),
        ("Du har ikke penge til bussen.", False),
        ("Støtten ligger inden for rammerne af loven.", False),
        ("Mødet giver faste rammer om din uge.", False),
    ],
)
def test_the_municipalitys_money_is_told_from_the_citizens_own(words: str, is_money: bool) -> None:
    assert bool(MONEY_REASON.search(words)) == is_money
