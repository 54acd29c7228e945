"""Tables for requests for access to files, and for what was left out of each."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from jobcenter_mentor.platform.database.db import Base, EncryptedBytes, Versioned, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard, RowGuard, settled

OPEN = "approved_on IS NULL AND withdrawn_on IS NULL"
AT_APPROVER = (
    "EXISTS (SELECT 1 FROM access_request WHERE access_request.id = {row}.request_id "
    "AND access_request.proposed_on IS NOT NULL)"
)


class AccessRequest(Base, WithPublicId, Versioned):
    """A request for access to files (anmodning om aktindsigt): who asked when for whose papers, and what was answered.

    `asked_by` is citizen, representative, guardian (both with `consideration_id`) or party, another party, who is
    named. An empty `case_number` means all of the citizen's cases. One person proposes the answer and another
    approves it. Papers recorded after `proposed_at` don't belong to it; `seal` is the digest of what was proposed.
    `followup_id` is its own deadline, which no other request shares. `outcome` is full, partly or none. `pdf` is
    what was handed out, encrypted.
    """

    __tablename__ = "access_request"
    guard: ClassVar[Guard] = settled("approved_on", "withdrawn_on", by_audit=("citizen_id",))
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id"}
    __table_args__ = (
        unique_where("uq_access_request_open", "citizen_id", "case_number", "party_name", where=OPEN),
        CheckConstraint("asked_by IN ('citizen', 'representative', 'guardian', 'party')", name="asker_known"),
        CheckConstraint("(asked_by = 'party') = (party_name <> '')", name="party_is_named"),
        CheckConstraint(
            "(asked_by IN ('representative', 'guardian')) = (consideration_id IS NOT NULL)", name="helper_is_known"
        ),
        CheckConstraint("outcome IN ('', 'full', 'partly', 'none')", name="outcome_known"),
        CheckConstraint("(approved_on IS NULL) = (outcome = '')", name="outcome_when_approved"),
        CheckConstraint(
            "approved_on IS NULL OR (approved_by_id IS NOT NULL AND proposed_by_id IS NOT NULL "
            "AND approved_by_id <> proposed_by_id)",
            name="two_people",
        ),
        CheckConstraint("approved_on IS NULL OR (letter_id IS NOT NULL AND pdf IS NOT NULL)", name="answered_whole"),
        CheckConstraint("due_on > received_on", name="due_after_received"),
        CheckConstraint("approved_on IS NULL OR withdrawn_on IS NULL", name="one_end"),
        CheckConstraint(
            "followup_id IS NOT NULL OR approved_on IS NOT NULL OR withdrawn_on IS NOT NULL", name="open_has_clock"
        ),
        UniqueConstraint("followup_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    case_number: Mapped[str] = mapped_column(String(12), default="")
    asked_by: Mapped[str] = mapped_column(String(14))
    consideration_id: Mapped[int | None] = mapped_column(ForeignKey("consideration.id"))
    party_name: Mapped[str] = mapped_column(String(200), default="")
    party_address: Mapped[str] = mapped_column(String(300), default="")
    party_why: Mapped[str] = mapped_column(String(300), default="")
    received_on: Mapped[date]
    due_on: Mapped[date]
    expected_on: Mapped[date | None]
    delay_reason: Mapped[str] = mapped_column(String(500), default="")
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_on: Mapped[date | None]
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seal: Mapped[str] = mapped_column(String(64), default="")
    returned_on: Mapped[date | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    return_comment: Mapped[str] = mapped_column(String(500), default="")
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str] = mapped_column(String(6), default="")
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    pdf: Mapped[bytes | None] = deferred(mapped_column(EncryptedBytes))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither answered nor withdrawn."""
        return self.approved_on is None and self.withdrawn_on is None

    @property
    def is_proposed(self) -> bool:
        """Tell whether it is proposed and not decided."""
        return self.is_open and self.proposed_on is not None

    @property
    def answer_by(self) -> date:
        """Return the deadline of the answer (svarfrist): the day of the law, or a later one announced to the asker."""
        return self.expected_on or self.due_on


class AccessOmission(Base, WithPublicId):
    """A paper of the case, or pages of it, that the asker does not get, by which section and why (udeladelse).

    `subject` and `subject_id` name the paper as `records.Paper.key` does; empty `pages` are all of it. It can be
    put back until the answer is proposed for approval, and is then fixed.
    """

    __tablename__ = "access_omission"
    guard: ClassVar[Guard] = Guard((RowGuard(AT_APPROVER.format(row="OLD")),), closed=AT_APPROVER.format(row="NEW"))
    __table_args__ = (
        UniqueConstraint("request_id", "subject", "subject_id", "pages"),
        CheckConstraint("section IN ('12', '14', '15', '15a', '15b')", name="section_known"),
        CheckConstraint("section NOT IN ('12', '14') OR pages = ''", name="documents_whole"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("access_request.id"), index=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(36))
    pages: Mapped[str] = mapped_column(String(100), default="")
    section: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
