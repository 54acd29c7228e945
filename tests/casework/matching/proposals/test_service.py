"""Valg ud over det godkendte: no match spends what nobody approved, and each asks the law again."""

from datetime import date
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.matching import plan_acceptance, service, waiting_plan
from jobcenter_mentor.casework.matching import substitutes as standing_in
from jobcenter_mentor.casework.matching.choice import Answers
from jobcenter_mentor.casework.matching.models import Match, PlanLine, Substitute
from jobcenter_mentor.casework.matching.proposals import service as proposals
from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence, MentorPrice
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.law_figures import service as rules
from tests.builders import WORKING_DAY, a_mentor, a_referral, a_user
from tests.casework.grants.cases import PDF, a_discretionary_referral, approved, people, the_frames
from tests.casework.grants.cases import proposed as granted_proposal
from tests.logins import Visitor

WHY = Answers("Borgeren kan kun mødes om aftenen.")


@pytest.fixture
def coordinator(session: Session) -> User:
    return a_user(session, "MK")


def a_course(session: Session, law: Law, *, duty: bool = True, **asked: object) -> Grant:
    """A course that was proposed, approved and waits for its mentor; of a right and duty unless told otherwise."""
    who = people(session)
    the_frames(session)
    referral = a_referral(session, **asked) if duty else a_discretionary_referral(session, **asked)
    proposal = granted_proposal(session, referral, by=who.caseworker, law=law)
    grant = approved(session, proposal, by=who.leader, law=law)
    assert grant is not None
    return grant


def an_external(session: Session, price: int = 42_500, **changes: object) -> Mentor:
    mentor = a_mentor(session, mentor_type="EKST", **changes)
    mentor.prices.append(MentorPrice(valid_from=date(2014, 1, 1), hourly_price=price))
    session.flush()
    return mentor


def submitted(
    session: Session, grant: Grant, mentor: Mentor, by: User, law: Law, answers: Answers = WHY
) -> Match | Decision:
    return proposals.submit(session, grant, mentor, answers, actor=Actor(by, WORKING_DAY), law=law)


def sent(session: Session, grant: Grant, mentor: Mentor, by: User, law: Law, answers: Answers = WHY) -> Decision:
    made = submitted(session, grant, mentor, by, law, answers)
    assert isinstance(made, Decision)
    return made


def test_a_volunteer_grant_at_nothing_does_not_become_a_paid_mentor_without_an_approval(
    session: Session, coordinator: User, law: Law
) -> None:
    grant, mentor = a_course(session, law, mentor_type="FRIV", duty=False), an_external(session)

    decision = sent(session, grant, mentor, coordinator, law)

    assert (grant.approved_price, grant.mentor_id, grant.hourly_price) == (0, None, 0)
    assert session.scalars(select(Match)).all() == []
    page = proposals.read(session, decision.public_id, actor=Actor(people(session).leader, WORKING_DAY), law=law)
    assert page.outside == (
        "Godkendt er frivillig mentor, valgt er ekstern leverandør.",
        f"Godkendt er 0,00 kr. i timen, {mentor.name} koster 425,00 kr., 425,00 kr. mere.",
    )
    assert (page.cost_before, page.cost_after > 0) == (0, True)


@pytest.mark.parametrize(
    ("kind", "price", "waits"),
    [
        ("INT", 30_000, False),
        ("INT", 29_999, False),
        ("INT", 30_001, True),
        ("EKST", 30_000, True),
        ("EKST", 20_000, True),
    ],
)
def test_what_is_within_the_approved_is_booked_and_what_is_not_waits(
    session: Session, coordinator: User, law: Law, kind: str, price: int, waits: bool
) -> None:
    grant, mentor = a_course(session, law), a_mentor(session, mentor_type=kind)
    mentor.prices.append(MentorPrice(valid_from=date(2014, 1, 1), hourly_price=price))
    session.flush()

    made = submitted(session, grant, mentor, coordinator, law)

    assert isinstance(made, Decision) is waits
    assert (grant.mentor_id is None) is waits


