"""Tabel: what is being written, one draft for each user, form and case."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, Encrypted, now


class Draft(Base):
    """Kladde: the fields of a form as they were typed, JSON kept encrypted. Never shown to another user or case."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "form", "case_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    form: Mapped[str] = mapped_column(String(40))
    case_key: Mapped[str] = mapped_column(String(80))
    typed: Mapped[str] = mapped_column(Encrypted)
    saved_at: Mapped[datetime] = mapped_column(default=now)
