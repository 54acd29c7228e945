"""Takes an access request (aktindsigt) through its steps: received, proposed, sent back, postponed or withdrawn.

Nobody approves their own proposal, also where everything is given: the collected papers leave the municipality.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.access_requests import case_file, queries
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.consideration_kinds import ACTS_FOR
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.kernel.periods import FAR_AHEAD, is_far_ahead
from jobcenter_mentor.domain.law.access import (
    access_deadline,
    expected_answer,
)
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.database.locks import lock

NOBODY = "nobody"
NOT_A_PARTY = (
    "Den, der spørger, er ikke part i sagen og kan ikke få aktindsigt i den efter forvaltningsloven. Er det en "
    "partsrepræsentant eller værge, så skriv det først på borgerens side under »Forhold, vi tager hensyn til«. Ellers "
    "skal anmodningen afgøres skriftligt, også inden 7 arbejdsdage (offentlighedsloven § 36, stk. 2)."
)
PROTECTED = (
    "Borgeren har navne- og adressebeskyttelse, og navn og adresse står i papirerne. De kan kun samles til borgeren "
    "selv og den, der handler for borgeren. Tal med teamlederen om, hvad en anden part kan få."
)
CHANGED = "Papirerne er ændret, siden svaret blev lagt frem. Send det tilbage."
NOW_PROTECTED = (
    "Borgeren har fået navne- og adressebeskyttelse, siden anmodningen kom, og navn og adresse står i papirerne. "
    "De kan ikke gives til en anden part. Luk anmodningen, og svar den anden part skriftligt."
)
ACTS_NO_LONGER = (
    "Den, der spurgte, handler ikke længere for borgeren og kan ikke få papirerne. Luk anmodningen, og registrér en "
    "ny, hvis borgeren selv vil have dem."
)
DEAD = "Spørger efterladte eller boet, så vælg »En anden part i sagen«, og skriv hvorfor."


@dataclass(frozen=True)
class NewRequest:
    """A new request; `asked_by` is citizen, party, nobody (no party), or the public id of who acts for the citizen."""

    received_on: date
    asked_by: str
    case_number: str = ""
    party_name: str = ""
    party_address: str = ""
    party_why: str = ""


def receive(session: Session, citizen: Citizen, new: NewRequest, *, actor: Actor, law: Law) -> AccessRequest:
    """Store a request, begin its deadline and note it in the journal.

    Raises ValidationFailed by field, Conflict where the same party has one open on the same papers.
    """
    errors, helper = _errors(session, citizen, new, actor.day)
    of_day = law.on(new.received_on)
    if of_day.find("decision.access_working_days") is None:
        errors["received_on"] = ["Fristen for aktindsigt er kendt fra 1. januar 2014. Vælg en senere dag."]
    if errors:
        raise ValidationFailed("Anmodningen kan ikke gemmes. Ret felterne.", errors=errors)
    lock(session, citizen)
    party = new.party_name.strip() if new.asked_by == "party" else ""
    _require_none_open(session, citizen, new.case_number, party)
    deadline = access_deadline(new.received_on, of_day)
    request = AccessRequest(
        citizen_id=citizen.id,
        case_number=new.case_number,
        asked_by=helper.kind if helper else new.asked_by,
        consideration_id=helper.id if helper else None,
        party_name=party,
        party_address=new.party_address.strip() if party else "",
        party_why=new.party_why.strip() if party else "",
        received_on=new.received_on,
        due_on=deadline.due,
        followup_id=_clock(session, citizen, new, deadline, actor),
        by_id=actor.user.id,
    )
    session.add(request)
    session.flush()
    _journalise(session, request, "Anmodning om aktindsigt modtaget", new.received_on, actor.user)
    queries.record(session, "access_request.receive", request, actor.user)
    return request


def propose(session: Session, request: AccessRequest, *, actor: Actor) -> None:
    """Propose the answer for approval; from now on the papers and what is left out are fixed.

    Raises InvalidTransition where it is proposed or answered already, or the asker is no longer entitled to the
    papers.
    """
    require_entitled(session, request, on=actor.day)
    require_at_work(session, request)
    request.proposed_on, request.proposed_at, request.proposed_by_id = actor.day, now(), actor.user.id
    request.seal = seal_of(session, request)
    session.flush()
    queries.record(session, "access_request.propose", request, actor.user)


def send_back(session: Session, request: AccessRequest, *, comment: str, actor: Actor) -> None:
    """Send the answer back to the caseworker with a comment. Raises ValidationFailed without one."""
    _require_proposed(session, request)
    if not comment.strip():
        raise ValidationFailed("Skriv hvorfor.", errors={"comment": ["Skriv, hvad der skal ændres."]})
    request.proposed_on = request.proposed_at = request.proposed_by_id = None
    request.seal = ""
    request.returned_on, request.returned_by_id, request.return_comment = actor.day, actor.user.id, comment.strip()
    session.flush()
    queries.record(session, "access_request.send_back", request, actor.user)


def require_may_approve(session: Session, request: AccessRequest, *, actor: Actor) -> None:
    """Require another person than the proposer, and an unchanged proposal. Raises NotAllowed, InvalidTransition."""
    require_entitled(session, request, on=actor.day)
    _require_proposed(session, request)
    if request.proposed_by_id == actor.user.id:
        raise NotAllowed("Du har selv lagt svaret frem. En anden skal godkende det.")
    if seal_of(session, request) != request.seal:
        raise InvalidTransition(CHANGED)


def withdraw(session: Session, request: AccessRequest, *, because: str, actor: Actor) -> None:
    """Close a request that was withdrawn; its deadline is dropped. Raises ValidationFailed without a reason."""
    lock(session, request)
    _require_open(request)
    if not because.strip():
        raise ValidationFailed("Skriv hvorfor.", errors={"because": ["Skriv, hvem der trak den tilbage, og hvordan."]})
    request.withdrawn_on, request.withdrawn_because = actor.day, because.strip()
    session.flush()
    _journalise(session, request, "Anmodning om aktindsigt trukket tilbage", actor.day, actor.user)
    queries.record(session, "access_request.withdraw", request, actor.user)
    followups.end_clock(session, request, "Anmodningen er trukket tilbage", actor=actor)


def check_delay(request: AccessRequest, *, reason: str, expected_on: date | None, on: date) -> None:
    """Check a delay: a reason, and a day after both the deadline and today. Raises ValidationFailed by field."""
    errors = {} if reason.strip() else {"reason": ["Skriv, hvorfor svaret ikke kan nås."]}
    if expected_on is None or expected_on <= max(on, request.answer_by):
        latest = max(on, request.answer_by)
        errors["expected_on"] = [f"Vælg en dag efter {latest:%d.%m.%Y}."]
    elif is_far_ahead(expected_on, on):
        errors["expected_on"] = [FAR_AHEAD]
    errors = reason_errors_of({"reason": reason}) | errors
    if errors:
        raise ValidationFailed("Svaret kan ikke udskydes. Ret felterne.", errors=errors)


def postpone(session: Session, request: AccessRequest, *, reason: str, expected_on: date, actor: Actor) -> None:
    """Postpone the answer as an exception: the reason and the new day are stored, and the deadline moves."""
    lock(session, request)
    _require_open(request)
    check_delay(request, reason=reason, expected_on=expected_on, on=actor.day)
    followups.end_clock(session, request, f"Svaret er lovet til {expected_on:%d.%m.%Y}", actor=actor)
    citizen = session.get_one(Citizen, request.citizen_id)
    request.expected_on, request.delay_reason = expected_on, reason.strip()
    request.followup_id = _clock(session, citizen, _of(request), expected_answer(expected_on), actor)
    session.flush()
    queries.record(session, "access_request.postpone", request, actor.user, expected_on=str(expected_on))


def require_entitled(session: Session, request: AccessRequest, *, on: date) -> None:
    """Require that the asker may still have the papers; the citizen's row stays locked until they are given.

    Raises InvalidTransition where the citizen has become protected since another party asked, or a helper no longer
    acts for the citizen.
    """
    citizen = session.get_one(Citizen, request.citizen_id)
    lock(session, citizen)
    if request.party_name and citizen.protected:
        raise InvalidTransition(NOW_PROTECTED)
    if request.consideration_id is not None:
        helper = session.get_one(Consideration, request.consideration_id, populate_existing=True)
        if not helper.is_in_force(on):
            raise InvalidTransition(ACTS_NO_LONGER)


def seal_of(session: Session, request: AccessRequest) -> str:
    """Return a digest of the papers and of what is left out, as they were when the answer was proposed (segl)."""
    papers = case_file.papers_of(session, request, until=request.proposed_at)
    shown = [(*paper.key, paper.is_internal, paper.form, paper.facts, paper.text) for paper in papers]
    left_out = sorted(
        (row.subject, row.subject_id, row.pages, row.section, row.reason)
        for rows in queries.omissions_of(session, request).values()
        for row in rows
    )
    return hashlib.sha256(repr((shown, left_out)).encode()).hexdigest()


def _errors(
    session: Session, citizen: Citizen, new: NewRequest, on: date
) -> tuple[dict[str, list[str]], Consideration | None]:
    """Return what is wrong, by field, and who acts for the citizen if that person asks."""
    errors: dict[str, list[str]] = {}
    helper = None
    if new.received_on > on:
        errors["received_on"] = ["Vælg den dag, anmodningen kom, senest i dag."]
    if new.asked_by == NOBODY:
        errors["asked_by"] = [NOT_A_PARTY]
    elif new.asked_by == "citizen" and citizen.died_on:
        errors["asked_by"] = [f"Borgeren er død {citizen.died_on:%d.%m.%Y}. {DEAD}"]
    elif new.asked_by == "party":
        errors |= {"asked_by": [PROTECTED]} if citizen.protected else {}
        errors |= {
            name: [text]
            for name, text in (
                ("party_name", "Skriv, hvem der spørger."),
                ("party_address", "Skriv adressen, som svaret skal sendes til."),
                ("party_why", "Skriv, hvorfor vedkommende er part i sagen."),
            )
            if not getattr(new, name).strip()
        }
    elif new.asked_by != "citizen":
        helper = session.scalar(
            select(Consideration).where(
                Consideration.public_id == new.asked_by,
                Consideration.citizen_id == citizen.id,
                Consideration.kind.in_(ACTS_FOR),
            )
        )
        if helper is None or not helper.is_in_force(new.received_on):
            errors["asked_by"] = ["Vedkommende handlede ikke for borgeren den dag. Ret det på borgerens side først."]
    if new.case_number and new.case_number not in case_file.cases_of(session, citizen):
        errors["case_number"] = ["Vælg en af borgerens sager."]
    return errors, helper


def _require_none_open(session: Session, citizen: Citizen, case_number: str, party: str) -> None:
    """Raise Conflict where the same party waits for an answer on the same papers."""
    wanted = select(AccessRequest).where(AccessRequest.citizen_id == citizen.id, AccessRequest.party_name == party)
    for other in session.scalars(wanted):
        if other.is_open and (not case_number or other.case_number in {"", case_number}):
            raise Conflict(
                f"Der er allerede en åben anmodning fra {other.received_on:%d.%m.%Y} om de samme papirer. "
                f"Den skal besvares senest {other.answer_by:%d.%m.%Y}. Besvar den først."
            )


def _clock(session: Session, citizen: Citizen, new: NewRequest, deadline: Deadline, actor: Actor) -> int:
    """Plan the deadline for the citizen's caseworker; each request has its own, which ends with it."""
    number = new.case_number or next(iter(case_file.cases_of(session, citizen)), "")
    case = CaseRef(citizen_id=citizen.id, case_number=number, team_id=citizen.team_id, owner_id=citizen.caseworker_id)
    return followups.begin_own_clock(session, deadline, case=case, actor=actor)


