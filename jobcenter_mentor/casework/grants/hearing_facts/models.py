"""Table of the facts that the citizen is heard about, each with its source and its day."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard, RowGuard

BEGUN = "EXISTS (SELECT 1 FROM hearing WHERE hearing.decision_id = {row}.decision_id)"

WITHOUT_FACTS = (
    "NEW.sent_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM heard_fact WHERE heard_fact.decision_id = NEW.decision_id)"
)
"""The condition that a hearing was sent without any fact."""


class HeardFact(Base, WithPublicId):
    """A fact in a hearing (partshøring), or an outside assessment, that speaks against the citizen, and its source.

    `known_on` is the day the municipality got it. It can be taken back until the hearing begins, and is then fixed.
    """

    __tablename__ = "heard_fact"
    guard: ClassVar[Guard] = Guard((RowGuard(BEGUN.format(row="OLD")),), closed=BEGUN.format(row="NEW"))
    __table_args__ = (
        UniqueConstraint("decision_id", "fact", "source", "known_on"),
        CheckConstraint("trim(fact) <> ''", name="fact_given"),
        CheckConstraint("trim(source) <> ''", name="source_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    fact: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(100))
    known_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
