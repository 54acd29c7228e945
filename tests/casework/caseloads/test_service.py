"""Sagsstammer: cases counted per caseworker, moved whole with what is open, and moved back."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casework.caseloads import service
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures.service import law
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_municipality, a_referral, a_team, a_user
from tests.casework.grants.cases import a_discretionary_referral, proposed, the_frames
from tests.logins import logged_in

DUE = Deadline("review", date(2014, 10, 20), "dl.followup", "local", "kommunens standard", "Opfølgning undervejs")


@pytest.fixture
def leader(session: Session) -> User:
    return a_user(session, "TL")


@pytest.fixture
def owner(session: Session) -> User:
    return a_user(session, full_name="Anna Alm")


@pytest.fixture
def colleague(session: Session) -> User:
    return a_user(session, full_name="Bo Birk")


def a_case(session: Session, owner: User) -> Citizen:
    """A citizen with a running course, its open and its settled deadline, and an open referral."""
    citizen = a_citizen(session, caseworker_id=owner.id)
    grant = a_grant(session, citizen)
    (row,) = followups.plan(session, [DUE], case=case_of(grant), actor=Actor(owner, WORKING_DAY))
    followups.settle(session, row, result="Holdt", actor=Actor(owner, WORKING_DAY))
    followups.plan(session, [DUE], case=case_of(grant), actor=Actor(owner, WORKING_DAY))
    a_referral(session, citizen)
    return citizen


def owners(session: Session) -> list[list[int | None]]:
    columns = (Citizen.caseworker_id, Grant.caseworker_id, Referral.caseworker_id)
    found = [list(session.scalars(select(column))) for column in columns]
    return [*found, list(session.scalars(select(FollowUp.owner_id).where(FollowUp.done_on.is_(None))))]


def test_a_case_moves_whole_and_back_and_each_journal_says_so(
    session: Session, leader: User, owner: User, colleague: User
) -> None:
    citizen = a_case(session, owner)
    told = {"keys": [citizen.public_id], "actor": Actor(leader, WORKING_DAY)}

    service.move(session, owner.public_id, to=colleague.public_id, reason="Orlov", **told)

    assert owners(session) == [[colleague.id]] * 4
    settled = select(FollowUp.owner_id).where(FollowUp.done_on.is_not(None))
    assert session.scalars(settled).all() == [owner.id]
    entry = session.scalars(select(JournalEntry).where(JournalEntry.kind == "handover")).one()
    assert (entry.title, entry.text) == ("Ny sagsbehandler: Bo Birk (før Anna Alm)", "Orlov")
    assert entry.case_number == session.scalars(select(Grant.case_number)).one()
    event = session.scalars(select(Event).where(Event.action == "caseload.move")).one()
    assert event.citizen_ids == [citizen.id]

    service.move(session, colleague.public_id, to=owner.public_id, reason="Tilbage", **told)
    assert owners(session) == [[owner.id]] * 4


def test_a_proposal_that_waits_is_on_the_new_caseworkers_list_too(
    session: Session, leader: User, owner: User, colleague: User
) -> None:
    the_frames(session)
    citizen = a_citizen(session, caseworker_id=owner.id)
    proposal = proposed(session, a_discretionary_referral(session, citizen), by=owner, law=law(session))
    told = {"keys": [citizen.public_id], "reason": "Orlov", "actor": Actor(leader, WORKING_DAY)}

    service.move(session, owner.public_id, to=colleague.public_id, **told)

    assert [row.public_id for row in proposing.list_proposed(session, actor=Actor(colleague, WORKING_DAY))] == [
        proposal.public_id
    ]


def test_counts_are_those_of_the_list(session: Session, leader: User, owner: User, colleague: User) -> None:
    a_case(session, owner)
    a_case(session, owner)
    a_grant(session)

    loads = service.list_loads(session, actor=Actor(leader, WORKING_DAY))
    cases = service.get_caseload(session, owner.public_id, actor=Actor(leader, WORKING_DAY)).cases

    assert [(load.name, load.running, load.waiting, load.due) for load in loads] == [
        ("Anna Alm", 2, 2, 2),
        ("Bo Birk", 0, 0, 0),
        ("Uden sagsbehandler", 1, 0, 0),
    ]
    assert [(case.running, case.waiting, case.deadlines, case.next_due) for case in cases] == [(1, 1, 1, DUE.due)] * 2


def test_a_case_that_was_moved_meanwhile_moves_none_of_the_others(
    session: Session, leader: User, owner: User, colleague: User
) -> None:
    first, second = a_case(session, owner), a_case(session, owner)
    first.caseworker_id = colleague.id
    for grant in session.scalars(select(Grant).where(Grant.citizen_id == first.id)):
        grant.caseworker_id = colleague.id
    for referral in session.scalars(select(Referral).where(Referral.citizen_id == first.id)):
        referral.caseworker_id = colleague.id
    session.flush()

    with pytest.raises(Conflict):
        service.move(
            session,
            owner.public_id,
            keys=[first.public_id, second.public_id],
            to=colleague.public_id,
            reason="Orlov",
            actor=Actor(leader, WORKING_DAY),
        )
    assert second.caseworker_id == owner.id


def test_no_case_no_reason_and_somebody_of_another_team_are_refused_at_their_fields(
    session: Session, leader: User, owner: User
) -> None:
    citizen, stranger = a_case(session, owner), a_user(session, team=a_team(session, "Team Job"))
    told = {"actor": Actor(leader, WORKING_DAY)}

    with pytest.raises(ValidationFailed) as refused:
        service.move(session, owner.public_id, keys=[citizen.public_id], to=stranger.public_id, reason=" ", **told)
    assert set(refused.value.errors) == {"to", "reason"}
    with pytest.raises(NotFound):
        service.get_caseload(session, stranger.public_id, **told)


def test_the_page_shows_what_moves_before_it_moves(
    session: Session, client: FlaskClient, leader: User, owner: User, colleague: User
) -> None:
    a_municipality(session)
    citizen = a_case(session, owner)
    session.commit()
    visitor, address = logged_in(client.application, session, leader), f"/sagsstammer/{owner.public_id}"
    told = {"everything": "y", "to": colleague.public_id, "reason": "Orlov"}

    preview = visitor.post(address, data=told)
    assert preview.status_code == 200
    assert "Der flyttes 1 sag til Bo Birk" in preview.text
    assert session.scalars(select(Citizen.caseworker_id)).one() == owner.id
    moved = visitor.post(address, data=told | {"everything": "", "cases": citizen.public_id, "confirmed": "1"})

    assert moved.status_code == 303
    session.expire_all()
    assert owners(session) == [[colleague.id]] * 4
    assert "Anna Alm" in visitor.get("/sagsstammer").text
    assert visitor.get("/sagsstammer/ingen").status_code == 200
