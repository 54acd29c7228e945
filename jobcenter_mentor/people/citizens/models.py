"""Tables of citizens and their dated target group and visitation."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.platform.access import reach
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import Base, Encrypted, Sorted, Versioned, WithPublicId, now


class Citizen(Base, WithPublicId, Versioned, Sorted):
    """A citizen (borger): master data. The CPR number is encrypted; `cpr_index` finds it and keeps it unique.

    `search_name` is first and last name folded to lower case, for search by parts of names.
    `protected` marks protected name and address (navne- og adressebeskyttelse).
    `died_on` is the day of death: from then on no letter goes to the citizen.
    `released_*` name the contact data the caseworker has released to mentors outside the municipality.
    """

    __tablename__ = "citizen"
    scope: ClassVar[dict[str, str]] = {
        "team": "team_id",
        "owner": "caseworker_id",
        "citizen": "id",
        "released": "released_contact",
    }
    __table_args__ = (Index("ix_citizen_team_name", "team_id", "sort_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cpr: Mapped[str] = mapped_column(Encrypted)
    cpr_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    search_name: Mapped[str] = mapped_column(String(210), index=True)
    birth_date: Mapped[date]
    sex: Mapped[str] = mapped_column(String(1))
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(40), default="dansk")
    protected: Mapped[bool] = mapped_column(default=False)
    released_contact: Mapped[bool] = mapped_column(default=False)
    integration_programme: Mapped[bool] = mapped_column(default=False)
    died_on: Mapped[date | None]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    caseworker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    statuses: Mapped[list["CitizenStatus"]] = relationship(
        back_populates="citizen", order_by="CitizenStatus.valid_from", lazy="selectin"
    )
    considerations: Mapped[list["Consideration"]] = relationship(order_by="Consideration.valid_from", viewonly=True)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def sort_name(self) -> str:
        """The name that the citizen stands by in lists."""
        return self.name

    @property
    def initials(self) -> str:
        """The initials that titles and headings show, such as "M.J."."""
        return f"{self.first_name[:1]}.{self.last_name[:1]}."

    def status_on(self, day: date) -> "CitizenStatus | None":
        """Return the target group and visitation in force that day, None before the first."""
        return next((status for status in reversed(self.statuses) if status.valid_from <= day), None)


class CitizenStatus(Base):
    """Target group and visitation (målgruppe og visitation), in force from a day until the next row.

    `benefit` and `visitation` are codes of `domain.target_groups`; `match_group` is 1-3, before 2014 only.
    `has_education` tells of one that qualifies for a job, None where nobody has said. `support`
    is the benefit as another system registered it, in its own words (ydelse som registreret), empty where none did.
    """

    __tablename__ = "citizen_status"
    __table_args__ = (UniqueConstraint("citizen_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    valid_from: Mapped[date]
    benefit: Mapped[str] = mapped_column(String(30))
    visitation: Mapped[str | None] = mapped_column(String(30))
    match_group: Mapped[int | None]
    has_education: Mapped[bool | None]
    support: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(80), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    citizen: Mapped[Citizen] = relationship(back_populates="statuses")

    @property
    def told(self) -> tuple[str, str | None, int | None, bool | None]:
        """The benefit, visitation, match group and education, as they were registered."""
        return self.benefit, self.visitation, self.match_group, self.has_education


class Consideration(Base, WithPublicId):
    """A consideration (hensyn), in force from a day to a day, both included; never overwritten, only ended.

    `kind` is a code of `domain.considerations.KINDS`. `letters` says whether letters go to who acts for the citizen,
    `note` when not to call. A row whose `valid_to` lies before `valid_from` was a mistake and never in force.
    """

    __tablename__ = "consideration"
    scope: ClassVar[dict[str, str]] = {"citizen": "citizen_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(40), default="")
    letters: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(String(200), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    def is_in_force(self, day: date) -> bool:
        """Return whether it is in force that day; both ends are included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class FormerNumber(Base):
    """An earlier CPR number; it still finds the citizen.

    `old_citizen_id` is the row that was merged into the citizen (sammenlagt dublet); None after a change of number.
    """

    __tablename__ = "former_number"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    old_citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizen.id"), unique=True)
    cpr: Mapped[str] = mapped_column(Encrypted)
    cpr_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    replaced_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


audit.CITIZENS.fill(Citizen.__table__)
reach.CITIZENS.fill(Citizen.__table__)
