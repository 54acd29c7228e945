"""Kontorets egne ord: no text that a person writes carries a code, a key or our doubt into a letter."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.casefile.letters.letter_values import NoticeValues
from jobcenter_mentor.casefile.letters.service import NAMES, LetterDraft
from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.notices import service as notices
from jobcenter_mentor.casework.notices.service import Delay
from jobcenter_mentor.casework.referrals.referral_check import NewReferral, problems
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import NO_MONEY, errors_of, found_in
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_mentor, a_user
from tests.casefile.letters.samples import AGREEMENT, HEARING, drafts
from tests.casework.changes.test_service import FEWER, a_course, proposed
from tests.casework.grants.cases import REFUSING, a_discretionary_referral, people, the_frames
from tests.casework.grants.cases import proposed as proposed_grant
from tests.logins import Visitor

BAD = (
    "ikke læst",
    "Uafklaret",
    "uafklarede",
    "lab2014.rp.stays",
    "off_benefit",
    "UNCONFIRMED",
    "TEXT",
    "proc.hearing",
    "VIRK",
)
FINE = (
    "Du har ikke åbnet dine breve.",
    "Det er uklart for dig.",
    "Skriv til lone_baek@soenderaa.example.",
    "Se www.office.dk eller local.dk.",
    "Du sagde: »Jeg har ikke læst brevet.«",
    "Din mentor er i kontakt med SU.",
    "Ring til os. Kom gerne kl. 9.",
    "Teksten er åben, og sagen er lokal.",
)


@pytest.mark.parametrize("word", BAD)
def test_each_word_of_the_office_is_found_within_a_sentence(word: str) -> None:
    assert found_in(f"Vi har set på det, og {word} står der.") == word


@pytest.mark.parametrize("text", FINE)
def test_plain_words_addresses_and_what_somebody_said_may_stand(text: str) -> None:
    assert found_in(text) == ""


def every_draft() -> Iterator[LetterDraft]:
    """A letter of each template; the access letters have values of their own."""
    yield from drafts().values()
    head = {name: getattr(HEARING, name) for name in ("sender", "recipient", "case_number", "letter_date")}
    notice = NoticeValues(
        **head,
        legal_basis=("retssikkerhedsloven § 3, stk. 2",),
        title="Besked",
        heading="Besked",
        verdict="Du får svar senere.",
        parts=(("Derfor", "Vi venter."),),
    )
    yield service.notice_draft("case_time", notice)
    plain: dict[str, Any] = {
        "sender": asdict(HEARING.sender),
        "recipient": ("Emil",),
        "heading": "Svar",
        "verdict": "Du får det.",
        "legal_basis": "forvaltningsloven § 9",
        "given": "Du får 3 papirer.",
        "left_out": ["Nr. 1: om en anden."],
    }
    yield LetterDraft("access", "Svar", "access", plain)
    late = plain | {"reasons": "Sagen er stor.", "expected": "1. maj"}
    yield LetterDraft("access_delay", "Svar senere", "access_delay", late)


def with_word(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    said, bad = values[name], "Det er ikke læst."
    worse = bad if isinstance(said, str) else [*said[:-1], [said[-1][0], bad] if isinstance(said[-1], tuple) else bad]
    return {**values, name: worse}


WHERE = [
    pytest.param(draft, name, id=f"{draft.kind} {name}")
    for draft in every_draft()
    for name, said in draft.values.items()
    if name not in NAMES and said and isinstance(said, str | tuple | list)
]


@pytest.mark.parametrize(("draft", "name"), WHERE)
def test_no_text_of_any_letter_may_hold_one(draft: LetterDraft, name: str) -> None:
    assert name not in service.gaps(draft)

    found = service.gaps(replace(draft, values=with_word(draft.values, name)))

    assert found[name].startswith("»ikke læst« må ikke stå i et brev")


@pytest.mark.parametrize("word", BAD)
@pytest.mark.parametrize("field", ["reason", "considerations", "other_help", "hearing_note"])
def test_a_refusal_is_stopped_at_the_field(session: Session, law: Law, field: str, word: str) -> None:
    the_frames(session)
    said = f"Det er {word} endnu."
    refusing = REFUSING if field == "reason" else replace(REFUSING, **{field: said})
    reason = {"reason": said} if field == "reason" else {}

    with pytest.raises(ValidationFailed) as refused:
        proposed_grant(
            session,
            a_discretionary_referral(session),
            by=people(session).caseworker,
            law=law,
            kind=deciding.REFUSAL,
            refusing=refusing,
            **reason,
        )

    assert [f"»{word}« må ikke stå i et brev" in texts[0] for texts in refused.value.errors.values()] == [True]
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("field", ["reason", "considerations", "other_help"])
def test_a_change_is_stopped_at_the_field(session: Session, law: Law, field: str) -> None:
    new = NewChange(**{**vars(FEWER), field: "Det er uafklaret."})

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, a_course(session, law), new, law)

    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("field", ["reason", "considerations", "other_help", "hearing_note"])
def test_money_as_the_reason_of_a_refusal_is_stopped_at_the_field(session: Session, law: Law, field: str) -> None:
    the_frames(session)
    said = "Det er rimeligt, men vi har desværre ikke råd."
    refusing = REFUSING if field == "reason" else replace(REFUSING, **{field: said})
    reason = {"reason": said} if field == "reason" else {}

    with pytest.raises(ValidationFailed) as refused:
        proposed_grant(
            session,
            a_discretionary_referral(session),
            by=people(session).caseworker,
            law=law,
            kind=deciding.REFUSAL,
            refusing=refusing,
            **reason,
        )

    assert refused.value.errors == {field: [NO_MONEY]}


@pytest.mark.parametrize("field", ["reason", "considerations", "other_help"])
def test_money_as_the_reason_of_a_change_is_stopped_at_the_field(session: Session, law: Law, field: str) -> None:
    new = NewChange(**{**vars(FEWER), field: "Vi har ikke råd."})

    with pytest.raises(ValidationFailed) as refused:
        proposed(session, a_course(session, law), new, law)

    assert refused.value.errors == {field: [NO_MONEY]}


def test_money_is_no_reason_for_waiting_or_for_leaving_out_the_hearing(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    delay = Delay(WORKING_DAY, WORKING_DAY.replace(month=11), "Vi har ikke råd.")

    with pytest.raises(ValidationFailed) as of_notice:
        notices.check(delay, WORKING_DAY)
    with pytest.raises(ValidationFailed) as of_hearing:
        hearing.leave_out(session, decision, reason="Vi har ikke råd.", by=a_user(session))

    assert of_notice.value.errors == {"why": [NO_MONEY]}
    assert of_hearing.value.errors == {"left_out_reason": [NO_MONEY]}


@pytest.mark.parametrize("field", ["fact", "source"])
def test_a_fact_of_a_hearing_is_stopped_at_the_field(session: Session, law: Law, field: str) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    texts = {"fact": "Du er mødt.", "source": "din mentor"} | {field: "ikke læst"}

    with pytest.raises(ValidationFailed) as refused:
        facts.add(session, decision, NewFact(**texts, known_on=WORKING_DAY), actor=Actor(a_user(session), WORKING_DAY))

    assert list(refused.value.errors) == [field]


def test_why_there_was_no_hearing_is_stopped_at_the_field(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)

    with pytest.raises(ValidationFailed) as refused:
        hearing.leave_out(session, decision, reason="Uafklaret.", by=a_user(session))

    assert list(refused.value.errors) == ["left_out_reason"]


def test_what_the_citizen_answered_stands_as_it_was_said() -> None:
    draft = drafts()["refusal"]
    said = "Vi skrev til dig den 1. oktober 2014. Du svarede den 8. oktober 2014: »Jeg har ikke læst brevet.«"

    assert service.gaps(replace(draft, values={**draft.values, "hearing": said})) == {}


def test_a_notice_an_agreement_and_a_goal_are_stopped_at_the_field(session: Session, law: Law) -> None:
    grant = a_course(session, law)
    grant.mentor_id = a_mentor(session, phone="20304050").id
    session.flush()
    session.refresh(grant, ["mentor"])
    agreed = agreements.prefill(session, grant, on=WORKING_DAY, law=law)
    wrong = replace(agreed, meeting_place="uafklaret", terms={**agreed.terms, "absence": "proc.facts"})
    delay = Delay(WORKING_DAY, WORKING_DAY.replace(month=11), "Det er ikke læst.")
    referral = NewReferral(
        referred_on=WORKING_DAY,
        goal="off_benefit",
        start=WORKING_DAY,
        weeks=26,
        minutes_per_week=120,
        mentor_type="INT",
    )

    with pytest.raises(ValidationFailed) as of_notice:
        notices.check(delay, WORKING_DAY)
    with pytest.raises(ValidationFailed) as of_agreement:
        agreements.check(grant, wrong, on=WORKING_DAY, law=law)

    assert list(of_notice.value.errors) == ["why"]
    assert set(of_agreement.value.errors) == {"meeting_place", "absence"}
    assert "må ikke stå i et brev" in problems(referral, born=WORKING_DAY.replace(year=1990), on=WORKING_DAY)["goal"][0]
    assert errors_of({"reason": AGREEMENT.goal}) == {}


def test_the_letter_about_a_new_mentor_says_it_at_the_field(session: Session, law: Law, as_caseworker: Visitor) -> None:
    grant = a_course(session, law)
    grant.mentor_id = a_mentor(session).id
    session.commit()

    answer = as_caseworker.post(f"/aendringer/{grant.public_id}/mentorbrev", data={"reason": "Det er uafklaret."})

    assert (answer.status_code, 'id="reason-error"' in answer.text) == (422, True)