def test_it_takes_a_reason_and_another_person_and_above_the_limits_the_leader(
    session: Session, coordinator: User, law: Law
) -> None:
    grant, mentor = a_course(session, law), an_external(session, price=60_000)
    with pytest.raises(ValidationFailed) as refused:
        submitted(session, grant, mentor, coordinator, law, Answers())
    decision = sent(session, grant, mentor, coordinator, law)

    assert "Valget skal godkendes af en anden" in refused.value.errors["choice_reason"][0]
    with pytest.raises(NotAllowed):
        proposals.approve(session, decision, actor=Actor(coordinator, WORKING_DAY), law=law)
    with pytest.raises(NotAllowed, match="En teamleder skal godkende"):
        proposals.approve(session, decision, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)
    proposals.approve(session, decision, actor=Actor(a_user(session, "TL"), WORKING_DAY), law=law)
    assert (grant.mentor_id, grant.hourly_price, grant.approved_price) == (mentor.id, 60_000, 60_000)


def test_within_the_limits_a_colleague_approves_and_the_course_is_of_the_new_type(
    session: Session, coordinator: User, law: Law
) -> None:
    grant, mentor = a_course(session, law), an_external(session)
    decision = sent(session, grant, mentor, coordinator, law)

    proposals.approve(session, decision, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)
    again = proposals.approve(session, decision, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)

    kept = case_assessment.kept_facts(session, grant, on=WORKING_DAY)
    (match,) = session.scalars(select(Match))
    assert again is grant
    assert kept is not None
    assert (grant.mentor_type, kept.request.mentor_type, kept.request.hourly_rate) == ("EKST", "EKST", 42_500)
    assert (match.chosen_by_id, match.choice_reason) == (coordinator.id, WHY.choice_reason)


def test_a_price_that_changed_meanwhile_is_not_approved(session: Session, coordinator: User, law: Law) -> None:
    grant, mentor = a_course(session, law), an_external(session)
    decision = sent(session, grant, mentor, coordinator, law)
    mentor.prices.append(MentorPrice(valid_from=date(2014, 2, 1), hourly_price=50_000))
    session.flush()

    with pytest.raises(Conflict, match="pris eller type er ændret"):
        proposals.approve(session, decision, actor=Actor(a_user(session, "TL"), WORKING_DAY), law=law)


def test_one_match_waits_at_a_time_and_what_was_sent_back_is_chosen_again(
    session: Session, coordinator: User, law: Law
) -> None:
    grant, first, second = a_course(session, law), an_external(session), an_external(session)
    decision = sent(session, grant, first, coordinator, law)
    for other in (first, second, a_mentor(session)):
        with pytest.raises(Conflict, match="venter allerede på godkendelse"):
            submitted(session, grant, other, coordinator, law)

    deciding.send_back(session, decision, comment="For dyrt.", actor=Actor(a_user(session, "TL"), WORKING_DAY))
    again = sent(session, grant, second, coordinator, law)

    assert (decision.withdrawn_on, again.mentor_id, again.status.value) == (WORKING_DAY, second.id, "waiting")


def test_the_database_refuses_two_open_matches_and_a_price_above_the_approved(
    session: Session, coordinator: User, law: Law
) -> None:
    grant = a_course(session, law)
    decision = sent(session, grant, an_external(session), coordinator, law)
    session.commit()
    copy = {column.name: getattr(decision, column.name) for column in Decision.__table__.columns}
    with pytest.raises(IntegrityError):
        session.execute(Decision.__table__.insert().values(**copy | {"id": 9999, "public_id": "x"}))
    session.rollback()

    with pytest.raises(DBAPIError):
        session.execute(update(Grant).where(Grant.id == grant.id).values(hourly_price=30_001))


def test_a_match_is_not_approved_as_a_grant(session: Session, coordinator: User, law: Law) -> None:
    grant = a_course(session, law)
    decision = sent(session, grant, an_external(session), coordinator, law)
    leader = a_user(session, "TL")

    with pytest.raises(NotFound):
        deciding.letter_draft(session, decision, on=WORKING_DAY, law=law)
    with pytest.raises(NotFound):
        deciding.approve(session, decision, actor=Actor(leader, WORKING_DAY), law=law, letter=(None, PDF))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["VIRK", "UDD"])
