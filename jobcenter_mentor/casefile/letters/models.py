"""Tables of letters stored exactly as they were made, and of how each was sent."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String, false, select, text
from sqlalchemy.orm import Mapped, column_property, deferred, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard


class LetterSending(Base):
    """A person's mark that a letter was sent (forsendelse), by channel and day; the newest mark counts.

    `channel` is a code of `domain.considerations.CHANNELS`, or BEFORE for letters from before channels were marked.
    """

    __tablename__ = "letter_sending"
    guard: ClassVar[Guard] = Guard()

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    sent_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


def _newest(column: Any, letter_id: Any) -> Any:
    """Read a column of the newest mark in the statement of the letter itself."""
    marks = select(column).where(LetterSending.letter_id == letter_id).order_by(LetterSending.id.desc())
    return marks.limit(1).correlate_except(LetterSending).scalar_subquery()


class Letter(Base, WithPublicId):
    """A letter (brev): the PDF as it was made, with its SHA-256 and the version of its template. Never changed.

    `data_notice` tells that it holds the page on the citizen's data. `sent_on` is the date the letter bears;
    `posted_on` and `channel` are None until a person has marked it as sent.
    `addressed_to` names who gets it where that is not the citizen.
    """

    __tablename__ = "letter"
    guard: ClassVar[Guard] = Guard(by_audit=("citizen_id",))
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
    data_notice: Mapped[bool] = mapped_column(default=False, server_default=false())
    sent_on: Mapped[date]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    addressed_to: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    posted_on: Mapped[date | None] = column_property(_newest(LetterSending.sent_on, id))
    channel: Mapped[str | None] = column_property(_newest(LetterSending.channel, id))
