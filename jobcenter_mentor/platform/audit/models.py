"""Tables of events (who did or saw what, when, to whom) and of the doors opened in the guards."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, LogRow, now
from jobcenter_mentor.platform.database.guards import Guard, RowGuard
from jobcenter_mentor.platform.database.triggers import DOORS


class Event(LogRow, Base):
    """One act or look (hændelse), append-only: triggers refuse change and deletion.

    `citizen_ids` holds the row ids of all persons shown or touched, so that one request needs one row.
    `detail` never holds a CPR number, a name or health data.
    """

    __tablename__ = "event"
    guard: ClassVar[Guard] = Guard()
    __table_args__ = (Index("ix_event_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(36), default="")
    citizen_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    refused: Mapped[bool] = mapped_column(default=False)


class LawfulChange(Base):
    """A door that `audit.lawful_change` opened in the guards for some rows (lovlig ændring), and closed again.

    `way` is encryption, deletion or column. While `open_id` is filled in, the triggers let that way through for the
    rows from `first_id` to `last_id`; it points at no row, so that no transaction can end with it open. Never deleted.
    """

    __tablename__ = "lawful_change"
    __table_args__ = (
        CheckConstraint("way IN ('encryption', 'deletion', 'column')", name="known_way"),
        CheckConstraint("first_id <= last_id", name="first_before_last"),
        CheckConstraint("id > 0 AND (open_id IS NULL OR open_id < 0)", name="open_points_nowhere"),
    )
    guard: ClassVar[Guard] = Guard((RowGuard("OLD.open_id IS NULL"), RowGuard(but=("open_id",))))

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(String(10))
    table_name: Mapped[str] = mapped_column(String(40))
    column_name: Mapped[str] = mapped_column(String(40), default="")
    first_id: Mapped[int]
    last_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    open_id: Mapped[int | None] = mapped_column(
        ForeignKey("lawful_change.id", deferrable=True, initially="DEFERRED"), index=True
    )
    at: Mapped[datetime] = mapped_column(default=now)


DOORS.fill(LawfulChange.__table__)