def test_a_company_or_a_school_mentor_is_asked_whether_it_is_beyond_the_normal(
    session: Session, coordinator: User, law: Law, kind: str
) -> None:
    grant, mentor = a_course(session, law), a_mentor(session, mentor_type=kind)

    with pytest.raises(ValidationFailed) as asked:
        submitted(session, grant, mentor, coordinator, law)
    with pytest.raises(ValidationFailed) as refused:
        submitted(session, grant, mentor, coordinator, law, Answers(WHY.choice_reason, beyond_normal=False))
    decision = sent(session, grant, mentor, coordinator, law, Answers(WHY.choice_reason, beyond_normal=True))

    assert asked.value.errors == {
        "beyond_normal": [
            "Svar ja eller nej. Loven spørger, fordi mentoren er ansat i en virksomhed eller på en skole."
        ]
    }
    assert "Hjælpen skal gå ud over" in refused.value.errors["beyond_normal"][0]
    assert decision.assessment.facts["request"]["beyond_normal"] is True


def test_the_plan_asks_the_law_and_the_approver_too(session: Session, coordinator: User, law: Law) -> None:
    grant, mentor = a_course(session, law, mentor_type="FRIV"), a_mentor(session, mentor_type="VIRK")
    waiting_plan.make_plan(session, actor=Actor(coordinator, WORKING_DAY), law=law)
    line = session.scalars(select(PlanLine).where(PlanLine.grant_id == grant.id)).one()
    assert line.mentor_id == mentor.id
    told = {"actor": Actor(coordinator, WORKING_DAY), "law": law, "choice_reason": "Planen."}

    with pytest.raises(ValidationFailed) as asked:
        plan_acceptance.accept_line(session, line.public_id, **told)
    made = plan_acceptance.accept_line(session, line.public_id, beyond_normal=True, **told)

    assert set(asked.value.errors) == {"beyond_normal"}
    assert isinstance(made, Decision)
    assert (line.accepted_on, grant.mentor_id) == (None, None)


def test_a_change_of_mentor_asks_the_law_and_the_approver_too(session: Session, coordinator: User, law: Law) -> None:
    grant = a_course(session, law)
    service.choose(session, grant, a_mentor(session), actor=Actor(coordinator, WORKING_DAY), law=law)

    with pytest.raises(ValidationFailed):
        submitted(session, grant, a_mentor(session, mentor_type="UDD"), coordinator, law)
    assert isinstance(submitted(session, grant, an_external(session), coordinator, law), Decision)


def test_a_substitute_asks_the_law_and_the_approver_too(session: Session, coordinator: User, law: Law) -> None:
    grant, own = a_course(session, law), a_mentor(session)
    service.choose(session, grant, own, actor=Actor(coordinator, WORKING_DAY), law=law)
    own.absences.append(MentorAbsence(first_day=date(2014, 11, 3), last_day=date(2014, 11, 14), reason="ferie"))
    company, external = a_mentor(session, mentor_type="VIRK"), an_external(session)
    told = {"grant_id": grant.public_id, "actor": Actor(coordinator, WORKING_DAY), "law": law}

    with pytest.raises(ValidationFailed) as asked:
        proposals.stand_in(session, own, substitute_id=company.public_id, answers=WHY, **told)
    with pytest.raises(Conflict, match="skal godkendes af en anden"):
        standing_in.appoint(session, own, substitute_id=external.public_id, **told)
    decision = proposals.stand_in(session, own, substitute_id=external.public_id, answers=WHY, **told)
    assert isinstance(decision, Decision)
    proposals.approve(session, decision, actor=Actor(a_user(session, "SB"), WORKING_DAY), law=law)

    (row,) = session.scalars(select(Substitute))
    assert set(asked.value.errors) == {"beyond_normal"}
    assert (row.mentor_id, row.first_day, row.last_day) == (external.id, date(2014, 11, 3), date(2014, 11, 14))
    assert (grant.mentor_id, grant.mentor_type, grant.approved_price) == (own.id, "INT", 30_000)


def test_the_law_is_asked_on_the_day_of_the_match_and_forbids_what_it_forbids(
    session: Session, coordinator: User, law: Law
) -> None:
    """Somebody who was in hospital at the grant and has left it is no contradiction."""
    discharge = {"psychiatric_inpatient": True, "discharge_date": date(2014, 11, 1)}
    grant = a_course(session, law, duty=False, **discharge)

    made = proposals.submit(
        session, grant, a_mentor(session), Answers(), actor=Actor(coordinator, date(2014, 12, 1)), law=law
    )

    assert isinstance(made, Match)


