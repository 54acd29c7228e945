"""Supervision and courses: dates for several mentors, who came, hours of courses, and who has never had supervision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.mentor_types import SUPERVISED, SUPERVISION
from jobcenter_mentor.people.mentors.corps import in_corps
from jobcenter_mentor.people.mentors.models import Mentor, Supervision, SupervisionAttendance
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

LONGEST = 60 * 60
"""The most minutes that a course can last."""


@dataclass(frozen=True)
class NewSupervision:
    """A new supervision or course: `kind` is a code of `SUPERVISION`, `mentors` the public ids of who is invited."""

    held_on: date
    kind: str
    title: str
    minutes: int
    led_by: str = ""
    mentors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trained:
    """A mentor's supervision: the last day (None for never), how many times, and minutes of courses here."""

    public_id: str
    name: str
    mentor_type: str
    last_day: date | None
    times: int
    course_minutes: int
    earlier_hours: int


def plan(session: Session, new: NewSupervision, *, actor: Actor) -> Supervision:
    """Add a supervision; on a past day those named are noted as present. Raises ValidationFailed by field."""
    errors: dict[str, list[str]] = {}
    if new.kind not in SUPERVISION:
        errors["kind"] = ["Vælg en af mulighederne."]
    if not new.title.strip():
        errors["title"] = ["Skriv, hvad det handler om."]
    if not 0 < new.minutes <= LONGEST:
        errors["minutes"] = ["Skriv timer over 0 og højst 60."]
    found = session.scalars(_of_corps(actor).where(Mentor.public_id.in_(new.mentors))).all()
    if not found or len(found) != len(set(new.mentors)):
        errors["mentors"] = ["Vælg mindst én mentor fra mentorkorpset."]
    if errors:
        raise ValidationFailed("Datoen kan ikke gemmes. Ret felterne.", errors=errors)
    made = Supervision(
        held_on=new.held_on, kind=new.kind, title=new.title.strip(), led_by=new.led_by, minutes=new.minutes
    )
    came = True if new.held_on <= actor.day else None
    made.attendance = [SupervisionAttendance(mentor_id=mentor.id, attended=came) for mentor in found]
    session.add(made)
    session.flush()
    _record(session, made, actor)
    return made


def note_attendance(session: Session, held: Supervision, came: Collection[str], *, actor: Actor) -> None:
    """Note the attendance: those of `came` (public ids) came, the others invited did not.

    Raises ValidationFailed before the day, and for somebody who wasn't asked.
    """
    if held.held_on > actor.day:
        raise ValidationFailed(f"Datoen er først den {held.held_on:%d.%m.%Y}. Notér fremmødet bagefter.")
    wanted = select(Mentor.public_id, Mentor.id).where(Mentor.id.in_([row.mentor_id for row in held.attendance]))
    asked = dict(session.execute(wanted).all())
    if not set(came) <= asked.keys():
        raise ValidationFailed("En af mentorerne er ikke indbudt.")
    there = {asked[one] for one in came}
    for row in held.attendance:
        row.attended = row.mentor_id in there
    session.flush()
    _record(session, held, actor)


def get_supervision(session: Session, public_id: str) -> Supervision:
    """Return a supervision. Raises NotFound."""
    found = session.scalar(select(Supervision).where(Supervision.public_id == public_id))
    if found is None:
        raise NotFound("Datoen findes ikke.")
    return found


def list_supervisions(session: Session) -> Sequence[Supervision]:
    """Return all dates with who was asked, the newest first; two statements."""
    statement = select(Supervision).options(selectinload(Supervision.attendance))
    return session.scalars(statement.order_by(Supervision.held_on.desc(), Supervision.id.desc())).all()


def trained(session: Session, *, actor: Actor) -> list[Trained]:
    """Return the active mentors that the user may see, those never supervised first, then the longest ago."""
    came = (SupervisionAttendance.attended.is_(True), Supervision.held_on <= actor.day)
    supervised = Supervision.kind.in_(SUPERVISED)
    sums = (
        select(
            SupervisionAttendance.mentor_id.label("mentor_id"),
            func.max(case((supervised, Supervision.held_on))).label("last_day"),
            func.count(case((supervised, 1))).label("times"),
            func.sum(case((Supervision.kind == "course", Supervision.minutes), else_=0)).label("minutes"),
        )
        .join(Supervision, Supervision.id == SupervisionAttendance.supervision_id)
        .where(*came)
        .group_by(SupervisionAttendance.mentor_id)
        .subquery()
    )
    statement = (
        _of_corps(actor)
        .outerjoin(sums, sums.c.mentor_id == Mentor.id)
        .with_only_columns(
            Mentor.public_id,
            Mentor.first_name,
            Mentor.last_name,
            Mentor.mentor_type,
            Mentor.course_hours,
            sums.c.last_day,
            sums.c.times,
            sums.c.minutes,
        )
    )
    found = [
        Trained(row[0], f"{row[1]} {row[2]}".strip(), row[3], row[5], row[6] or 0, int(row[7] or 0), row[4] or 0)
        for row in session.execute(statement.order_by(Mentor.sort_key, Mentor.id))
    ]
    return sorted(found, key=lambda one: one.last_day or date.min)


def attended_by(session: Session, mentor: Mentor) -> Sequence[Supervision]:
    """Return what a mentor came to, the newest first."""
    statement = (
        select(Supervision)
        .join(SupervisionAttendance, SupervisionAttendance.supervision_id == Supervision.id)
        .where(SupervisionAttendance.mentor_id == mentor.id, SupervisionAttendance.attended.is_(True))
    )
    return session.scalars(statement.order_by(Supervision.held_on.desc())).all()


def _of_corps(actor: Actor) -> Select[Mentor]:
    statement = visible(select(Mentor), Mentor, actor.user, "mentor.read", actor.day)
    return statement.where(
        in_corps(), Mentor.active_from <= actor.day, or_(Mentor.active_to.is_(None), Mentor.active_to >= actor.day)
    )


def _record(session: Session, held: Supervision, actor: Actor) -> None:
    audit.record(
        session,
        by=actor.user,
        action="supervision.write",
        subject="supervision",
        subject_id=held.public_id,
        detail={"on": actor.day.isoformat()},
    )
