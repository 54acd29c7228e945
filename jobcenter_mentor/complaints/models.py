"""Tabel: complaints about decisions."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.db import Base, Encrypted, Versioned, WithPublicId, now
from jobcenter_mentor.guards import Guard, Rule


class Complaint(Base, WithPublicId, Versioned):
    """Klage over en afgørelse (retssikkerhedsloven §§ 66-67).

    `last_day` is the last day it could come in time, counted from the day the letter was sent; `review_due` the last
    day to look at the decision again and send the complaint on. `outcome` and `board_outcome` are codes of
    `complaints.service`, empty until there is one. Texts are encrypted.
    """

    __tablename__ = "complaint"
    guard: ClassVar[Guard] = Guard(
        (Rule(but=("team_id", "followup_id")),),
        once=("outcome", "reviewed_on", "review_note", "forwarded_on", "board_outcome", "board_on"),
        by_audit=("citizen_id",),
    )
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "citizen": "citizen_id", "grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    case_number: Mapped[str] = mapped_column(String(12))
    received_on: Mapped[date]
    last_day: Mapped[date]
    text: Mapped[str] = mapped_column(Encrypted)
    review_due: Mapped[date]
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    reviewed_on: Mapped[date | None]
    review_note: Mapped[str | None] = mapped_column(Encrypted)
    forwarded_on: Mapped[date | None]
    board_outcome: Mapped[str] = mapped_column(String(10), default="")
    board_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def is_late(self) -> bool:
        """Kom klagen for sent? After the last day."""
        return self.received_on > self.last_day

    @property
    def must_be_forwarded(self) -> bool:
        """Skal den sendes til Ankestyrelsen? Where the decision is not changed in full, and it isn't sent yet."""
        return self.outcome in {"upheld", "partly"} and self.forwarded_on is None

    @property
    def is_open(self) -> bool:
        """Mangler der noget fra kommunen? Until it is changed in full or sent on."""
        return self.outcome != "changed" and self.forwarded_on is None
