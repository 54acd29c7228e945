"""Tabel: the match that was chosen, with its reasons."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now


class Match(Base, WithPublicId):
    """Match: the mentor chosen for a grant, as it was argued that day; a change of mentor adds a row.

    `reasons` and `against` are Danish sentences; `runner_up` names who came next and why it lost.
    """

    __tablename__ = "match"
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    place: Mapped[int]
    points: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    against: Mapped[list[str]] = mapped_column(JSON, default=list)
    runner_up: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    wish_followed: Mapped[bool | None]
    choice_reason: Mapped[str] = mapped_column(String(500), default="")
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    chosen_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
