"""Tabeller: the municipality itself and its own dated figures."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now
from jobcenter_mentor.guards import Guard, settled


class Municipality(Base):
    """Kommune: name and address for page heads and letters. One row, set by the command `municipality`."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    jobcentre: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(30))
    email: Mapped[str] = mapped_column(String(200))
    cvr: Mapped[str] = mapped_column(String(8), default="", server_default=text("''"))
    opening_hours: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))


class LocalFigure(Base, WithPublicId):
    """Kommunens egen figur: a dated figure, proposed by one person and in force once another has approved it.

    `name` is a parameter that the municipality sets itself (authority local); `value` is in that parameter's unit, a
    decimal number as text.
    """

    __tablename__ = "local_figure"
    guard: ClassVar[Guard] = settled("approved_on", "rejected_on")
    __table_args__ = (UniqueConstraint("name", "valid_from", "approved_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    valid_from: Mapped[date]
    value: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(400), default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    rejected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    rejected_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
