"""What is settled about a course: the citizen's wish, pins, exclusions and refusals, and informal meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching import service
from jobcenter_mentor.casework.matching.models import InformalMeeting, MatchExclusion, MatchPin, MatchWish
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.pairs import CONFLICTS, EXCLUSIONS
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit


@dataclass(frozen=True)
class MatchConstraints:
    """What limits a match: the pin if any, exclusions (lifted ones too) and informal meetings, each with its mentor."""

    pin: tuple[MatchPin, Mentor] | None
    exclusions: Sequence[tuple[MatchExclusion, Mentor]]
    meetings: Sequence[tuple[InformalMeeting, Mentor]]


@dataclass(frozen=True)
class CourseMatchPage:
    """The page of one course (siden om ét forløb): the course, the ranked mentors and what is settled."""

    case: service.CaseToPlace
    candidates: list[service.Candidate]
    stands: MatchConstraints


def get_page(session: Session, public_id: str, *, actor: Actor, law: Law) -> CourseMatchPage:
    """Return the page of one course; the look is logged. Raises NotFound outside the user's scope."""
    case = service.get_case(session, public_id, actor=actor)
    found = service.propose(session, case.grant, actor=actor, law=law)
    return CourseMatchPage(case, found, get_standing(session, case.grant))


def get_standing(session: Session, grant: Grant) -> MatchConstraints:
    """Return what is settled about a course and its citizen, the newest first."""
    pins = select(MatchPin, Mentor).join(Mentor, Mentor.id == MatchPin.mentor_id)
    pin = session.execute(pins.where(MatchPin.grant_id == grant.id, MatchPin.lifted_on.is_(None))).first()
    excluded = select(MatchExclusion, Mentor).join(Mentor, Mentor.id == MatchExclusion.mentor_id)
    met = select(InformalMeeting, Mentor).join(Mentor, Mentor.id == InformalMeeting.mentor_id)
    excluded = excluded.where(MatchExclusion.citizen_id == grant.citizen_id).order_by(MatchExclusion.id.desc())
    met = met.where(InformalMeeting.grant_id == grant.id).order_by(InformalMeeting.id.desc())
    return MatchConstraints(
        (pin[0], pin[1]) if pin is not None else None,
        [(row, mentor) for row, mentor in session.execute(excluded)],
        [(row, mentor) for row, mentor in session.execute(met)],
    )


def ask_wish(session: Session, grant: Grant, *, wishes: str, asked_on: date, actor: Actor) -> MatchWish:
    """Store the citizen's wish (ønske); an empty one means that the citizen was asked and had none."""
    if asked_on > actor.day:
        raise ValidationFailed(
            "Datoen kan ikke ligge i fremtiden.", errors={"asked_on": ["Vælg i dag eller tidligere."]}
        )
    row = MatchWish(grant_id=grant.id, wishes=wishes.strip(), asked_on=asked_on, by_id=actor.user.id)
    session.add(row)
    _record(session, "match.wish", grant, actor.user, {"asked_on": f"{asked_on}"})
    return row


def pin(session: Session, grant: Grant, mentor: Mentor, *, reason: str, actor: Actor, law: Law) -> MatchPin:
    """Hold on to a mentor for the course (fasthold). Raises ValidationFailed naming the hard limit it would break."""
    if not reason.strip():
        raise ValidationFailed("Fastholdelsen mangler noget.", errors={"reason": ["Skriv, hvorfor valget fastholdes."]})
    if grant.mentor_id is not None:
        raise Conflict("Forløbet har allerede en mentor.")
    found = service.propose(session, grant, actor=actor, law=law)
    candidate = next((one for one in found if one.mentor.id == mentor.id), None)
    if candidate is None:
        raise NotFound("Mentoren er ikke aktiv i mentorkorpset.")
    if candidate.hard_limits:
        text = f"{mentor.name} kan ikke fastholdes: {'; '.join(candidate.hard_limits)}."
        raise ValidationFailed(text, errors={"mentor": [text]})
    standing = select(MatchPin).where(MatchPin.grant_id == grant.id, MatchPin.lifted_on.is_(None))
    if any(row.mentor_id == mentor.id for row in session.scalars(standing)):
        raise Conflict(f"{mentor.name} er allerede fastholdt til forløbet.")
    lift_pin(session, grant, actor=actor)
    row = MatchPin(grant_id=grant.id, mentor_id=mentor.id, reason=reason.strip(), by_id=actor.user.id, set_on=actor.day)
    session.add(row)
    _record(session, "match.pin", grant, actor.user, {"mentor": mentor.public_id})
    return row


def lift_pin(session: Session, grant: Grant, *, actor: Actor) -> None:
    """Lift the pin, where there is one; the row is stored."""
    standing = select(MatchPin).where(MatchPin.grant_id == grant.id, MatchPin.lifted_on.is_(None))
    for row in session.scalars(standing).all():
        row.lifted_on = actor.day
        _record(session, "match.unpin", grant, actor.user, {})


