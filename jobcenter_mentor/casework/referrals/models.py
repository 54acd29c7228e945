"""Tables of the referrals and of the counter of case numbers."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.casefile.followups import models as followups
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import Base, Versioned, WithPublicId, now


class CaseCounter(Base):
    """The last case number given in a year (sagsnummer); its row is the lock that opens cases one at a time."""

    __tablename__ = "case_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Referral(Base, WithPublicId, Versioned):
    """A referral (henvisning), which opens a case (`case_number`) for a citizen; hours are minutes a week.

    Facts the law needs may be unknown (None): then the assessment asks. `tasks` and `barriers` are codes of
    `domain.kernel.needs`; `other_support` is sel85 or sel99 with `division_of_tasks` where both run, none, or empty
    where nobody answered. `closed_on` is set when the case got its decision or was withdrawn. `hours_reason` is
    required above 37 hours a week. `direct_minutes_per_week` are those of direct contact, None for all. `form_key` is
    the user and the form it was sent from, so that a form sent twice opens one case.
    """

    __tablename__ = "referral"
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "owner": "caseworker_id", "citizen": "citizen_id"}
    __table_args__ = (Index("ix_referral_list", "team_id", "closed_on", "referred_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(String(12), unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    caseworker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    referred_on: Mapped[date]
    goal: Mapped[str] = mapped_column(String(1000))
    goal_by: Mapped[date | None]
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    barriers: Mapped[list[str]] = mapped_column(JSON, default=list)
    wishes: Mapped[str] = mapped_column(String(500), default="")
    wished_language: Mapped[str] = mapped_column(String(40), default="")
    consulted: Mapped[bool]
    consulted_on: Mapped[date | None]
    can_take_other_offers: Mapped[bool | None]
    cannot_because: Mapped[str | None] = mapped_column(String(10))
    first_offer: Mapped[bool | None]
    psychiatric_inpatient: Mapped[bool] = mapped_column(default=False)
    discharge_date: Mapped[date | None]
    education_kind: Mapped[str | None] = mapped_column(String(30))
    education_admission_date: Mapped[date | None]
    refugee_full_refund: Mapped[bool | None]
    other_support: Mapped[str] = mapped_column(String(6), default="")
    division_of_tasks: Mapped[str] = mapped_column(String(500), default="")
    beyond_normal: Mapped[bool | None]
    decisive: Mapped[bool | None]
    direct_minutes_per_week: Mapped[int | None]
    start: Mapped[date]
    weeks: Mapped[int]
    minutes_per_week: Mapped[int]
    hours_reason: Mapped[str] = mapped_column(String(300), default="")
    mentor_type: Mapped[str] = mapped_column(String(4))
    form_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    citizen: Mapped[Citizen] = relationship(lazy="joined")


audit.REFERRALS.fill(Referral.__table__)
followups.REFERRALS.fill(Referral.__table__)
