"""Tables of mentors, their hours, prices, skills and absences, and place mentor functions."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.domain.kernel.capacity import FOREVER
from jobcenter_mentor.platform.access import reach
from jobcenter_mentor.platform.access import service as access
from jobcenter_mentor.platform.database.db import Base, Ore, Sorted, Versioned, WithPublicId, now


class Mentor(Base, WithPublicId, Versioned, Sorted):
    """A mentor, who supports citizens. `mentor_type` is one of the ten codes of `domain.target_groups`.

    `refused_themes` and `preferred_themes` are codes of `domain.needs.TASKS`; None is none. `clearance_on` is the day
    a criminal-record check (straffeattest) was seen, `children_clearance_on` a børneattest, `proof_on` the papers on
    the qualification: yes/no and date only, never the content. `transport`, `work_area` and `education` are codes of
    `domain.corps`; `work_since` and `mentor_since` are years. `main_occupation` is None where nobody has asked.
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
    children_clearance_on: Mapped[date | None]
    proof_on: Mapped[date | None]
    transport: Mapped[str] = mapped_column(String(12), default="")
    work_area: Mapped[str] = mapped_column(String(12), default="")
    education: Mapped[str] = mapped_column(String(12), default="")
    main_occupation: Mapped[bool | None]
    work_since: Mapped[int | None]
    mentor_since: Mapped[int | None]
    active_from: Mapped[date]
    active_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    hours: Mapped[list["MentorHours"]] = relationship(order_by="MentorHours.valid_from")
    prices: Mapped[list["MentorPrice"]] = relationship(order_by="MentorPrice.valid_from")
    skills: Mapped[list["MentorSkill"]] = relationship(order_by="MentorSkill.code", cascade="all, delete-orphan")
    absences: Mapped[list["MentorAbsence"]] = relationship(order_by="MentorAbsence.first_day")

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sort_name(self) -> str:
        """The name that the mentor stands by in lists."""
        return self.name


class MentorHours(Base):
    """The minutes a week that the mentor has for citizens (mentortimer), from a day until the next row or `valid_to`.

    `reason` is why there are more than 37 hours.
    """

    __tablename__ = "mentor_hours"
    __table_args__ = (CheckConstraint("minutes_per_week >= 0", name="minutes_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    minutes_per_week: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200), default="")


class MentorPrice(Base):
    """The mentor's own price of one hour, in øre, from a day on; without one the standard price holds."""

    __tablename__ = "mentor_price"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    valid_from: Mapped[date]
    hourly_price: Mapped[Ore]


class MentorSkill(Base):
    """A skill (kompetence): a `language` of `domain.languages`, a `competence` in Danish, or `experience`.

    The code of an experience is a barrier of `domain.needs.BARRIERS`.
    """

    __tablename__ = "mentor_skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(60))


class MentorAbsence(Base):
    """Days on which the mentor meets nobody (fravær), both included; until further notice ends on `FOREVER`."""

    __tablename__ = "mentor_absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(40), default="fravær")

    @property
    def is_open(self) -> bool:
        """Whether it is until further notice, with no last day known."""
        return self.last_day == FOREVER


class MentorFunction(Base, WithPublicId):
    """A mentor function at a workplace for several citizens (pladsmentor); each grant carries its share of it.

    `company_agreement_id` is the agreement with the company whose released hours it takes.
    """

    __tablename__ = "mentor_function"
    __table_args__ = (CheckConstraint("places > 0", name="places_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    workplace: Mapped[str] = mapped_column(String(120))
    minutes_per_week: Mapped[int]
    company_agreement_id: Mapped[int | None] = mapped_column(ForeignKey("company_agreement.id"), index=True)
    places: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    mentor: Mapped[Mentor] = relationship(lazy="joined")


class Supervision(Base, WithPublicId):
    """A supervision or a course: one date for several mentors; `kind` is a code of `domain.corps.SUPERVISION`.

    `minutes` is the length of the whole; `attendance` names who was asked and who came.
    """

    __tablename__ = "supervision"
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    led_by: Mapped[str] = mapped_column(String(120), default="")
    minutes: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    attendance: Mapped[list["SupervisionAttendance"]] = relationship(cascade="all, delete-orphan")


class SupervisionAttendance(Base):
    """A mentor invited to a supervision or course (fremmøde); `attended` is None until somebody has noted it."""

    __tablename__ = "supervision_attendance"

    supervision_id: Mapped[int] = mapped_column(ForeignKey("supervision.id"), primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), primary_key=True, index=True)
    attended: Mapped[bool | None]

    mentor: Mapped[Mentor] = relationship(lazy="joined")


reach.MENTORS.fill(Mentor.__table__)
access.MENTOR_HOURS.fill(MentorHours.__table__)
access.MENTOR_FUNCTIONS.fill(MentorFunction.__table__)
