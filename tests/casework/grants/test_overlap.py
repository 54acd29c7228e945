"""Den samme støtte to gange: shown with a link, approved with a reason, and never the same terms twice."""

from datetime import date
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment, queries
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.overlap import Overlap
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.law_figures import service as rules
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_referral, a_user
from tests.casework.grants.cases import approved, people, proposed, the_frames
from tests.logins import Visitor, logged_in


def two_referrals(session: Session) -> tuple[Referral, Referral]:
    """The same citizen referred twice, for the same support on the same days."""
    the_frames(session)
    citizen = a_citizen(session)
    return a_referral(session, citizen), a_referral(session, citizen)


def test_the_same_terms_twice_are_refused_while_proposed_and_while_running(session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    waiting = proposed(session, first, by=who.caseworker, law=law)

    with pytest.raises(ValidationFailed) as beside:
        proposed(session, second, by=who.caseworker, law=law)
    approved(session, waiting, by=who.leader, law=law)
    with pytest.raises(ValidationFailed) as after:
        proposed(session, second, by=who.caseworker, law=law)

    assert f"En indstilling, som ikke er afgjort endnu, i sag {first.case_number}" in beside.value.errors["start"][0]
    assert f"Et forløb i sag {first.case_number} ligger på de samme dage" in after.value.errors["start"][0]


@pytest.mark.parametrize(("minutes", "words"), [(60, "1 time om ugen"), (50, "50 minutter om ugen")])
def test_what_is_on_the_same_days_says_its_hours_as_everywhere_else(minutes: int, words: str) -> None:
    terms = case_assessment.GrantTerms(date(2014, 10, 20), date(2015, 4, 19), minutes, "INT")

    assert f": 20.10.2014–19.04.2015, {words}, " in Overlap("2014-0001", terms, is_same=False, is_course=True).words


def test_what_is_on_the_same_days_is_shown_to_both_and_takes_a_reason(session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    one = proposed(session, first, by=who.caseworker, law=law)
    other = proposed(session, second, by=who.caseworker, law=law, minutes_per_week=60)

    asked = queries.proposal(session, second, actor=Actor(who.caseworker, WORKING_DAY), law=law)
    page = queries.decision(session, other, actor=Actor(who.leader, WORKING_DAY), law=law)
    with pytest.raises(ValidationFailed) as refused:
        approved(session, other, by=who.leader, law=law)
    grant = approved(session, other, by=who.leader, law=law, overlap_reason="To slags mentorer, aftalt med borgeren.")
    after = queries.decision(session, one, actor=Actor(who.leader, WORKING_DAY), law=law)

    assert [one.decision_id for one in asked.overlaps] == [row.decision_id for row in page.overlaps] == [one.public_id]
    assert set(refused.value.errors) == {"overlap_reason"}
    assert grant is not None
    assert [row.grant_id for row in after.overlaps] == [grant.public_id]
    assert other.overlap_reason.startswith("To slags")


def test_other_days_an_ended_course_a_refusal_and_another_citizen_are_no_overlap(session: Session, law: Law) -> None:
    (first, _), who = two_referrals(session), people(session)
    before = {"start": date(2014, 4, 1), "last_day": date(2014, 10, 19)}
    a_grant(session, first.citizen, **before)
    a_grant(session, first.citizen, ended_on=date(2014, 10, 1), **before)
    a_grant(session)

    decision = proposed(session, first, by=who.caseworker, law=law)

    assert queries.decision(session, decision, actor=Actor(who.leader, WORKING_DAY), law=law).overlaps == []
    assert approved(session, decision, by=who.leader, law=law) is not None


def test_the_same_terms_that_came_meanwhile_are_not_approved_whatever_the_reason(session: Session, law: Law) -> None:
    (first, _), who = two_referrals(session), people(session)
    decision = proposed(session, first, by=who.caseworker, law=law)
    terms = deciding.terms_of(decision)
    a_grant(
        session,
        first.citizen,
        start=terms.start,
        last_day=terms.last_day,
        minutes_per_week=terms.minutes_per_week,
        mentor_type=terms.mentor_type,
    )

    with pytest.raises(Conflict, match="to gange"):
        approved(session, decision, by=who.leader, law=law, overlap_reason="Alligevel.")


def test_the_database_refuses_the_same_open_proposal_twice(session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    decision = proposed(session, first, by=who.caseworker, law=law)
    session.commit()
    copy = {column.name: getattr(decision, column.name) for column in Decision.__table__.columns}

    with pytest.raises(IntegrityError):
        session.execute(
            Decision.__table__.insert().values(**copy | {"id": 9999, "public_id": "x", "referral_id": second.id})
        )


def test_what_the_reader_may_not_open_is_told_without_a_link(session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    proposed(session, first, by=who.caseworker, law=law)
    other = proposed(session, second, by=who.caseworker, law=law, minutes_per_week=60)

    page = queries.decision(session, other, actor=Actor(a_user(session, "ØK"), WORKING_DAY), law=law)

    assert [(row.case_number, row.decision_id) for row in page.overlaps] == [(first.case_number, "")]


def raced(app: Flask, acts: list) -> list[str]:  # type: ignore[type-arg]
    told: list[str] = []
    start = Barrier(len(acts))

    def run(act: object) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction() as own:
                    act(own)  # type: ignore[operator]
                told.append("done")
            except DomainError as error:
                told.append(type(error).__name__)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_two_who_propose_the_same_at_once_make_one_proposal(app: Flask, session: Session, law: Law) -> None:
    referrals, who = two_referrals(session), people(session)
    session.commit()

    def propose(number: int) -> object:
        def act(own: Session) -> None:
            referral = own.get_one(Referral, referrals[number].id)
            terms = case_assessment.offered_terms(own, referral, rules.law(own), on=WORKING_DAY)
            by = own.get_one(User, who.caseworker.id)
            told = {"kind": "grant", "reason": "Aftalt.", "actor": Actor(by, WORKING_DAY), "law": rules.law(own)}
            proposing.propose(own, referral, terms=terms, **told)

        return act

    told = raced(app, [propose(0), propose(1)])

    assert told == ["ValidationFailed", "done"]
    assert len(session.scalars(select(Decision)).all()) == 1


def test_two_overlapping_grants_approved_at_once_take_one_reason(app: Flask, session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    rows = [
        proposed(session, first, by=who.caseworker, law=law),
        proposed(session, second, by=who.caseworker, law=law, minutes_per_week=60),
    ]
    session.commit()

    def approve(row: Decision) -> object:
        def act(own: Session) -> None:
            approved(own, own.get_one(Decision, row.id), by=own.get_one(User, who.leader.id), law=rules.law(own))

        return act

    told = raced(app, [approve(row) for row in rows])

    assert told == ["ValidationFailed", "ValidationFailed"]
    assert session.scalars(select(Grant)).all() == []


def test_the_pages_show_it_above_the_buttons_with_a_link(app: Flask, session: Session, law: Law) -> None:
    (first, second), who = two_referrals(session), people(session)
    one = proposed(session, first, by=who.caseworker, law=law)
    other = proposed(session, second, by=who.caseworker, law=law, minutes_per_week=60)
    third = a_referral(session, first.citizen)
    session.commit()
    caseworker: Visitor = logged_in(app, session, who.caseworker)
    leader: Visitor = logged_in(app, session, who.leader)

    asked = caseworker.get(f"/bevillinger/ny/{third.public_id}").text
    form = {
        "start": "20-10-2014",
        "last_day": "19-04-2015",
        "minutes_per_week": "1",
        "mentor_type": "INT",
        "place_share": "1",
    }
    panel = caseworker.post(f"/bevillinger/vurdering/{third.public_id}", data=form).text
    shown = leader.get(f"/bevillinger/afgoerelse/{other.public_id}").text
    refused = leader.post(f"/bevillinger/afgoerelse/{other.public_id}/godkend", data={})

    link = f"/bevillinger/afgoerelse/{one.public_id}"
    assert asked.index(link) < asked.index("Send til godkendelse</")
    assert 'id="overlap"' in panel
    assert link in panel
    assert shown.index(link) < shown.index("Godkend og send brevet")
    assert refused.status_code == 422
    assert "Skriv, hvorfor borgeren skal have begge dele" in refused.text
