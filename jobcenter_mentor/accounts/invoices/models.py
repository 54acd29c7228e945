"""Tables of invoices and their lines, time sheets, the checks somebody answered for, and claims on the state."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.casework.frames.models import PAY_LINES
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.hours import hours_figure
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.database.db import Base, Ore, WithPublicId, now, unique_where
from jobcenter_mentor.platform.database.guards import Guard, RowGuard, Tally, settled

WAGE_PAID = "kind = 'wage' AND rejected_on IS NULL AND (credited < amount OR amount = 0)"
OPEN = "closed_on IS NULL"
NO_CORRECTION = "correction_of_id IS NULL"
CLOSED = "EXISTS (SELECT 1 FROM claim WHERE claim.id = {row}.claim_id AND claim.closed_on IS NOT NULL)"
STAMPS = ("released_by_id", "released_on", "rejected_by_id", "rejected_on", "reject_reason")
"""What is filled in of a line that has been matched."""
CREDITS = ("credited", "credited_minutes")
"""What the database adds up of a line's corrections."""


class Invoice(Base, WithPublicId):
    """The head of a bill from a supplier or a workplace (faktura); its lines are matched and released one by one.

    `source` is `hånd` or `ark`. A number is used once by each sender.
    """

    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("cvr", "number"),)
    scope: ClassVar[dict[str, str]] = {"supplier": "supplier_id", "owner": "entered_by_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    sender: Mapped[str] = mapped_column(String(120))
    cvr: Mapped[str] = mapped_column(String(8))
    number: Mapped[str] = mapped_column(String(40))
    received_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(8), default="hånd")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class PayLine(Base, WithPublicId):
    """A line of an invoice (fakturalinje), or the pay of an internal mentor for a month (lønlinje).

    `minutes` is what is billed, `hundredths` the hours of an invoice line as they were written (67 is 0,67 hours),
    `hourly_price` and `amount` in øre, both days included. `item` is hours, transport, mileage, sickness, course,
    overhead or prep. `grant_id` is empty where the citizen had no course with the mentor. Matched by one, released for
    payment by another, or rejected with a reason; `note` is why a line with a difference was matched.
    A credit note's line (kreditnota) or a correction of our own (rettelse) points at the released line it lowers, is
    negative and has that line's days; the database keeps in `credited` (øre) and `credited_minutes` what the
    corrections of a line come to, and refuses more than the line holds.
    """

    __tablename__ = "pay_line"
    guard: ClassVar[Guard] = Guard(
        (
            RowGuard("OLD.matched_on IS NOT NULL", (*STAMPS, *CREDITS)),
            RowGuard("(OLD.released_on IS NOT NULL OR OLD.rejected_on IS NOT NULL)", CREDITS),
        ),
        by_audit=("citizen_id",),
        tally=Tally("corrects_id", "rejected_on", (("credited", "amount"), ("credited_minutes", "minutes"))),
    )
    __table_args__ = (
        UniqueConstraint("invoice_id", "number"),
        Index("ix_pay_line_grant", "grant_id", "first_day"),
        Index("ix_pay_line_waiting", "released_on", "rejected_on"),
        CheckConstraint("last_day >= first_day", name="last_after_first"),
        CheckConstraint("kind IN ('invoice', 'wage', 'correction')", name="known_kind"),
        CheckConstraint("kind <> 'correction' OR corrects_id IS NOT NULL", name="correction_of_a_line"),
        CheckConstraint(
            "(corrects_id IS NULL AND amount >= 0 AND minutes >= 0)"
            " OR (corrects_id IS NOT NULL AND amount < 0 AND minutes <= 0)",
            name="only_credits_are_negative",
        ),
        CheckConstraint(
            "credited = 0 OR (credited > 0 AND credited <= amount AND released_on IS NOT NULL AND rejected_on IS NULL)",
            name="credited_within_paid",
        ),
        CheckConstraint(
            "credited_minutes = 0 OR (credited_minutes > 0 AND credited_minutes <= minutes)",
            name="credited_within_hours",
        ),
        CheckConstraint("(kind = 'invoice') = (invoice_id IS NOT NULL)", name="invoice_has_head"),
        CheckConstraint("released_on IS NULL OR grant_id IS NOT NULL", name="paid_with_grant"),
        CheckConstraint("released_on IS NULL OR matched_on IS NOT NULL", name="matched_before_paid"),
        CheckConstraint("released_on IS NULL OR rejected_on IS NULL", name="paid_or_rejected"),
        CheckConstraint("released_by_id IS NULL OR released_by_id <> matched_by_id", name="paid_by_another"),
        unique_where("uq_pay_line_wage", "grant_id", "mentor_id", "first_day", where=WAGE_PAID),
    )
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id", "alone": "citizen_id", "supplier": "supplier_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    minutes: Mapped[int]
    hundredths: Mapped[int | None]
    hourly_price: Mapped[Ore]
    amount: Mapped[Ore]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("pay_line.id"), index=True)
    credited: Mapped[Ore] = mapped_column(default=0)
    credited_minutes: Mapped[int] = mapped_column(default=0)
    item: Mapped[str] = mapped_column(String(10), default="hours")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_on: Mapped[date]
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    matched_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_on: Mapped[date | None]
    rejected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    rejected_on: Mapped[date | None]
    reject_reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    invoice: Mapped[Invoice | None] = relationship(lazy="joined")
    grant: Mapped[Grant | None] = relationship(lazy="select")
    citizen: Mapped[Citizen] = relationship(lazy="select")
    mentor: Mapped[Mentor | None] = relationship(lazy="select")
    corrects: Mapped["PayLine | None"] = relationship(lazy="select", remote_side=[id])

    @property
    def rest(self) -> int:
        """Return what is left of the amount when the corrections are taken off, in øre."""
        return self.amount - self.credited

    @property
    def hours_written(self) -> str:
        """Return the hours as they were written on the invoice, else exactly as the minutes say."""
        if self.hundredths is None:
            return hours_figure(self.minutes)
        sign, (whole, rest) = "−" if self.hundredths < 0 else "", divmod(abs(self.hundredths), 100)
        return f"{sign}{whole}{f',{rest:02d}'.rstrip('0') if rest else ''}"


