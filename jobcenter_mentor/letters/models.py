"""Tabel: letters kept exactly as sent."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now


class Letter(Base, WithPublicId):
    """Brev: the PDF as it was sent, with its SHA-256 and the version of its template. Never changed."""

    __tablename__ = "letter"
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64))
    template: Mapped[str] = mapped_column(String(80))
    sent_on: Mapped[date]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
