"""Tables for logged meetings and the answers to their notes."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.casework.frames.models import MEETINGS
from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard


class Meeting(Base, WithPublicId):
    """A contact in the log (møde og logbog), held or not. `form` is in_person, phone, online or sms.

    `minutes` is its length and `began` minutes past midnight. `subjects` is what they talked about (SFI table 4.7),
    `goal_id` the goal it was about. `link_id` is set where a mentor without login logged it; `citizen_answer` is
    yes, no or unsure to whether it was held. `special_reason` is why a phone or online contact replaced a meeting;
    by law it then counts. A correction is a new row that points back with `corrects_id`; the old text stays and
    `corrected` leaves it out of sums. `next_on` and `next_meeting` are the day, and the time and place, agreed for
    the next one.
    """

    __tablename__ = "meeting"
    guard: ClassVar[Guard] = Guard(once=("corrected", "citizen_answer", "citizen_answered_on"), by_audit=("corrected",))
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id", "mentor": "mentor_id"}
    __table_args__ = (
        Index("ix_meeting_grant", "grant_id", "met_on"),
        CheckConstraint("minutes >= 0 AND minutes <= 1440", name="minutes_within_day"),
        CheckConstraint("citizen_answer IN ('', 'yes', 'no', 'unsure')", name="citizen_answer_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    met_on: Mapped[date]
    minutes: Mapped[int]
    form: Mapped[str] = mapped_column(String(10))
    held: Mapped[bool]
    absence_reason: Mapped[str] = mapped_column(String(10), default="")
    began: Mapped[int | None]
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    progress: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(String(4000), default="")
    special_reason: Mapped[str] = mapped_column(String(300), default="")
    next_step: Mapped[str] = mapped_column(String(300), default="")
    next_on: Mapped[date | None]
    next_meeting: Mapped[str] = mapped_column(String(80), default="")
    concern: Mapped[bool] = mapped_column(default=False)
    corrected: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    citizen_answer: Mapped[str] = mapped_column(String(6), default="")
    citizen_answered_on: Mapped[date | None]
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id"))
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class NoteReply(Base):
    """An answer to a mentor's note from a caseworker, team leader or coordinator (svar på en note); never changed."""

    __tablename__ = "meeting_reply"
    guard: ClassVar[Guard] = Guard()

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[str] = mapped_column(String(2000))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    replied_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


MEETINGS.fill(Meeting.__table__)
