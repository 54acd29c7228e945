"""Tabeller: mentors, their hours, prices, skills and absences, and place mentor functions."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.db import Base, Ore, Versioned, WithPublicId, now


class Mentor(Base, WithPublicId, Versioned):
    """Mentor: a person who supports citizens. `mentor_type` is one of the ten codes of `domain.target_groups`.

    `refused_themes` and `preferred_themes` are codes of `domain.needs.TASKS`; None is none.
    `clearance_on` is the day a criminal-record check was seen (yes/no and date only, never its content).
    """

    __tablename__ = "mentor"
    scope: ClassVar[dict[str, str]] = {"register": "id", "mentor": "id", "supplier": "supplier_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    search_name: Mapped[str] = mapped_column(String(210), index=True)
    mentor_type: Mapped[str] = mapped_column(String(4))
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    employer: Mapped[str] = mapped_column(String(120), default="")
    cvr: Mapped[str] = mapped_column(String(8), default="")
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    area: Mapped[str] = mapped_column(String(60), default="")
    qualification: Mapped[str] = mapped_column(String(200), default="")
    course_hours: Mapped[int | None]
    sex: Mapped[str] = mapped_column(String(1), default="")
    evenings: Mapped[bool] = mapped_column(default=False)
    refused_themes: Mapped[list[str] | None] = mapped_column(JSON)
    preferred_themes: Mapped[list[str] | None] = mapped_column(JSON)
    clearance_on: Mapped[date | None]
    active_from: Mapped[date]
    active_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    hours: Mapped[list["MentorHours"]] = relationship(order_by="MentorHours.valid_from")
    prices: Mapped[list["MentorPrice"]] = relationship(order_by="MentorPrice.valid_from")
    skills: Mapped[list["MentorSkill"]] = relationship(order_by="MentorSkill.code", cascade="all, delete-orphan")
    absences: Mapped[list["MentorAbsence"]] = relationship(order_by="MentorAbsence.first_day")

    @property
    def name(self) -> str:
        """Navn: first and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class MentorHours(Base):
    """Mentortimer: minutes a week the mentor has for citizens, from a day until the next row or `valid_to`."""

    __tablename__ = "mentor_hours"
    __table_args__ = (CheckConstraint("minutes_per_week >= 0", name="minutes_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    minutes_per_week: Mapped[int]


class MentorPrice(Base):
    """Mentorpris: the mentor's own price of one hour, in øre, from a day on; without one the standard price holds."""

    __tablename__ = "mentor_price"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    valid_from: Mapped[date]
    hourly_price: Mapped[Ore]


class MentorSkill(Base):
    """Kompetence: a `language` or a `competence` of the mentor; `code` is the Danish word in lower case."""

    __tablename__ = "mentor_skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(60))


class MentorAbsence(Base):
    """Fravær: days on which the mentor meets nobody, both ends included."""

    __tablename__ = "mentor_absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40), default="fravær")


class MentorFunction(Base, WithPublicId):
    """Pladsmentor: a mentor function at a workplace for several citizens; each grant carries its share of it."""

    __tablename__ = "mentor_function"
    __table_args__ = (CheckConstraint("places > 0", name="places_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    workplace: Mapped[str] = mapped_column(String(120))
    minutes_per_week: Mapped[int]
    places: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    mentor: Mapped[Mentor] = relationship(lazy="joined")
