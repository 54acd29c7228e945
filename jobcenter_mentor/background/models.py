"""Tabel: the jobs that people ordered, and what came of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now


class Job(Base, WithPublicId):
    """Baggrundsjob: waiting until `started_at`, over when `finished_at` or `failed_at` is set.

    `arguments` are ids and settings only, never a CPR number, a name or health data. `address` is the page where the
    result stands.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(String(500), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def is_over(self) -> bool:
        """Er jobbet slut? Finished or failed."""
        return self.finished_at is not None or self.failed_at is not None
