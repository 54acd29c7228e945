"""Tables for agreements, the parties' answers, goals and progression."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard

ACCEPTED = (
    "jobcentre_accepted_on",
    "jobcentre_accepted_by_id",
    "citizen_accepted_on",
    "citizen_absent_reason",
    "mentor_accepted_on",
)
"""The columns that are filled in after the agreement is written."""


class Agreement(Base, WithPublicId):
    """An agreement with a mentor (mentoraftale): its items, and who accepted when. An amendment has the next number.

    Hours are minutes a week. It is in force from the day all three have accepted; for a right-and-duty offer the
    citizen's acceptance may be missing with a reason. `terms` are the further points by name (see
    `custom_items.POINTS`). `assessment_id` is the assessment of an amendment.
    """

    __tablename__ = "agreement"
    guard: ClassVar[Guard] = Guard(once=ACCEPTED)
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id", "released": "jobcentre_accepted_on"}
    __table_args__ = (UniqueConstraint("grant_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    goal: Mapped[str] = mapped_column(String(1000))
    mentor_name: Mapped[str] = mapped_column(String(200))
    mentor_contact: Mapped[str] = mapped_column(String(250))
    tasks: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[date]
    last_day: Mapped[date]
    minutes_per_week: Mapped[int]
    complaint_guidance: Mapped[str] = mapped_column(String(2000))
    meeting_place: Mapped[str] = mapped_column(String(200), default="")
    contact_interval_days: Mapped[int | None]
    terms: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_on: Mapped[date]
    jobcentre_accepted_on: Mapped[date | None]
    jobcentre_accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    citizen_accepted_on: Mapped[date | None]
    citizen_absent_reason: Mapped[str] = mapped_column(String(300), default="")
    mentor_accepted_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    grant: Mapped[Grant] = relationship(lazy="joined")
    mentor: Mapped[Mentor] = relationship(lazy="joined")


class Answer(Base):
    """What one party answered to the agreement (svar på aftalen), when and how. Never changed; a party's newest counts.

    `answer` is accepted, declined or not_reached; `by_id` is who wrote it down. `given_by` is who gave the
    citizen's answer, a code of `acceptance.GIVEN_BY`; there is no consent (samtykke) without it.
    """

    __tablename__ = "agreement_answer"
    __table_args__ = (
        CheckConstraint("party <> 'citizen' OR answer <> 'accepted' OR given_by <> ''", name="consent_is_given"),
    )
    guard: ClassVar[Guard] = Guard()

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    party: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(12))
    how: Mapped[str] = mapped_column(String(12))
    answered_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300), default="")
    given_by: Mapped[str] = mapped_column(String(14), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class Goal(Base, WithPublicId):
    """A goal (mål) that can be checked, with an area (a task code), a day and a status.

    `status` is open, reached, partly or dropped, since `status_on`.
    """

    __tablename__ = "goal"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}
    __table_args__ = (UniqueConstraint("grant_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    area: Mapped[str] = mapped_column(String(20), default="")
    target_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(10), default="open")
    status_on: Mapped[date | None]
    status_note: Mapped[str] = mapped_column(String(300), default="")
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class Progression(Base):
    """How close to the goal one party rates the citizen, from 1 to 5, at the start, middle or end of the course.

    A new answer to the same question replaces the one before, which stays with `replaced` set.
    """

    __tablename__ = "progression"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_1_to_5"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    party: Mapped[str] = mapped_column(String(8))
    point: Mapped[str] = mapped_column(String(6))
    score: Mapped[int]
    rated_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(300), default="")
    replaced: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
