"""Tables of what is due, whose it is and by which rule, of the mails sent about it, and of calendar addresses."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now
from jobcenter_mentor.platform.database.port import Port

REFERRALS = Port("id", "public_id")
DECISIONS = Port("grant_id", "kind", "public_id", "approved_on", "returned_on", "withdrawn_on", "proposed_on")
"""The tables of the cases and decisions that a deadline leads to."""


class FollowUp(Base, WithPublicId):
    """A due date of a case (opfølgning). Open until it is done (`done_on`) or no longer needed (`dropped_on`).

    `authority` is `law`, `local` or `agreement`; `rule` is a rule id of the catalogue; `section` what a reader is
    shown. `owner_id` is never changed by an absence: who holds it on a day is asked of `auth.deputies`. Put off
    (`snoozed_until`), it is out of the lists until that day. The case is known by its ids only. `by_act` tells that an
    act of the case settled it, such as a logged contact, and not words; nobody is named where the act came by link.
    """

    __tablename__ = "follow_up"
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "owner": "owner_id", "grant": "grant_id"}
    __table_args__ = (
        Index("ix_follow_up_open", "team_id", "done_on", "dropped_on", "due_on"),
        Index("ix_follow_up_grant", "grant_id", "kind"),
        Index("ix_follow_up_owner_open", "owner_id", "done_on", "dropped_on", "due_on"),
        CheckConstraint(
            "by_act OR done_on IS NULL OR kind NOT IN ('contact', 'first_contact')", name="contact_not_by_words"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id"))
    case_number: Mapped[str] = mapped_column(String(12))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    what: Mapped[str] = mapped_column(String(200))
    rule: Mapped[str] = mapped_column(String(60))
    section: Mapped[str] = mapped_column(String(80))
    authority: Mapped[str] = mapped_column(String(12))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_act: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str] = mapped_column(String(1000), default="")
    dropped_on: Mapped[date | None]
    dropped_reason: Mapped[str] = mapped_column(String(200), default="")
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class Reminder(Base):
    """The one mail a user gets on a day (påmindelse). Begun before the mail server gets it, sent after.

    One that is begun and neither sent nor failed may have been sent: it is never tried again. `why` tells the user
    and Drift, in Danish, why a mail failed; `again` that it is tried again the same day.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    day: Mapped[date]
    begun_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(300), default="")
    again: Mapped[bool] = mapped_column(default=False)


class CalendarFeed(Base):
    """The secret address of a user's deadlines (kalenderadresse); the table holds only its SHA-256."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_on: Mapped[date]