class TimeSheet(Base, WithPublicId):
    """The held minutes of one mentor on one course in one month (timeseddel), as they were when the sheet was made.

    Approved by somebody other than who logged the hours; a meeting corrected afterwards shows as a difference.
    """

    __tablename__ = "time_sheet"
    guard: ClassVar[Guard] = settled("approved_on")
    __table_args__ = (
        UniqueConstraint("grant_id", "mentor_id", "year", "month"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month_of_year"),
    )
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id", "mentor": "mentor_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), index=True)
    year: Mapped[int]
    month: Mapped[int]
    minutes: Mapped[int]
    drawn_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)


class Claim(Base, WithPublicId):
    """What the state is asked to refund for the costs up to `last_day` (refusionsopgørelse); once closed, it is frozen.

    Drafted by one person and closed by another; the database refuses any change after that, and a second draft.
    """

    __tablename__ = "claim"
    guard: ClassVar[Guard] = settled("closed_on")
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="last_after_first"),
        CheckConstraint("closed_by_id IS NULL OR closed_by_id <> drafted_by_id", name="closed_by_another"),
        Index(
            "uq_claim_draft",
            text("(closed_on IS NULL)"),
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_on: Mapped[date]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class ClaimLine(Base, WithPublicId):
    """A pay line's cost in one accounting year (refusionslinje), with rule, rate, base and refund, in øre.

    `cost` is what was paid, `eligible` what counts (excluded items are 0), `base` the part of it inside the frame,
    `refund` the state's share of the base. `account` is empty where nobody has confirmed one for the year. A
    correction points at the line it corrects and holds the differences, which may be negative.
    """

    __tablename__ = "claim_line"
    guard: ClassVar[Guard] = Guard((RowGuard(CLOSED.format(row="OLD")),), closed=CLOSED.format(row="NEW"))
    __table_args__ = (
        Index("ix_claim_line_year", "year", "frame_kind"),
        unique_where("uq_claim_line_part", "pay_line_id", "account", "first_day", where=NO_CORRECTION),
    )
    scope: ClassVar[dict[str, str]] = {"grant": "grant_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    pay_line_id: Mapped[int] = mapped_column(ForeignKey("pay_line.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    year: Mapped[int]
    account: Mapped[str] = mapped_column(String(20), default="")
    frame_kind: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(40), default="")
    rate_percent: Mapped[int]
    cost: Mapped[Ore]
    eligible: Mapped[Ore]
    base: Mapped[Ore]
    refund: Mapped[Ore]
    correction_of_id: Mapped[int | None] = mapped_column(ForeignKey("claim_line.id"), index=True)
    reason: Mapped[str] = mapped_column(String(200), default="")

    claim: Mapped[Claim] = relationship(lazy="select")
    pay_line: Mapped[PayLine] = relationship(lazy="select")
    corrects: Mapped["ClaimLine | None"] = relationship(lazy="select", remote_side=[id])


PAY_LINES.fill(PayLine.__table__)
