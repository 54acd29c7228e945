"""Tables of the reimbursement frame or local budget of a year, of what is reserved in it, and of the monthly sums."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, Ore, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard, settled
from jobcenter_mentor.platform.database.port import Port

LOCAL_BUDGET = "local_budget"
"""The kind of a team's budget in a year without a frame; no cost line has it, so nothing is reserved in it."""
ONE_TEAM = f"(kind = '{LOCAL_BUDGET}') = (team_id IS NOT NULL)"
OPEN = "approved_on IS NULL AND dropped_on IS NULL"
COURSES = Port(
    *("id", "team_id", "group_number", "mentor_type", "frame_kind", "rate_percent"),
    *("start", "decided_on", "ended_on", "hourly_price", "place_share"),
)
PERIODS = Port("grant_id", "first_day", "last_day", "minutes_per_week", "hourly_price")
MEETINGS = Port("grant_id", "met_on", "minutes", "held", "corrected")
PAY_LINES = Port("grant_id", "first_day", "last_day", "amount", "rejected_on")
"""The tables that a course's hours and cost are counted from."""


class Frame(Base, WithPublicId):
    """A reimbursement frame (mentorramme): the cost of a year that the state refunds its share of, in øre.

    `covered` is what is reserved inside the frame, changed only by a conditional UPDATE and never above `amount`.
    `beyond` is own cost without limit: what a grant that the law demands takes above the frame. A row with a team is
    that team's local budget (lokalt budget) and reserves nothing: what the team has granted is read from the monthly
    sums.
    """

    __tablename__ = "frame"
    __table_args__ = (
        unique_where("uq_frame_year_kind", "year", "kind", where="team_id IS NULL"),
        unique_where("uq_frame_year_team", "year", "team_id", where="team_id IS NOT NULL"),
        CheckConstraint(ONE_TEAM, name="budget_of_one_team"),
        CheckConstraint("covered >= 0 AND covered <= amount", name="covered_within_amount"),
        CheckConstraint("beyond >= 0", name="beyond_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    amount: Mapped[Ore]
    covered: Mapped[Ore] = mapped_column(default=0)
    beyond: Mapped[Ore] = mapped_column(default=0)
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class FrameChange(Base, WithPublicId):
    """A new amount of a frame (rammeændring): proposed by one person, in force once another has approved it.

    `rate` is the kroner of one full-year person (helårsperson), in øre, and `persons` their number, where the amount
    was calculated from them; both are empty where it was entered directly. `dropped_on` is the day a newer proposal
    took its place (bortfaldet). One proposal at a time waits for a frame of a year, or for a team's budget of it.
    """

    __tablename__ = "frame_change"
    __table_args__ = (
        unique_where("uq_frame_change_open", "year", "kind", where=f"{OPEN} AND team_id IS NULL"),
        unique_where("uq_frame_change_open_of_team", "year", "team_id", where=f"{OPEN} AND team_id IS NOT NULL"),
        CheckConstraint(ONE_TEAM, name="budget_of_one_team"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="two_people"),
    )
    guard: ClassVar[Guard] = settled("approved_on", "dropped_on")

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    amount: Mapped[Ore]
    rate: Mapped[Ore | None]
    persons: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(400), default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class Reservation(Base):
    """The cost of one grant in one year (reservation), divided into what the frame covers and what is beyond, in øre.

    `frame_id` is empty where no frame applies (no refund, or refund without frame) or none is set for the year yet;
    then all is `beyond`. Always `covered + beyond = cost`. `rate_percent` is the statutory rate of the line.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        Index("ix_reservation_grant", "grant_id", "year"),
        CheckConstraint("covered >= 0 AND beyond >= 0", name="parts_not_negative"),
        CheckConstraint("covered + beyond = cost", name="parts_sum"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int | None] = mapped_column(ForeignKey("frame.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"))
    year: Mapped[int]
    frame_kind: Mapped[str] = mapped_column(String(20))
    cost: Mapped[Ore]
    covered: Mapped[Ore] = mapped_column(default=0)
    beyond: Mapped[Ore] = mapped_column(default=0)
    rate_percent: Mapped[int] = mapped_column(default=0)
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class CourseMonth(Base):
    """A month of a course (forløbsmåned): what was granted, delivered and billed in it, as the sums count it.

    `granted` is the month's part of the year's reservation, `delivered` the hours delivered at their price, `invoiced`
    the bills and pay lines nobody rejected, all in øre; `minutes` were delivered. The last four are 1 or 0: hours were
    granted in the month; it is the course's first month in the year; the course began; it was ended early. Group -1 is
    unknown.
    """

    __tablename__ = "course_month"
    __table_args__ = (
        UniqueConstraint("grant_id", "year", "month", "frame_kind", "rate_percent"),
        Index("ix_course_month_lines", "year", "frame_kind", "team_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"))
    year: Mapped[int]
    month: Mapped[int]
    frame_kind: Mapped[str] = mapped_column(String(20))
    rate_percent: Mapped[int]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    group_number: Mapped[int]
    mentor_type: Mapped[str] = mapped_column(String(4))
    granted: Mapped[Ore]
    delivered: Mapped[Ore]
    invoiced: Mapped[Ore]
    minutes: Mapped[int]
    running: Mapped[int]
    entered: Mapped[int]
    started: Mapped[int]
    stopped: Mapped[int]


class MonthSum(Base):
    """A monthly sum (månedssum): the course months of one team, group, mentor type, frame kind and rate, added up.

    It is changed by the difference, in the same transaction as what it counts, and counted again each night.
    """

    __tablename__ = "month_sum"
    __table_args__ = ({"sqlite_with_rowid": False},)

    year: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    frame_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    rate_percent: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    group_number: Mapped[int] = mapped_column(primary_key=True)
    mentor_type: Mapped[str] = mapped_column(String(4), primary_key=True)
    granted: Mapped[Ore] = mapped_column(default=0)
    delivered: Mapped[Ore] = mapped_column(default=0)
    invoiced: Mapped[Ore] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    running: Mapped[int] = mapped_column(default=0)
    entered: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    stopped: Mapped[int] = mapped_column(default=0)


class SumDifference(Base):
    """A sum that the nightly count found different from the stored one (afvigelse); deleted when the two agree again.

    `figure` is a column of MonthSum; `kept` (stored) and `counted` are in its unit. `month` 0 is the whole year.
    """

    __tablename__ = "sum_difference"

    id: Mapped[int] = mapped_column(primary_key=True)
    found_on: Mapped[date]
    year: Mapped[int] = mapped_column(index=True)
    month: Mapped[int]
    frame_kind: Mapped[str] = mapped_column(String(20))
    rate_percent: Mapped[int]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    group_number: Mapped[int]
    mentor_type: Mapped[str] = mapped_column(String(4))
    figure: Mapped[str] = mapped_column(String(10))
    kept: Mapped[Ore]
    counted: Mapped[Ore]
