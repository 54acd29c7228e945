"""Tables of the jobs that people ordered, the nightly runs and the workers that do both."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now


class Job(Base, WithPublicId):
    """A background job (baggrundsjob), waiting until `started_at`, over when `finished_at` or `failed_at` is set.

    The row is the truth, the queue only wakes a worker: a worker claims a job by a lease that it prolongs while it
    works, and one whose lease has run out is taken up again. `attempts` counts how often it was begun.

    `arguments` are ids and settings only, never a CPR number, a name or health data. `address` is the page where the
    result stands.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(String(500), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def is_over(self) -> bool:
        """Tell whether the job has finished or failed."""
        return self.finished_at is not None or self.failed_at is not None


class NightlyRun(Base):
    """A nightly run (natkørsel), once for each Danish day; claimed by a lease as a job is.

    `next_try_at` is when one that failed is tried again, None when it is not; `message` is why it failed.
    """

    __tablename__ = "nightly_run"
    __table_args__ = (UniqueConstraint("name", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    attempts: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(String(500), default="")


class Worker(Base):
    """A process that does jobs (arbejder), by host and process number, with its last sign of life."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