def test_mentors_of_the_granted_type_come_first_and_the_row_says_the_difference(
    session: Session, coordinator: User, law: Law
) -> None:
    grant = a_course(session, law, wishes="en kvinde", barriers=["abuse"])
    plain, dear = a_mentor(session, sex="M"), an_external(session, price=60_000, sex="K")
    cheap = an_external(session, price=10_000, sex="K", area=grant.citizen.address)

    ranked = service.propose(session, grant, actor=Actor(coordinator, WORKING_DAY), law=law)

    assert ranked[0].mentor is plain
    said = {one.mentor.id: " ".join((*one.reasons, *one.against)) for one in ranked}
    assert "600,00 kr. i timen, 300,00 kr. over det godkendte" in said[dear.id]
    assert "100,00 kr. i timen, 200,00 kr. under det godkendte" in said[cheap.id]


def test_a_volunteer_as_the_only_mentor_of_a_duty_is_warned_of_where_proposed_approved_and_matched(
    session: Session, coordinator: User, law: Law
) -> None:
    grant = a_course(session, law, mentor_type="FRIV")
    volunteer = a_mentor(session, mentor_type="FRIV")
    (row,) = service.propose(session, grant, actor=Actor(coordinator, WORKING_DAY), law=law)
    (decision,) = session.scalars(select(Decision))
    today = case_assessment.replay(decision.assessment, law)

    assert row.mentor is volunteer
    assert "frivillig som eneste mentor, og borgeren har ret og pligt" in row.against
    assert "volunteer_only_mentor" in today.warnings


def test_a_volunteer_is_not_warned_of_where_the_mentor_is_an_offer(
    session: Session, coordinator: User, law: Law
) -> None:
    grant = a_course(session, law, mentor_type="FRIV", duty=False)
    a_mentor(session, mentor_type="FRIV")
    (row,) = service.propose(session, grant, actor=Actor(coordinator, WORKING_DAY), law=law)

    assert "frivillig" not in " ".join(row.against)


def test_two_choices_at_once_make_one_proposal(app: Flask, session: Session, coordinator: User, law: Law) -> None:
    grant = a_course(session, law)
    mentors = [an_external(session).id for _ in range(4)]
    session.commit()
    told, start = [], Barrier(len(mentors))

    def act(mentor_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction() as own:
                    course, mentor = own.get_one(Grant, grant.id), own.get_one(Mentor, mentor_id)
                    by = own.get_one(User, coordinator.id)
                    proposals.submit(own, course, mentor, WHY, actor=Actor(by, WORKING_DAY), law=rules.law(own))
                told.append("sent")
            except DomainError as error:
                told.append(type(error).__name__)

    threads = [Thread(target=act, args=(one,)) for one in mentors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    waiting = session.scalars(select(Decision).where(Decision.kind == "mentor")).all()
    assert sorted(told) == ["Conflict", "Conflict", "Conflict", "sent"]
    assert len(waiting) == 1


def test_the_pages_ask_on_the_spot_and_lead_from_choice_to_approval(
    session: Session, law: Law, as_coordinator: Visitor, as_team_leader: Visitor
) -> None:
    grant, mentor = a_course(session, law), a_mentor(session, mentor_type="VIRK")
    session.commit()
    address = f"/matchning/{grant.public_id}"
    form = {"mentor": mentor.public_id, "version": str(grant.version), "choice_reason": "Kollegaen kan hjælpe."}

    asked = as_coordinator.post(address, data=form)
    sent_on = as_coordinator.post(address, data=form | {"beyond_normal": "yes"})
    page = as_coordinator.get(sent_on.location)
    listed = as_team_leader.get("/bevillinger/godkendelser")
    done = as_team_leader.post(f"{sent_on.location}/godkend", data={})

    assert asked.status_code == 422
    assert "Går hjælpen ud over det, virksomheden eller skolen" in asked.text
    assert "Godkendt er intern social mentor, valgt er virksomhedsmentor." in page.text
    assert "Valg af mentor" in listed.text
    assert done.status_code == 303
    session.refresh(grant)
    assert (grant.mentor_id, grant.mentor_type) == (mentor.id, "VIRK")
