"""The table of the documents of citizens and their courses."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, deferred, mapped_column

from jobcenter_mentor.platform.database.db import Base, EncryptedBytes, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard, RowGuard

LATER = ("released", "replaced_by_id", "replaced_because", "removed_on", "removed_by_id", "removed_because")
"""What changes of a document once it is taken in."""


class Document(Base, WithPublicId):
    """A file with its title, day and from or to whom (dokument); `content` is encrypted, and deleted on removal.

    `kind` is a code of `documents.filetypes.KINDS`, `sha256` that of the plain content. `replaced_by_id` is the next
    version. `released` opens it to the course's own mentor in the municipality and to its supplier. `is_internal` marks
    what the municipality wrote for its own use (internt dokument, forvaltningsloven § 12): no party gets it.
    """

    __tablename__ = "document"
    guard: ClassVar[Guard] = Guard(
        (RowGuard(but=LATER),), removable=(("content", "removed_on"),), by_audit=("citizen_id",)
    )
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id", "grant": "grant_id", "released": "released"}
    __table_args__ = (CheckConstraint("NOT (is_internal AND released)", name="internal_stays_inside"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    dated: Mapped[date]
    party: Mapped[str] = mapped_column(String(200), default="")
    filename: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(4))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = deferred(mapped_column(EncryptedBytes))
    released: Mapped[bool] = mapped_column(default=False)
    is_internal: Mapped[bool] = mapped_column(default=False, server_default=false())
    uploaded_on: Mapped[date]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    replaced_because: Mapped[str] = mapped_column(String(200), default="")
    removed_on: Mapped[date | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed_because: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)