def _of(request: AccessRequest) -> NewRequest:
    return NewRequest(request.received_on, request.asked_by, request.case_number)


def _require_open(request: AccessRequest) -> None:
    if not request.is_open:
        ended = request.approved_on or request.withdrawn_on
        raise InvalidTransition(f"Anmodningen blev afsluttet den {ended:%d.%m.%Y}.")


def require_at_work(session: Session, request: AccessRequest) -> None:
    """Raise InvalidTransition unless the caseworker works on the answer."""
    lock(session, request)
    _require_open(request)
    if request.proposed_on is not None:
        raise InvalidTransition("Svaret ligger til godkendelse. Skal noget ændres, må det først sendes tilbage.")


def _require_proposed(session: Session, request: AccessRequest) -> None:
    lock(session, request)
    _require_open(request)
    if request.proposed_on is None:
        raise InvalidTransition("Svaret er ikke lagt frem til godkendelse.")


def journal_case(session: Session, request: AccessRequest) -> journal.JournalCase:
    """Return the case to journalise in: the course of the case number, where there is one."""
    wanted = (
        select(Grant.id)
        .where(Grant.citizen_id == request.citizen_id, Grant.case_number == request.case_number)
        .order_by(Grant.id.desc())
    )
    grant_id = session.scalar(wanted.limit(1)) if request.case_number else None
    return journal.JournalCase(request.citizen_id, grant_id, request.case_number)


def _journalise(session: Session, request: AccessRequest, title: str, day: date, by: User) -> None:
    about = ("access_request", request.public_id)
    journal.record(session, "access", title, journal_case(session, request), about=about, by=by, on=day)
