"""Tabel: the written agreement of § 31 c."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.db import Base, WithPublicId, now
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.mentors.models import Mentor


class Agreement(Base, WithPublicId):
    """Mentoraftale: the six items of § 31 c, stk. 2, and who accepted when. An amendment is a new number.

    Hours are minutes a week. In force from the day all three have accepted (the citizen's may be missing, with a
    reason, where the mentor is a right-and-duty offer).
    """

    __tablename__ = "agreement"
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
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_on: Mapped[date]
    jobcentre_accepted_on: Mapped[date | None]
    jobcentre_accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    citizen_accepted_on: Mapped[date | None]
    citizen_absent_reason: Mapped[str] = mapped_column(String(300), default="")
    mentor_accepted_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    grant: Mapped[Grant] = relationship(lazy="joined")
    mentor: Mapped[Mentor] = relationship(lazy="joined")
