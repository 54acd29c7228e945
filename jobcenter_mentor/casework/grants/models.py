"""Tables of the stored assessments, the proposals and decisions, and the grants with their hours periods."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.casefile.followups import models as followups
from jobcenter_mentor.casefile.journal import models as journal
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames import models as frames
from jobcenter_mentor.casework.grants.hearing_facts.models import WITHOUT_FACTS
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.domain.kernel.periods import next_working_day
from jobcenter_mentor.domain.kernel.statuses import DecisionStatus, GrantStatus, decision_status, grant_status
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access import reach
from jobcenter_mentor.platform.database.db import Base, Ore, Versioned, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard, settled

DECIDED, IMPORTED = "decided", "imported"
MATCH, SUBSTITUTE = "mentor", "substitute"
MATCHES = (MATCH, SUBSTITUTE)
"""The kinds of decision that are a match beyond what was approved."""
OPEN_MATCH = "kind IN ('mentor', 'substitute') AND approved_on IS NULL AND withdrawn_on IS NULL"
OPEN_CHANGE = "kind IN ('hours', 'extension', 'ending') AND approved_on IS NULL AND withdrawn_on IS NULL"
OPEN_PROPOSAL = "kind IN ('grant', 'refusal') AND approved_on IS NULL AND withdrawn_on IS NULL"
OPEN_GRANT = "kind = 'grant' AND approved_on IS NULL AND withdrawn_on IS NULL"


def _as_granted(context: Any) -> Any:
    """Return the price of a new course: the one it is granted at is the one that was approved."""
    return context.get_current_parameters()["hourly_price"]


class AssessmentRecord(Base, WithPublicId):
    """A stored assessment (vurdering): the facts and the whole answer of the day, `law` by its code; never changed."""

    __tablename__ = "assessment"
    guard: ClassVar[Guard] = Guard()
    __table_args__ = (CheckConstraint(f"law IN {tuple(map(str, LawCode))}", name="law_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    assessed_on: Mapped[date]
    law: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class Decision(Base, WithPublicId, Versioned):
    """A decision (afgørelse): proposed by one person, approved by another; the dates give the status.

    `kind` is grant or refusal, or in a running course (`grant_id`) hours, extension, ending, mentor or substitute: the
    last two are a match (`mentor_id`, `wish_followed`) beyond the price or the type that was approved, and one of them
    is open at a time. The terms are those proposed: for hours `start` is the first day of the new ones, for an ending
    `last_day` is the mentor's last, `end_code` the reason and `offer_start` the day the ordinary offer begins; hours as
    minutes a week, `hourly_price` in øre, `place_share` n for 1/n. `reason` is required where the outcome differs from
    the assessment; `considerations` (hovedhensyn), `hearing_note` and `other_help` where it is a refusal;
    `beyond_reason` where the team leader let a discretionary grant go beyond the frame, `overlap_reason` where the
    citizen has another course or proposal on the same days.
    """

    __tablename__ = "decision"
    guard: ClassVar[Guard] = settled(
        "approved_on", "withdrawn_on", once=("grant_id", "letter_id"), by_audit=("citizen_id",)
    )
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "owner": "proposed_by_id", "grant": "grant_id"}
    __table_args__ = (
        unique_where("uq_decision_open_change", "grant_id", where=OPEN_CHANGE),
        unique_where("uq_decision_open_proposal", "referral_id", where=OPEN_PROPOSAL),
        Index("ix_decision_waiting", "team_id", "approved_on", "returned_on", "withdrawn_on"),
        CheckConstraint("end_code IS NULL OR end_code <> 'died'", name="not_of_the_dead"),
        unique_where("uq_decision_open_match", "grant_id", where=OPEN_MATCH),
        unique_where(
            "uq_decision_same_terms",
            "citizen_id",
            "start",
            "last_day",
            "minutes_per_week",
            "mentor_type",
            "place_share",
            where=OPEN_GRANT,
        ),
        CheckConstraint(
            "kind NOT IN ('mentor', 'substitute') OR (grant_id IS NOT NULL AND mentor_id IS NOT NULL)",
            name="match_names_course_and_mentor",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    case_number: Mapped[str] = mapped_column(String(12), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    start: Mapped[date | None]
    last_day: Mapped[date | None]
    minutes_per_week: Mapped[int | None]
    mentor_type: Mapped[str | None] = mapped_column(String(4))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    wish_followed: Mapped[bool | None]
    hourly_price: Mapped[Ore | None]
    place_share: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(1000), default="")
    hearing_note: Mapped[str] = mapped_column(String(500), default="")
    considerations: Mapped[str] = mapped_column(String(1000), default="")
    other_help: Mapped[str] = mapped_column(String(500), default="")
    end_code: Mapped[str | None] = mapped_column(String(20))
    offer_start: Mapped[date | None]
    beyond_reason: Mapped[str] = mapped_column(String(500), default="")
    overlap_reason: Mapped[str] = mapped_column(String(500), default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    returned_on: Mapped[date | None]
    return_comment: Mapped[str] = mapped_column(String(500), default="")
    withdrawn_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    assessment: Mapped[AssessmentRecord] = relationship(lazy="joined")
    citizen: Mapped[Citizen] = relationship(lazy="joined")
    referral: Mapped[Referral | None] = relationship(lazy="joined")

    @property
    def status(self) -> DecisionStatus:
        """Return the status of the decision, by its dates."""
        return decision_status(
            proposed_on=self.proposed_on,
            approved_on=self.approved_on,
            returned_on=self.returned_on,
            withdrawn_on=self.withdrawn_on,
        )


class Hearing(Base, WithPublicId):
    """A hearing (partshøring) before a burdening decision: sent with a day to answer, or left out for a reason.

    It is over when it is answered, when it was left out, or when the day has passed and the letter was sent: a letter
    counts as sent when a person marks it so, and the citizen has as many days as the letter gives from then on. None is
    sent without the facts it rests on (`hearing_facts.models.HeardFact`).
    """

    __tablename__ = "hearing"
    guard: ClassVar[Guard] = settled("answered_on", by_audit=("citizen_id",), closed=WITHOUT_FACTS)
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "citizen": "citizen_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    sent_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(2000), default="")
    left_out_reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    letter: Mapped[Letter | None] = relationship(lazy="joined")

    @property
    def last_day(self) -> date | None:
        """Return the last day to answer, counted from the day the letter was marked as sent; None until then."""
        if self.letter is None or self.letter.posted_on is None or self.answer_by is None:
            return None
        return next_working_day(self.answer_by + (self.letter.posted_on - self.letter.sent_on))

    def is_over(self, on: date) -> bool:
        """Tell whether the hearing is over; the answer may come until the end of its last day."""
        if self.left_out_reason or self.answered_on:
            return True
        return self.last_day is not None and on > self.last_day


class SecondCheck(Base, WithPublicId):
    """A second check (stikprøve) of an approved decision, by somebody who neither proposed nor approved it.

    `risk` is the points it was selected by, `why` the Danish words for them.
    """

    __tablename__ = "second_check"
    guard: ClassVar[Guard] = settled("checked_on")
    scope: ClassVar[dict[str, str]] = {"team": "team_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    drawn_on: Mapped[date]
    risk: Mapped[int]
    why: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_right: Mapped[bool | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    decision: Mapped[Decision] = relationship(lazy="joined")


class Grant(Base, WithPublicId, Versioned):
    """A grant (bevilling): one mentor course; a change of hours is a new hours period of the same course.

    `origin` is `DECIDED` here or `IMPORTED` (no decision, no letter). `form` is individual or place. `group_number`,
    `visitation`, `frame_kind` and `rate_percent` are frozen at the grant. `hourly_price` is in øre, never above the
    `approved_price`; `mentor_type` is the type that was approved. `right`, `discharge_right`, `right_and_duty` and
    `contact_interval_days` come from the assessment and are None where it could not say; a right at discharge or with a
    duty is a right. A course that is ended early gets `ended_on` and the same `last_day` (the first day where it never
    began), and its periods are cut there.
    """

    __tablename__ = "grant"
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "owner": "caseworker_id", "grant": "id"}
    __table_args__ = (
        Index("ix_grant_list", "team_id", "last_day", "start"),
        Index("ix_grant_mentor", "mentor_id", "last_day"),
        CheckConstraint("last_day >= start", name="last_day_after_start"),
        CheckConstraint("place_share > 0", name="share_positive"),
        CheckConstraint(
            '(right_and_duty IS NOT TRUE AND discharge_right IS NOT TRUE) OR "right" IS TRUE', name="right_is_told"
        ),
        CheckConstraint("hourly_price <= approved_price", name="price_is_approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(String(12), index=True)
    origin: Mapped[str] = mapped_column(String(8), default=DECIDED)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    caseworker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    previous_grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    mentor_function_id: Mapped[int | None] = mapped_column(ForeignKey("mentor_function.id"))
    form: Mapped[str] = mapped_column(String(10), default="individual")
    place_share: Mapped[int] = mapped_column(default=1)
    mentor_type: Mapped[str] = mapped_column(String(4))
    start: Mapped[date]
    last_day: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(200), default="")
    benefit: Mapped[str] = mapped_column(String(30), default="")
    visitation: Mapped[str | None] = mapped_column(String(30))
    group_number: Mapped[int | None]
    legal_basis: Mapped[str] = mapped_column(String(40), default="")
    right: Mapped[bool | None]
    discharge_right: Mapped[bool | None]
    right_and_duty: Mapped[bool | None]
    contact_interval_days: Mapped[int | None]
    rate_percent: Mapped[int] = mapped_column(default=0)
    frame_kind: Mapped[str] = mapped_column(String(20), default="no_reimbursement")
    hourly_price: Mapped[Ore]
    approved_price: Mapped[Ore] = mapped_column(default=_as_granted)
    goal: Mapped[str] = mapped_column(String(1000), default="")
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    letter_note: Mapped[str] = mapped_column(String(100), default="")
    decided_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    citizen: Mapped[Citizen] = relationship(lazy="joined")
    mentor: Mapped[Mentor | None] = relationship(lazy="joined")
    periods: Mapped[list["GrantPeriod"]] = relationship(
        back_populates="grant", lazy="selectin", order_by="GrantPeriod.first_day", cascade="all, delete-orphan"
    )

    def status_on(self, day: date) -> GrantStatus:
        """Return the status of the course on a day."""
        return grant_status(start=self.start, last_day=self.last_day, ended_on=self.ended_on, on=day)

    def minutes_on(self, day: date) -> int:
        """Return the minutes a week granted on a day, 0 outside the course."""
        return next((p.minutes_per_week for p in self.periods if p.first_day <= day <= p.last_day), 0)


class GrantPeriod(Base):
    """An hours period (timeperiode): minutes a week from a day to a day, both included.

    The periods of a course never overlap. `hourly_price` in øre is set where it differs from the course's, as under a
    mentor who was replaced.
    """

    __tablename__ = "grant_period"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="last_after_first"),
        CheckConstraint("minutes_per_week >= 0", name="minutes_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    minutes_per_week: Mapped[int]
    hourly_price: Mapped[Ore | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    grant: Mapped[Grant] = relationship(back_populates="periods")


class SubCourse(Base):
    """A sub-course (delforløb): days of one course at the same hours, derived from its hours periods for statistics.

    A change of hours ends one and begins the next. `course_id` is the joined course: the first grant of those that
    follow each other with no day between, for the same citizen and form. Minutes a week; 0 is not given.
    """

    __tablename__ = "sub_course"
    __table_args__ = (
        Index(
            "ix_sub_course_stream",
            "citizen_id",
            "form",
            "first_day",
            "id",
            "last_day",
            "minutes_per_week",
            "course_id",
            "grant_id",
        ),
        CheckConstraint("last_day >= first_day", name="last_after_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    form: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[date]
    last_day: Mapped[date]
    minutes_per_week: Mapped[int]


class SubCourseVersion(Base):
    """The version of the sub-courses: one row with a new random number at each change, so a copy can be checked."""

    __tablename__ = "sub_course_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


for port in (reach.COURSES, journal.COURSES, frames.COURSES):
    port.fill(Grant.__table__)
frames.PERIODS.fill(GrantPeriod.__table__)
followups.DECISIONS.fill(Decision.__table__)
