"""The tables of matching: the chosen match with its reasons, wishes, pins, exclusions, weights, plans, substitutes."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.access import reach
from jobcenter_mentor.platform.database.db import Base, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard, settled

STANDING = "lifted_on IS NULL"
"""The condition of pins and exclusions that nobody has lifted: one of a kind."""


class Match(Base, WithPublicId):
    """The mentor chosen for a grant, with the reasons of that day; a change of mentor adds a row.

    `reasons` and `against` are Danish sentences; `runner_up` names who came next and why it lost.
    """

    __tablename__ = "match"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    place: Mapped[int]
    points: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    against: Mapped[list[str]] = mapped_column(JSON, default=list)
    runner_up: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    wish_followed: Mapped[bool | None]
    choice_reason: Mapped[str] = mapped_column(String(500), default="")
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    chosen_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class MatchWish(Base):
    """The citizen's wish (ønske), asked at the matching; the newest one replaces that of the referral."""

    __tablename__ = "match_wish"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    wishes: Mapped[str] = mapped_column(String(500))
    asked_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class MatchPin(Base, WithPublicId):
    """A mentor held on to for a course (fastholdt valg); plans keep the choice until it is lifted."""

    __tablename__ = "match_pin"
    __table_args__ = (unique_where("uq_match_pin_standing", "grant_id", where=STANDING),)
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    set_on: Mapped[date]
    lifted_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class MatchExclusion(Base, WithPublicId):
    """An exclusion (udelukkelse): this mentor is not for this citizen, as kin, for a conflict, or after a no.

    It is stored when lifted too. `kind` is a code of `pairs.EXCLUSIONS`.
    """

    __tablename__ = "match_exclusion"
    __table_args__ = (unique_where("uq_match_exclusion_standing", "citizen_id", "mentor_id", where=STANDING),)
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    set_on: Mapped[date]
    lifted_on: Mapped[date | None]
    lift_reason: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class InformalMeeting(Base, WithPublicId):
    """A meeting before the match is final (uformelt møde); `went_well` is None until it is known."""

    __tablename__ = "informal_meeting"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"))
    planned_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(120), default="")
    went_well: Mapped[bool | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class MatchWeights(Base, WithPublicId):
    """Weights (vægte) in percent of the standard by criterion from a day, in force once another person approves."""

    __tablename__ = "match_weights"
    guard: ClassVar[Guard] = settled("approved_on")

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date]
    percents: Mapped[dict[str, int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(400))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class MatchPlan(Base, WithPublicId):
    """A plan for the whole waiting list: points and the proven most; `findings` hold bottlenecks and who is idle."""

    __tablename__ = "match_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    value: Mapped[int]
    bound: Mapped[int]
    moved: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    findings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class PlanLine(Base, WithPublicId):
    """A line of the plan: the mentor proposed for a course, or what is missing; accepted one by one."""

    __tablename__ = "match_plan_line"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("match_plan.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    points: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    against: Mapped[list[str]] = mapped_column(JSON, default=list)
    runner_up: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    missing: Mapped[str] = mapped_column(String(300), default="")
    is_pinned: Mapped[bool] = mapped_column(default=False)
    is_demanded: Mapped[bool] = mapped_column(default=False)
    accepted_on: Mapped[date | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Substitute(Base, WithPublicId):
    """A substitute (vikar): another mentor takes a course over while its own is away, both days included."""

    __tablename__ = "substitute"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    absent_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


reach.SUBSTITUTES.fill(Substitute.__table__)
