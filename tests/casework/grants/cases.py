"""Sager til testene: a proposal ready to approve, and the approval of it as a view makes it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.case_assessment import GrantTerms
from jobcenter_mentor.casework.grants.hearing_facts.service import NewFact
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.proposal import Refusing
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests.builders import WORKING_DAY, a_citizen, a_frame, a_municipality, a_referral, a_user

PDF = b"%PDF-1.7 brevet"
KNOWN = NewFact("Du er selv mødt i praktikken hver dag", "din mentor", date(2014, 9, 30))
REFUSING = Refusing(
    hearing_note="Hørt ved brev den 08.10.2014. Borgeren svarede den 13.10.2014.",
    considerations="Borgeren klarer hverdagen og deltager i andre tilbud.",
    other_help="Bostøtte efter SEL § 85 er overvejet.",
)


@dataclass(frozen=True)
class People:
    """The caseworker who proposes and the team leader who approves."""

    caseworker: User
    leader: User


def people(session: Session) -> People:
    return People(a_user(session, "SB"), a_user(session, "TL"))


def the_frames(session: Session, *, left_2014: int = 50_000_000, left_2015: int = 50_000_000) -> None:
    """A municipality with this much left of the frames, in øre."""
    a_municipality(session)
    a_frame(session, amount=left_2014)
    a_frame(session, year=2015, amount=left_2015)


def a_discretionary_referral(session: Session, citizen: Citizen | None = None, **changes: Any) -> Referral:
    """A citizen who can take part in other offers: mentor support may be given."""
    answers = {"can_take_other_offers": True, "cannot_because": None}
    return a_referral(session, citizen, **(answers | changes))


def a_jobready_referral(session: Session, **changes: Any) -> Referral:
    """Group 2: no reimbursement."""
    return a_discretionary_referral(session, a_citizen(session, visitation="jobparat"), **changes)


def proposed(
    session: Session,
    referral: Referral,
    *,
    by: User,
    law: Law,
    kind: str = "grant",
    on: date = WORKING_DAY,
    reason: str = "Aftalt med borgeren.",
    refusing: Refusing | None = None,
    **terms: Any,
) -> Decision:
    """Propose what the page offers, with any changed terms."""
    offered = case_assessment.offered_terms(session, referral, law, on=on)
    wanted: GrantTerms = replace(offered, **terms)
    return proposing.propose(
        session, referral, kind=kind, terms=wanted, reason=reason, actor=Actor(by, on), law=law, refusing=refusing
    )


def approved(
    session: Session, decision: Decision, *, by: User, law: Law, on: date = WORKING_DAY, **changes: Any
) -> Grant | None:
    """Approve with the letter of the day."""
    draft = deciding.letter_draft(session, decision, on=on, law=law)
    return deciding.approve(session, decision, actor=Actor(by, on), law=law, letter=(draft, PDF), **changes)


def granted(session: Session, referral: Referral, *, law: Law, on: date = WORKING_DAY, **terms: Any) -> Grant:
    """A grant, proposed by one and approved by another."""
    who = people(session)
    decision = proposed(session, referral, by=who.caseworker, law=law, on=on, **terms)
    grant = approved(session, decision, by=who.leader, law=law, on=on)
    assert grant is not None
    return grant
