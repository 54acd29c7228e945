"""Partshøring: the letter tells what the case rests on and where it comes from, or it isn't sent (FVL § 19)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.grants import hearing
from jobcenter_mentor.casework.grants.hearing_facts import service
from jobcenter_mentor.casework.grants.hearing_facts.models import HeardFact
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Decision, Hearing
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_user
from tests.casefile.letters.samples import words_of
from tests.casework.changes.test_service import FEWER, a_course, proposed
from tests.casework.grants.cases import KNOWN
from tests.logins import Visitor

ALREADY_BEGUN = "Høringen er begyndt. Oplysningerne kan ikke ændres."


def a_letter(session: Session, decision: Decision, law: Law):
    draft = hearing.draft(
        session, decision, planned="Vi overvejer det.", legal_basis=("LAB § 93",), on=WORKING_DAY, law=law
    )
    return draft, b"%PDF"


def send(session: Session, decision: Decision, law: Law, letter=None) -> Hearing:
    return hearing.send(
        session,
        decision,
        letter=letter or a_letter(session, decision, law),
        actor=Actor(a_user(session, "SB"), WORKING_DAY),
        law=law,
    )


def test_no_hearing_letter_is_set_or_sent_without_what_the_case_rests_on(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)

    with pytest.raises(ValidationFailed, match="Det, borgeren skal høres om, og hvor det kommer fra, mangler"):
        letters.render(a_letter(session, decision, law)[0])
    with pytest.raises(ValidationFailed, match="Skriv mindst én oplysning, som borgeren skal høres om") as refused:
        send(session, decision, law)
    assert "fact" in refused.value.errors


def test_the_letter_tells_each_fact_with_its_source_and_day(session: Session, law: Law) -> None:
    decision, by = proposed(session, a_course(session, law), FEWER, law), a_user(session, "SB")
    service.add(session, decision, KNOWN, actor=Actor(by, WORKING_DAY))
    outside = NewFact("Du har ikke brug for støtte om morgenen.", "lægens udtalelse.", date(2014, 10, 8))
    service.add(session, decision, outside, actor=Actor(by, WORKING_DAY))

    words = words_of(letters.render(a_letter(session, decision, law)[0]))

    assert "Du er selv mødt i praktikken hver dag. Vi fik det fra din mentor den 30. september 2014." in words
    assert "om morgenen. Vi fik det fra lægens udtalelse den 8. oktober 2014." in words


def test_a_letter_with_other_facts_than_those_of_now_is_not_kept(session: Session, law: Law) -> None:
    decision, by = proposed(session, a_course(session, law), FEWER, law), a_user(session, "SB")
    service.add(session, decision, KNOWN, actor=Actor(by, WORKING_DAY))
    letter = a_letter(session, decision, law)
    service.add(session, decision, NewFact("Du er glad.", "dig", WORKING_DAY), actor=Actor(by, WORKING_DAY))

    with pytest.raises(Conflict, match="Oplysningerne er ændret, siden brevet blev skrevet"):
        send(session, decision, law, letter)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewFact(" ", "din mentor", WORKING_DAY), "fact"),
        (NewFact("Du er mødt.", " ", WORKING_DAY), "source"),
        (NewFact("Du er mødt.", "din mentor", WORKING_DAY + timedelta(days=1)), "known_on"),
    ],
    ids=["nothing", "from nobody", "tomorrow"],
)
def test_a_fact_that_says_nothing_or_comes_from_nobody_is_refused_at_its_field(
    session: Session, law: Law, new: NewFact, field: str
) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)

    with pytest.raises(ValidationFailed) as refused:
        service.add(session, decision, new, actor=Actor(a_user(session, "SB"), WORKING_DAY))

    assert set(refused.value.errors) == {field}


def test_a_fact_is_taken_back_until_the_hearing_begins_and_stands_then(session: Session, law: Law) -> None:
    decision, by = proposed(session, a_course(session, law), FEWER, law), a_user(session, "SB")
    wrong = service.add(session, decision, NewFact("Du er ung.", "CPR", WORKING_DAY), actor=Actor(by, WORKING_DAY))
    right = service.add(session, decision, KNOWN, actor=Actor(by, WORKING_DAY))

    with pytest.raises(Conflict, match="står der allerede"):
        service.add(session, decision, KNOWN, actor=Actor(by, WORKING_DAY))
    service.take_back(session, decision, wrong.public_id, by=by)
    with pytest.raises(Conflict, match="allerede fjernet"):
        service.take_back(session, decision, wrong.public_id, by=by)
    send(session, decision, law)

    assert service.of(session, decision) == [right]
    for late in (
        lambda: service.take_back(session, decision, right.public_id, by=by),
        lambda: service.add(session, decision, NewFact("Du er ung.", "CPR", WORKING_DAY), actor=Actor(by, WORKING_DAY)),
    ):
        with pytest.raises(Conflict, match=ALREADY_BEGUN):
            late()


def test_a_letter_holds_ten_facts_at_most(session: Session, law: Law) -> None:
    decision, by = proposed(session, a_course(session, law), FEWER, law), a_user(session, "SB")
    for number in range(service.MOST):
        service.add(
            session, decision, NewFact(f"Det er nr. {number}.", "dig", WORKING_DAY), actor=Actor(by, WORKING_DAY)
        )

    with pytest.raises(Conflict, match="højst have 10 oplysninger"):
        service.add(session, decision, KNOWN, actor=Actor(by, WORKING_DAY))


@pytest.mark.parametrize("empty", ["fact", "source"])
def test_the_database_keeps_no_fact_without_words_or_source(session: Session, law: Law, empty: str) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    row = {"decision_id": decision.id, "fact": "Du er mødt.", "source": "dig", "known_on": WORKING_DAY}

    with pytest.raises(IntegrityError):
        session.execute(insert(HeardFact).values({**row, "by_id": decision.proposed_by_id, empty: " "}))


def test_the_database_keeps_no_sent_hearing_without_a_fact(session: Session, law: Law) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    about = {"decision_id": decision.id, "citizen_id": decision.citizen_id, "team_id": decision.team_id}

    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(insert(Hearing).values({**about, "by_id": decision.proposed_by_id, "sent_on": WORKING_DAY}))


def test_the_caseworker_writes_and_takes_back_facts_on_the_page(
    session: Session, law: Law, as_caseworker: Visitor
) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    decision_id, address = decision.id, f"/aendringer/hoering/{decision.public_id}"
    session.commit()
    told = {"fact": "Du er mødt hver dag.", "source": "din mentor", "known_on": "10-10-2014"}

    empty = as_caseworker.get(address).text
    unsent = as_caseworker.post(f"{address}/send")
    wrong = as_caseworker.post(f"{address}/oplysning", data=told | {"source": ""})
    added = as_caseworker.post(f"{address}/oplysning", data=told)
    page = as_caseworker.get(address).text
    row = session.scalars(select(HeardFact).where(HeardFact.decision_id == decision_id)).one()
    removed = as_caseworker.post(f"{address}/oplysning/fjern", data={"known": row.public_id})

    assert "Uden dem kan brevet ikke sendes." in empty
    assert "Send høringsbrevet" not in empty
    assert (unsent.status_code, "hvor det kommer fra, mangler i brevet" in unsent.text) == (422, True)
    assert (wrong.status_code, "Skriv, hvem eller hvad kommunen har det fra." in wrong.text) == (422, True)
    assert (added.status_code, removed.status_code) == (303, 303)
    assert "Du er mødt hver dag." in page
    assert "Send høringsbrevet" in page
    session.expire_all()
    assert session.scalars(select(HeardFact)).all() == []
