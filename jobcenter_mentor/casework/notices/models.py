"""The table of notices of delay."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, Encrypted, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard


class DelayNotice(Base, WithPublicId):
    """A notice of delay (besked om ventetid) in a referral (rsl. § 3, stk. 2) or a complaint; never changed.

    The order on complaints demands it there. `due_on` is the day that could not be kept, `expected_on` the new day in
    the letter. `why` is encrypted.
    """

    __tablename__ = "delay_notice"
    guard: ClassVar[Guard] = Guard(by_audit=("citizen_id",))
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "citizen": "citizen_id"}
    __table_args__ = (
        CheckConstraint("(referral_id IS NULL) <> (complaint_id IS NULL)", name="about_one"),
        CheckConstraint("expected_on > told_on AND expected_on > due_on", name="expected_is_later"),
        unique_where("uq_delay_notice_referral", "referral_id", "expected_on", where="referral_id IS NOT NULL"),
        unique_where("uq_delay_notice_complaint", "complaint_id", "expected_on", where="complaint_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    due_on: Mapped[date]
    told_on: Mapped[date]
    expected_on: Mapped[date]
    why: Mapped[str] = mapped_column(Encrypted)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
