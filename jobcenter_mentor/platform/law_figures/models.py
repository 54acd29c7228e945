"""Tables of the municipality and its own dated figures."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard, RowGuard, settled


class Municipality(Base):
    """The municipality (kommune): name and address for pages and letters; one row, set by a command."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    jobcentre: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(30))
    email: Mapped[str] = mapped_column(String(200))
    cvr: Mapped[str] = mapped_column(String(8), default="", server_default=text("''"))
    opening_hours: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))


class TwoKeys(WithPublicId):
    """A row under two keys (to nøgler): proposed by one person, and approved by another or rejected."""

    id: Mapped[int] = mapped_column(primary_key=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    rejected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    rejected_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def waits(self) -> bool:
        """Tell whether nobody has decided it."""
        return self.approved_on is None and self.rejected_on is None


class LocalFigure(Base, TwoKeys):
    """A dated figure of the municipality (kommunens eget tal), in force once a second person has approved it.

    `name` is a parameter that the municipality sets itself (authority local); `value` is in that parameter's unit, a
    decimal number as text. The database refuses the same person twice.
    """

    __tablename__ = "local_figure"
    guard: ClassVar[Guard] = settled("approved_on", "rejected_on")
    __table_args__ = (
        UniqueConstraint("name", "valid_from", "approved_on"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(approved_by_id IS NULL) = (approved_on IS NULL)", name="approved_by_somebody"),
    )

    name: Mapped[str] = mapped_column(String(120), index=True)
    valid_from: Mapped[date]
    value: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(400), default="")


ONE_OPEN, ONE_A_DAY = "approved_on IS NULL AND rejected_on IS NULL", "approved_on IS NOT NULL"


class LocalReading(Base, TwoKeys):
    """How the municipality reads a point that the law leaves open (kommunens læsning), as dated local law.

    `point` is a code of `domain.open_points`; an empty `wording` takes the reading back from that day, and `reason`
    says why. Proposed by one person, in force once another has approved it; the database refuses the same person
    twice, two open proposals of one point, two readings of one day, and every later change.
    """

    __tablename__ = "local_reading"
    guard: ClassVar[Guard] = Guard(
        (
            RowGuard(but=("approved_by_id", "approved_on", "rejected_by_id", "rejected_on")),
            RowGuard("(OLD.approved_on IS NOT NULL OR OLD.rejected_on IS NOT NULL)"),
        )
    )
    __table_args__ = (
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(approved_by_id IS NULL) = (approved_on IS NULL)", name="approved_by_somebody"),
        CheckConstraint("(rejected_by_id IS NULL) = (rejected_on IS NULL)", name="rejected_by_somebody"),
        CheckConstraint("approved_on IS NULL OR rejected_on IS NULL", name="decided_once"),
        CheckConstraint("length(trim(reason)) > 0", name="has_reason"),
        Index(
            "uq_local_reading_open",
            "point",
            unique=True,
            sqlite_where=text(ONE_OPEN),
            postgresql_where=text(ONE_OPEN),
        ),
        Index(
            "uq_local_reading_day",
            "point",
            "valid_from",
            unique=True,
            sqlite_where=text(ONE_A_DAY),
            postgresql_where=text(ONE_A_DAY),
        ),
    )

    point: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    wording: Mapped[str] = mapped_column(String(1000))
    reason: Mapped[str] = mapped_column(String(400))
