"""Read the page of a course: the strip that is always there and the chosen tab, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, load_only, raiseload

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.agreements.models import Agreement, Goal, Progression
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.casework.grants.queries import seen, task_words
from jobcenter_mentor.domain.kernel import money
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, decision_status
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import Reader, reader_on, visible, within_each

Line = Row[*tuple[Any, ...]]
"""A row of columns, which the templates read by name."""
SECTIONS = (
    "citizen.status.read",
    "letter.read",
    "frame.read",
    "agreement.read",
    "log.others",
    "followup.read",
    "course.aim.read",
    "grant.change",
    "match.confirm",
    "hours.enter",
    "hours.read",
    "goal.read",
    "note.read",
    "document.read",
    "document.write",
    "complaint.read",
    "complaint.write",
    "handover.read",
)
"""What a reader of a course may or may not see and do there."""
OVERVIEW = "overblik"
TABS = {
    OVERVIEW: ("Overblik", "grant.read"),
    "vurdering": ("Vurdering", "citizen.status.read"),
    "breve": ("Bevilling og breve", "letter.read"),
    "aftale": ("Aftale", "agreement.read"),
    "logbog": ("Logbog", "log.others"),
    "opfoelgning": ("Opfølgning", "followup.read"),
    "oekonomi": ("Økonomi", "frame.read"),
    "dokumenter": ("Dokumenter", "document.read"),
    "historik": ("Historik", "grant.read"),
}
"""The tabs of the page: what each is called and the right it takes; the agreement has a page of its own."""
COURSE = (
    select(Grant, Team.name, AssessmentRecord)
    .join(Team, Team.id == Grant.team_id)
    .outerjoin(AssessmentRecord, AssessmentRecord.id == Grant.assessment_id)
    .where(Grant.public_id == bindparam("public_id"))
    .options(
        joinedload(Grant.periods),
        joinedload(Grant.citizen).options(
            load_only(
                Citizen.public_id,
                Citizen.first_name,
                Citizen.last_name,
                Citizen.birth_date,
                Citizen.protected,
                raiseload=True,
            ),
            raiseload("*"),
        ),
        joinedload(Grant.mentor).options(
            load_only(Mentor.first_name, Mentor.last_name, Mentor.phone, raiseload=True), raiseload("*")
        ),
    )
)
"""The course with its team and its assessment: one statement, no more of citizen and mentor than is shown."""
DECISIONS = (
    select(
        Decision.public_id,
        Decision.kind,
        Decision.proposed_on,
        Decision.approved_on,
        Decision.returned_on,
        Decision.withdrawn_on,
    )
    .where(Decision.grant_id == bindparam("grant_id"))
    .order_by(Decision.id.desc())
)
RESERVATIONS = (
    select(
        Reservation.year,
        Reservation.frame_kind,
        Reservation.cost,
        Reservation.covered,
        Reservation.beyond,
        Reservation.rate_percent,
    )
    .where(Reservation.grant_id == bindparam("grant_id"))
    .order_by(Reservation.year, Reservation.id)
)
FOLLOWUPS = (
    select(
        FollowUp.public_id,
        FollowUp.due_on,
        FollowUp.done_on,
        FollowUp.what,
        FollowUp.section,
        FollowUp.authority,
        FollowUp.result,
        User.full_name.label("done_by"),
    )
    .outerjoin(User, User.id == FollowUp.done_by_id)
    .where(FollowUp.grant_id == bindparam("grant_id"), FollowUp.dropped_on.is_(None))
    .order_by(FollowUp.due_on, FollowUp.id)
)


class DecisionLine(NamedTuple):
    """A decision in the course (afgørelse), as its page lists it."""

    public_id: str
    kind: str
    proposed_on: date
    approved_on: date | None
    returned_on: date | None
    withdrawn_on: date | None

    @property
    def status(self) -> DecisionStatus:
        """Return the status of the decision, from its stamps."""
        return decision_status(
            proposed_on=self.proposed_on,
            approved_on=self.approved_on,
            returned_on=self.returned_on,
            withdrawn_on=self.withdrawn_on,
        )


@dataclass(frozen=True)
class CoursePage:
    """The page of a course: what the reader may see of it; `rights` are the allowed actions of `SECTIONS`.

    `tab` is a code of `TABS`. `complaint_due` is the first day by which something must be done about a complaint.
    """

    grant: Grant
    team: str
    tab: str
    age: int
    rights: frozenset[str]
    is_agreed: bool
    has_goals: bool
    complaint_due: date | None
    record: AssessmentRecord | None
    assessment: Assessment | None
    decisions: Sequence[DecisionLine]
    letters: Sequence[Letter]
    reservations: Sequence[Line]
    followups: Sequence[Line]
    granted_minutes: int
    tasks: tuple[str, ...]

    @property
    def tabs(self) -> list[tuple[str, str]]:
        """Return the tabs that the reader may open: code and name."""
        return [(code, name) for code, (name, right) in TABS.items() if right == "grant.read" or right in self.rights]

    @property
    def next_due(self) -> Line | None:
        """Return the next open deadline."""
        return next((row for row in self.followups if row.done_on is None), None)

    @property
    def refund(self) -> int:
        """Return the expected refund (refusion), in øre: the rate of what the frames cover."""
        return sum(_refund(row) for row in self.reservations)

    @property
    def cost(self) -> int:
        """Return the whole reserved cost, in øre."""
        return sum(row.cost for row in self.reservations)


def show(session: Session, public_id: str, *, actor: Actor, tab: str = OVERVIEW) -> CoursePage:
    """Return the page of a course, with a tab only for who has the right to it, else the overview; logs the look.

    Raises NotFound outside the user's scope. The rights to this one course come with it, as columns.
    """
    statement, sections = _statement(reader_on(actor.user, actor.day), actor.day)
    row = session.execute(statement, {"public_id": public_id}).unique().one_or_none()
    if row is None:
        raise NotFound("Forløbet findes ikke.")
    grant, team, record, is_agreed, has_goals, complaint_due, *reached = row
    open_to = (actions for actions, is_reached in zip(sections, reached, strict=True) if is_reached)
    rights = frozenset(chain.from_iterable(open_to))
    if actor.may("agreement.read"):
        rights |= {"agreement.read"}  # an outside mentor's right is to the agreement itself, not to the course
    seen(session, "grant", grant, by=actor.user)
    if TABS.get(tab, ("", ""))[1] not in rights | {"grant.read"}:
        tab = OVERVIEW
    key = {"grant_id": grant.id}
    record = record if "citizen.status.read" in rights and tab in {OVERVIEW, "vurdering"} else None
    return CoursePage(
        grant=grant,
        team=team,
        tab=tab,
        age=age_on(grant.citizen.birth_date, actor.day),
        rights=rights,
        is_agreed=is_agreed,
        has_goals=has_goals and "goal.read" in rights,
        complaint_due=complaint_due if "complaint.read" in rights else None,
        record=record,
        assessment=case_assessment.kept(record) if record else None,
        decisions=[DecisionLine(*found) for found in session.execute(DECISIONS, key)] if tab == "breve" else (),
        letters=_letters(session, grant, actor) if tab == "breve" else (),
        reservations=session.execute(RESERVATIONS, key).all() if tab == "oekonomi" else (),
        followups=session.execute(FOLLOWUPS, key).all() if "followup.read" in rights else (),
        granted_minutes=granted_minutes(grant),
        tasks=task_words(grant.tasks) if "course.aim.read" in rights else (),
    )


@lru_cache(maxsize=512)
def _statement(reader: Reader, on: date) -> tuple[Select[Any], list[tuple[str, ...]]]:
    """Build the statement of the course once for each reader and day, and name the rights of its last columns."""
    sections = within_each(Grant, reader.user, SECTIONS, on)
    columns = [reach.label(actions[0]) for actions, reach in sections.items()]
    statement: Select[Any] = COURSE.add_columns(*_standing(), *columns)
    return visible(statement, Grant, reader.user, "grant.read", on), list(sections)


@cache
def _standing() -> tuple[Any, Any, Any]:
    """Build the columns that tell whether there are an agreement and goals, and when an open complaint is due."""
    agreed = exists().where(Agreement.grant_id == Grant.id)
    aimed = or_(*(exists().where(model.grant_id == Grant.id) for model in (Goal, Progression)))
    due = select(func.min(Complaint.due_on)).where(Complaint.grant_id == Grant.id)
    return agreed.label("is_agreed"), aimed.label("has_goals"), due.scalar_subquery().label("complaint_due")


def granted_minutes(grant: Grant) -> int:
    """Return all granted hours, in minutes: minutes a week x days / 7 of each period, rounded once."""
    exact = sum(Fraction(p.minutes_per_week * ((p.last_day - p.first_day).days + 1), 7) for p in grant.periods)
    return money.round_half_away(Fraction(exact))


def _letters(session: Session, grant: Grant, actor: Actor) -> Sequence[Letter]:
    return letters.list_of_case(session, referral_id=grant.referral_id, grant_id=grant.id, actor=actor)


def _refund(row: Line) -> int:
    counted = row.covered if row.frame_kind in FRAME_NAMES else row.cost
    return money.round_half_away(Fraction(counted * row.rate_percent, 100))
