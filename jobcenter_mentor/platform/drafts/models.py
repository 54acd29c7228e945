"""Tables of drafts, one for each user, form and case, and of the forms that have been sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, Encrypted, now


class Draft(Base):
    """A draft (kladde): the fields of a form as typed, encrypted JSON, never shown to another user or case."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "form", "case_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    form: Mapped[str] = mapped_column(String(40))
    case_key: Mapped[str] = mapped_column(String(80))
    typed: Mapped[str] = mapped_column(Encrypted)
    saved_at: Mapped[datetime] = mapped_column(default=now)


class SentForm(Base):
    """Form that has been sent (sendt formular): its one token, and the answer it gave, for whoever sends it again.

    Written in the transaction of what the form made, so that the token is spent exactly when the act is done.
    `digest` tells whether the same was sent; `answer` is JSON, encrypted, empty until the act has been answered.
    """

    __tablename__ = "sent_form"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Encrypted)
    sent_at: Mapped[datetime] = mapped_column(default=now, index=True)
