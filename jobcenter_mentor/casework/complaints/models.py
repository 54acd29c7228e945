"""Table for complaints about decisions."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.domain.kernel.complaint_codes import OPEN
from jobcenter_mentor.platform.database.db import Base, Encrypted, Versioned, WithPublicId, now
from jobcenter_mentor.platform.database.guards import Guard, RowGuard

STATUS = (
    "status = CASE WHEN board_outcome <> '' THEN 'answered' WHEN forwarded_on IS NOT NULL THEN 'board' "
    "WHEN outcome = 'changed' THEN 'changed' WHEN outcome = 'partly' AND stands = '' THEN 'waits' "
    "WHEN outcome = 'partly' AND stands <> 'stands' THEN 'dropped' WHEN outcome <> '' THEN 'forward' "
    "WHEN route = 'at_once' THEN 'late' ELSE 'review' END"
)
"""The status that follows from the other columns; it is stored for searching."""
WRONG_OTHERWISE = {
    "status_of_stamps": STATUS,
    "open_has_clock": "(due_on IS NOT NULL) = (status IN ('late', 'review', 'waits', 'forward'))",
    "route_known": "route IN ('review', 'at_once') AND (route = 'review' OR (received_on > last_day AND outcome = ''))",
    "outcome_known": "outcome IN ('upheld', 'partly', 'changed', '')",
    "short_case_known": "short_case IN ('offer', 'availability', 'referred', 'other_actor', '')",
    "due_after_received": "review_due >= received_on",
    "outcome_with_day": "(outcome = '') = (reviewed_on IS NULL)",
    "reviewed_after_received": "reviewed_on IS NULL OR reviewed_on >= received_on",
    "partly_asks_citizen": "(outcome = 'partly') = (told_on IS NOT NULL) AND (told_on IS NULL) = (stand_due IS NULL)",
    "told_after_reviewed": "told_on IS NULL OR (told_on >= reviewed_on AND stand_due > told_on)",
    "stands_known": "stands IN ('stands', 'withdrawn', 'lapsed', 'before', '') AND (stands = '') = (stands_on IS NULL)",
    "stands_after_told": "stands = '' OR (outcome = 'partly' AND stands_on >= told_on)",
    "lapsed_after_clock": "stands <> 'lapsed' OR stands_on > stand_due",
    "sent_if_not_changed": "forwarded_on IS NULL OR route = 'at_once' OR outcome = 'upheld' "
    "OR (outcome = 'partly' AND stands IN ('stands', 'before'))",
    "sent_after_all_else": "forwarded_on IS NULL OR (forwarded_on >= received_on "
    "AND (reviewed_on IS NULL OR forwarded_on >= reviewed_on) AND (stands_on IS NULL OR forwarded_on >= stands_on))",
    "board_known": "board_outcome IN ('upheld', 'changed', 'annulled', 'returned', 'dismissed', '') "
    "AND (board_outcome = '') = (board_on IS NULL)",
    "board_after_sent": "board_on IS NULL OR (forwarded_on IS NOT NULL AND board_on >= forwarded_on)",
}
"""What must be true of every complaint, by the name of the constraint."""


class Complaint(Base, WithPublicId, Versioned):
    """A complaint about a decision (klage over en afgørelse, retssikkerhedsloven §§ 66-67).

    `last_day` is the last day it could come in time, counted from the day the letter was sent. `route` says whether
    it is reassessed here or sent on at once; `review_due` is the last day for that by the executive order. `due_on`
    is the deadline that runs now (`followup_id` the same among the follow-ups). `urgent` and `short_case` (a code
    of `complaint_deadlines.SHORT_CASES`) shorten the first deadline. After a partial yes the citizen was informed
    on `told_on` and may answer until `stand_due`. Codes are those of `kernel.complaint_codes`, empty until there is
    one. Texts are encrypted.
    """

    __tablename__ = "complaint"
    guard: ClassVar[Guard] = Guard(
        (RowGuard(but=("team_id", "followup_id", "status", "due_on")),),
        once=(
            *("outcome", "reviewed_on", "review_note", "told_on", "stand_due", "stand_letter_id", "stands"),
            *("stands_on", "forwarded_on", "board_outcome", "board_on"),
        ),
        by_audit=("citizen_id",),
    )
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "citizen": "citizen_id", "grant": "grant_id"}
    __table_args__ = tuple(CheckConstraint(text, name=name) for name, text in WRONG_OTHERWISE.items())

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    case_number: Mapped[str] = mapped_column(String(12))
    received_on: Mapped[date]
    last_day: Mapped[date]
    text: Mapped[str] = mapped_column(Encrypted)
    route: Mapped[str] = mapped_column(String(8))
    urgent: Mapped[bool] = mapped_column(default=False)
    short_case: Mapped[str] = mapped_column(String(12), default="")
    status: Mapped[str] = mapped_column(String(8), index=True)
    review_due: Mapped[date]
    due_on: Mapped[date | None]
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    reviewed_on: Mapped[date | None]
    review_note: Mapped[str | None] = mapped_column(Encrypted)
    told_on: Mapped[date | None]
    stand_due: Mapped[date | None]
    stand_letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    stands: Mapped[str] = mapped_column(String(10), default="")
    stands_on: Mapped[date | None]
    forwarded_on: Mapped[date | None]
    board_outcome: Mapped[str] = mapped_column(String(10), default="")
    board_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    stand_letter: Mapped[Letter | None] = relationship(lazy="joined")

    @property
    def is_late(self) -> bool:
        """Tell whether the complaint came after the last day."""
        return self.received_on > self.last_day

    @property
    def is_open(self) -> bool:
        """Tell whether there is more to do: until it is changed in full, sent on or given up."""
        return self.status in OPEN

    @property
    def last_answer_day(self) -> date | None:
        """Return the citizen's last day to answer, counted from the day the letter was sent; None until it is."""
        letter = self.stand_letter
        if letter is None or letter.posted_on is None or self.stand_due is None:
            return None
        return self.stand_due + (letter.posted_on - letter.sent_on)
