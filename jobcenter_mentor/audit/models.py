"""Tabel: who did or saw what, when, to whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, LogRow, now


class Event(LogRow, Base):
    """Hændelse: one act or look, append-only (triggers refuse change and deletion).

    `citizen_ids` holds the row ids of all persons shown or touched, so that one request needs one row.
    `detail` never holds a CPR number, a name or health data.
    """

    __tablename__ = "event"
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