def unpin(session: Session, grant: Grant, *, actor: Actor) -> None:
    """Release a mentor that was held (slip fastholdelsen). Raises InvalidTransition where none is."""
    standing = select(MatchPin.id).where(MatchPin.grant_id == grant.id, MatchPin.lifted_on.is_(None))
    if session.scalar(standing.limit(1)) is None:
        raise InvalidTransition("Ingen mentor er fastholdt til forløbet.")
    lift_pin(session, grant, actor=actor)


def exclude(session: Session, grant: Grant, mentor: Mentor, *, kind: str, reason: str, actor: Actor) -> MatchExclusion:
    """Exclude a mentor for the citizen: kin, another conflict of interest, or a no.

    A no needs its reason, so that the next try is made with it in mind. Raises ValidationFailed and Conflict.
    """
    if kind not in EXCLUSIONS:
        raise ValidationFailed("Vælg en grund.", errors={"kind": ["Vælg en af mulighederne."]})
    if kind not in CONFLICTS and not reason.strip():
        raise ValidationFailed("Begrundelsen mangler.", errors={"reason": ["Skriv, hvorfor matchet er afvist."]})
    same = (MatchExclusion.citizen_id == grant.citizen_id, MatchExclusion.mentor_id == mentor.id)
    if session.scalar(select(MatchExclusion.id).where(*same, MatchExclusion.lifted_on.is_(None)).limit(1)):
        raise Conflict(f"{mentor.name} er allerede udelukket for borgeren.")
    row = MatchExclusion(
        citizen_id=grant.citizen_id,
        mentor_id=mentor.id,
        kind=kind,
        reason=reason.strip(),
        by_id=actor.user.id,
        set_on=actor.day,
    )
    session.add(row)
    session.flush()
    _record(session, "match.exclude", grant, actor.user, {"mentor": mentor.public_id, "kind": kind})
    return row


def lift_exclusion(session: Session, grant: Grant, public_id: str, *, reason: str, actor: Actor) -> None:
    """Lift an exclusion with a reason; the row is stored. Raises NotFound, ValidationFailed."""
    own = (MatchExclusion.public_id == public_id, MatchExclusion.citizen_id == grant.citizen_id)
    row = session.scalar(select(MatchExclusion).where(*own, MatchExclusion.lifted_on.is_(None)))
    if row is None:
        raise NotFound("Udelukkelsen findes ikke.")
    if not reason.strip():
        raise ValidationFailed("Begrundelsen mangler.", errors={"lift_reason": ["Skriv, hvorfor den ophæves."]})
    row.lifted_on, row.lift_reason = actor.day, reason.strip()
    _record(session, "match.include", grant, actor.user, {"exclusion": public_id})


def plan_meeting(
    session: Session, grant: Grant, mentor: Mentor, *, planned_on: date, place: str, actor: Actor
) -> InformalMeeting:
    """Plan an informal meeting before the match is final. Raises ValidationFailed for a day that is over."""
    if planned_on < actor.day:
        raise ValidationFailed("Dagen er gået.", errors={"planned_on": ["Vælg i dag eller senere."]})
    same = (InformalMeeting.grant_id == grant.id, InformalMeeting.mentor_id == mentor.id)
    if session.scalar(select(InformalMeeting.id).where(*same, InformalMeeting.planned_on == planned_on).limit(1)):
        raise Conflict(f"Der er allerede planlagt et møde med {mentor.name} den dag.")
    row = InformalMeeting(
        grant_id=grant.id, mentor_id=mentor.id, planned_on=planned_on, place=place.strip(), by_id=actor.user.id
    )
    session.add(row)
    _record(session, "match.meeting", grant, actor.user, {"mentor": mentor.public_id, "on": f"{planned_on}"})
    return row


def tell_meeting(
    session: Session, grant: Grant, public_id: str, *, went_well: bool, note: str, actor: Actor
) -> InformalMeeting:
    """Store how the meeting went; a no of the citizen is stored too, so that the next try avoids it."""
    own = (InformalMeeting.public_id == public_id, InformalMeeting.grant_id == grant.id)
    row = session.scalar(select(InformalMeeting).where(*own))
    if row is None:
        raise NotFound("Mødet findes ikke.")
    if row.went_well is not None:
        raise InvalidTransition("Det er allerede skrevet, hvordan mødet gik.")
    if not went_well and not note.strip():
        raise ValidationFailed("Begrundelsen mangler.", errors={"note": ["Skriv, hvorfor det ikke blev et match."]})
    row.went_well, row.note = went_well, note.strip()
    if not went_well:
        mentor = session.get_one(Mentor, row.mentor_id)
        exclude(session, grant, mentor, kind="citizen_no", reason=note, actor=actor)
    _record(session, "match.met", grant, actor.user, {"went_well": went_well})
    return row


def _record(session: Session, action: str, grant: Grant, by: User, detail: dict[str, object]) -> None:
    session.flush()
    audit.record(
        session,
        by=by,
        action=action,
        subject="grant",
        subject_id=grant.public_id,
        citizens=[grant.citizen_id],
        detail=detail,
    )
