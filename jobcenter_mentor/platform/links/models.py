"""The table of the links that were given out; only a digest of the address is stored."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import Base, WithPublicId, now


class Link(Base, WithPublicId):
    """A link for one purpose and one subject to the end of `expires_on`; spent by the first valid POST.

    `subject_id` is a public id. `token_hash` and `body_digest` are SHA-256. `result_id` is what the POST made, for the
    receipt. `withdrawn_on` is set when staff take the link back.
    """

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(36))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    spent_at: Mapped[datetime | None]
    body_digest: Mapped[str] = mapped_column(String(64), default="")
    result_id: Mapped[str] = mapped_column(String(36), default="")
    withdrawn_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    made_by: Mapped[User] = relationship(lazy="joined")
