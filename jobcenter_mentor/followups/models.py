"""Tabel: what is due, whose it is and by which rule."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now


class FollowUp(Base, WithPublicId):
    """Opfølgning: one due date of a case. Open until it is held (`done_on`) or no longer needed (`dropped_on`).

    `authority` is `law` or `local`; `rule` is a rule id of the catalogue; `section` what a reader is shown.
    The case is known by its ids only.
    """

    __tablename__ = "follow_up"
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "owner": "owner_id", "grant": "grant_id"}
    __table_args__ = (
        Index("ix_follow_up_open", "team_id", "done_on", "dropped_on", "due_on"),
        Index("ix_follow_up_grant", "grant_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"))
    case_number: Mapped[str] = mapped_column(String(12))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    what: Mapped[str] = mapped_column(String(200))
    rule: Mapped[str] = mapped_column(String(60))
    section: Mapped[str] = mapped_column(String(80))
    authority: Mapped[str] = mapped_column(String(8))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    result: Mapped[str] = mapped_column(String(1000), default="")
    dropped_on: Mapped[date | None]
    dropped_reason: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)
