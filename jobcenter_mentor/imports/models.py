"""Tabel: every sheet that was taken in."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from jobcenter_mentor.db import Base, WithPublicId, now


class ImportRun(Base, WithPublicId):
    """Indlæsning: one file, checked and then applied or left. `content` waits here between preview and apply.

    `report` is the JSON of the contract (`import --json`), CPR numbers masked.
    """

    __tablename__ = "import_run"
    scope: ClassVar[dict[str, str]] = {"owner": "by_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    checked_on: Mapped[date]
    applied_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
