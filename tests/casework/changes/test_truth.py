"""Ophørsbreve: over all endings and facts, no letter states what the case does not hold; nobody dead gets one."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.changes import change_assessment, death, service
from jobcenter_mentor.casework.changes import letters as writing
from jobcenter_mentor.casework.changes.effect import is_burdening
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants.course_change import DIED, END_REASONS
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.models import Decision, Grant, Hearing
from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_user
from tests.casework.changes.test_service import DECLINED, a_course, approved, proposed
from tests.casework.grants.cases import KNOWN, PDF
from tests.logins import Visitor

REASON = "Vi talte om det den 8. oktober 2014."
MORE = NewChange("hours", "Mere støtte.", start=date(2014, 12, 1), minutes_per_week=180)
OFFER_DAY = date(2014, 11, 1)
NEVER = ("borgeren", "Spørgsmål og svar", "Afgør,", "1 timer", "dit eget valg", "refusion", "None")
"""Third person, internal work, wrong plurals and invented choices: in no letter to a citizen."""
ONLY = {
    "ordinary_offer": ("andet tilbud", "1. november 2014"),
    "off_benefit": ("ikke længere kontanthjælp", "ikke længere sygedagpenge", "ikke længere i revalidering"),
    "visitation": ("vurderet din situation",),
    "moved": ("flyttet", "nye kommune"),
    "goal": ("Målet med mentorstøtten er nået",),
    "declined": ("ikke længere vil have", "selv valgt"),
    "other": (),
}
"""Words that are true of one ending alone."""
HEARD = {
    "none": None,
    "left out": {"left_out_reason": "Du bad om det ved mødet."},
    "unanswered": {"sent_on": date(2014, 10, 1), "answer_by": date(2014, 10, 10)},
    "answered": {
        "sent_on": date(2014, 10, 1),
        "answer_by": date(2014, 10, 10),
        "answered_on": date(2014, 10, 9),
        "answer": "Det er i orden med mig.",
    },
}


@dataclass(frozen=True)
class Case:
    """Sagen bag et brev: how it ends, what the citizen lives on, and how the citizen was heard."""

    ending: str
    benefit: str
    heard: str


def cases() -> Iterator[Case]:
    benefits = ("kontanthjaelp", "sygedagpenge", "revalidering", "selvforsoergende", "")
    endings = [code for code in END_REASONS if code != DIED]
    for number, (ending, heard) in enumerate(product(endings, HEARD)):
        yield Case(ending, benefits[number % len(benefits)], heard)
    yield from (Case("off_benefit", benefit, "left out") for benefit in benefits)


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def a_sent_letter(session: Session, decision: Decision, law: Law) -> Letter:
    """The hearing letter, marked as sent on the first of October."""
    day, by = date(2014, 10, 1), a_user(session, "SB")
    facts.add(session, decision, KNOWN, actor=Actor(by, day))
    draft = hearing.draft(session, decision, planned="Vi overvejer.", legal_basis=("LAB § 93",), on=day, law=law)
    letter = letters.keep(session, draft, PDF, citizen_id=decision.citizen_id, actor=Actor(by, day))
    dispatch.mark(session, letter, channel="digital", sent_on=day, actor=Actor(by, day))
    return letter


def a_decision(session: Session, grant: Grant, case: Case, law: Law) -> Decision:
    """A proposed ending with the facts of a case."""
    ending = case.ending
    offer_start = OFFER_DAY if ending == "ordinary_offer" else None
    new = NewChange("ending", REASON, last_day=date(2014, 10, 31), end_code=ending, offer_start=offer_start)
    decision = proposed(session, grant, new, law)
    said = HEARD[case.heard]
    if said is not None:
        about = {"decision_id": decision.id, "citizen_id": grant.citizen_id, "team_id": grant.team_id}
        session.add(
            Hearing(**about, by_id=decision.proposed_by_id, letter=a_sent_letter(session, decision, law), **said)
        )
        session.flush()
    return decision


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_letter_of_an_ending_says_only_what_the_case_holds(session: Session, law: Law, case: Case) -> None:
    grant = a_course(session, law, right=False)
    grant.benefit = case.benefit
    decision = a_decision(session, grant, case, law)
    appraisal = change_assessment.appraise(session, grant, decision, law, on=WORKING_DAY)

    draft = writing.draft(session, grant, decision, appraisal, on=WORKING_DAY, law=law)

    if letters.gaps(draft):
        assert case.heard == "none"
        assert is_burdening(grant, decision)
    else:
        holds(read(letters.render(draft)), case)


def holds(words: str, case: Case) -> None:
    """Check that the letter states the facts of the case, and none that only another case has."""
    assert REASON in words, case
    assert "31. oktober 2014" in words, case
    for wrong in NEVER:
        assert wrong.lower() not in words.lower(), (wrong, case)
    for ending, told in ONLY.items():
        found = [part for part in told if part in words]
        assert ending == case.ending or not found, (found, case)
    assert ("ikke spurgt dig først" in words) == (case.heard in {"none", "left out"}), case
    assert ("Du svarede" in words) == (case.heard == "answered"), case
    assert ("Du har ikke svaret" in words) == (case.heard == "unanswered"), case
    if case.ending not in {"off_benefit", "other"}:
        assert [part for part in ONLY[case.ending] if part in words], case
    if case.ending == "off_benefit" and case.benefit in {"kontanthjaelp", "sygedagpenge"}:
        assert f"ikke længere {case.benefit.replace('ae', 'æ')}" in words, case
    assert "Anden grund" not in words, case


@pytest.mark.parametrize("code", [code for code in END_REASONS if code != DIED])
def test_the_hearing_letter_speaks_to_the_citizen(session: Session, law: Law, code: str) -> None:
    grant = a_course(session, law, right=False)
    decision = a_decision(session, grant, Case(code, "kontanthjaelp", "none"), law)
    planned, reasons = writing.planned_words(grant, decision), writing.reasons(grant, decision)
    facts.add(session, decision, KNOWN, actor=Actor(a_user(session, "SB"), WORKING_DAY))

    draft = hearing.draft(
        session, decision, planned=planned, reasons=reasons, legal_basis=("LAB § 31 b",), on=WORKING_DAY, law=law
    )
    words = read(letters.render(draft))

    assert "borgeren" not in words.lower()
    assert "tidligst den 31. oktober 2014" in words
    assert REASON in words


def test_at_death_the_course_is_closed_as_a_fact_and_no_letter_is_written(session: Session, law: Law) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    waiting = proposed(session, grant, MORE, law)
    sent = session.scalar(select(func.count(Letter.id)))

    death.close(session, grant, died_on=date(2014, 10, 14), actor=Actor(by, WORKING_DAY))

    assert (grant.ended_on, grant.end_reason) == (date(2014, 10, 14), "Borgeren er død")
    assert waiting.withdrawn_on == WORKING_DAY
    assert session.scalar(select(func.count(Letter.id))) == sent
    told = session.scalars(select(JournalEntry.title).order_by(JournalEntry.id.desc())).first()
    assert told == "Forløbet er lukket: borgeren er død 14.10.2014"
    assert not session.scalar(select(func.sum(Reservation.cost)).where(Reservation.grant_id == grant.id))


def test_nothing_is_sent_to_the_dead(session: Session, law: Law) -> None:
    grant = a_course(session, law, right=False)
    decision = proposed(session, grant, DECLINED, law)
    grant.citizen.died_on = date(2014, 10, 14)

    with pytest.raises(ValidationFailed, match=r"Borgeren er død 14\.10\.2014\. Der sendes intet brev"):
        approved(session, decision, law)


def test_nobody_decides_about_the_dead(session: Session, law: Law) -> None:
    grant = a_course(session, law)

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, grant, NewChange("ending", "", last_day=WORKING_DAY, end_code=DIED), law)
    assert "ingen afgørelse" in refused.value.errors["end_code"][0]

    decision = proposed(session, grant, MORE, law)
    decision.end_code = DIED
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("day", "words"), [(date(2014, 10, 16), "ikke ligge i fremtiden"), (date(1900, 1, 1), "før borgerens fødsel")]
)
def test_a_day_of_death_that_cannot_be_is_refused(session: Session, law: Law, day: date, words: str) -> None:
    grant = a_course(session, law)

    with pytest.raises(DomainError) as refused:
        death.close(session, grant, died_on=day, actor=Actor(a_user(session, "SB"), WORKING_DAY))

    assert words in refused.value.errors["last_day"][0]
    assert grant.citizen.died_on is None


def test_another_reason_must_be_said(session: Session, law: Law) -> None:
    grant = a_course(session, law, right=False)

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, grant, NewChange("ending", "-", last_day=date(2014, 10, 31), end_code="other"), law)

    assert "så borgeren kan forstå den" in refused.value.errors["reason"][0]


@pytest.mark.parametrize("minutes", [45, 50, 60, 90])
def test_all_letters_of_a_course_say_the_same_hours(session: Session, law: Law, minutes: int) -> None:
    grant = a_course(session, law)
    fewer = proposed(session, grant, NewChange("hours", REASON, start=date(2014, 12, 1), minutes_per_week=minutes), law)
    appraisal = change_assessment.appraise(session, grant, fewer, law, on=WORKING_DAY)
    draft = writing.draft(session, grant, fewer, appraisal, on=WORKING_DAY, law=law)
    planned = writing.planned_words(grant, fewer)

    told = {"45": "45 minutter", "50": "50 minutter", "60": "1 time", "90": "1 time og 30 minutter"}[str(minutes)]
    assert draft.values["hours"] == f"{told} om ugen"
    assert f"Du får en mentor {told} om ugen" in draft.values["verdict"]
    assert "Før fik du 2 timer om ugen" in draft.values["verdict"]
    assert f"{told} om ugen i stedet for 2 timer" in planned
    assert not re.search(r"[0-9],[0-9]", planned + draft.values["verdict"] + draft.values["hours"])
    assert service.hours_words(grant, WORKING_DAY) == "2 t/uge"


def test_the_form_closes_the_course_of_the_dead_at_once(session: Session, law: Law, as_caseworker: Visitor) -> None:
    grant = a_course(session, law)
    session.commit()
    sent = {"end_code": DIED, "last_day": "14-10-2014"}

    answer = as_caseworker.post(f"/aendringer/{grant.public_id}/ophoer", data=sent)

    session.expire_all()
    assert answer.status_code == 303
    assert "Der sendes intet brev til borgeren" in as_caseworker.get(answer.location).text
    assert (grant.ended_on, grant.citizen.died_on) == (date(2014, 10, 14), date(2014, 10, 14))
    assert session.scalar(select(func.count(Decision.id)).where(Decision.kind == "ending")) == 0
    assert "Død 14.10.2014" in as_caseworker.get(f"/borgere/{grant.citizen.public_id}").text
