"""The table of the journal of citizens and their courses."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, Encrypted, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard
from jobcenter_mentor.platform.database.port import Port

COURSES = Port("id", "public_id", "case_number", "citizen_id", "start")
"""The table of the courses (forløb) that papers of a case belong to."""


class JournalEntry(Base, WithPublicId):
    """A journal entry (journalnotat): one thing that happened on a day, never changed.

    `kind` is a code of `journal.service.KINDS`; `subject` and `subject_id` name what it is about (letter, meeting) by
    its public id. `text` is encrypted; `is_health` marks a note about health, whose text opens on a page of its own,
    `is_internal` one for the municipality's own use (internt notat, forvaltningsloven § 12), which no party gets.
    `by_id` is None where somebody without a log-in did it.
    """

    __tablename__ = "journal_entry"
    guard: ClassVar[Guard] = Guard(by_audit=("citizen_id",))
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id", "grant": "grant_id"}
    __table_args__ = (Index("ix_journal_entry_citizen", "citizen_id", "day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    case_number: Mapped[str] = mapped_column(String(12), default="")
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Encrypted)
    is_health: Mapped[bool] = mapped_column(default=False)
    is_internal: Mapped[bool] = mapped_column(default=False, server_default=false())
    subject: Mapped[str] = mapped_column(String(20), default="")
    subject_id: Mapped[str] = mapped_column(String(36), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
