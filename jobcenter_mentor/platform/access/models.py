"""Tables of teams, users, dated roles, absences, sessions, API keys and log-in delays."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.platform.database.db import Base, Sorted, WithPublicId, now


class Team(Base, WithPublicId, Sorted):
    """A group of caseworkers (team) whose members may see its citizens."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)

    @property
    def sort_name(self) -> str:
        """Return the name that lists of teams are sorted by."""
        return self.name


class User(Base, WithPublicId, Sorted):
    """A person who logs in (bruger); what the user may do follows from the roles in force that day."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    roles: Mapped[list["RoleAssignment"]] = relationship(lazy="selectin", back_populates="user")

    @property
    def is_authenticated(self) -> bool:
        """Return True, as Flask-Login asks of a user who is logged in; its anonymous user returns False."""
        return True

    @property
    def sort_name(self) -> str:
        """Return the name that lists of users are sorted by."""
        return self.full_name


class RoleAssignment(Base):
    """One role (rolle) of a user in a period, with its reach.

    `role` is a code of the matrix (SB TL MK MI MV ML MF LK ØK AD RE). `team_id` is the team of SB, TL and MK (an MK
    without team sees all teams), `supplier_id` the supplier of ML and LK, `mentor_id` the mentor of MI, MV, ML and MF.
    """

    __tablename__ = "role_assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(2))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="roles")
    team: Mapped[Team | None] = relationship(lazy="joined")


class Absence(Base, WithPublicId):
    """An absence (fravær) from the first to the last day, with its deputy (stedfortræder); no reason is stored.

    `team_id` is the user's team, None for a coordinator of all teams. A withdrawn one (`withdrawn_on`) counts no more.
    """

    __tablename__ = "absence"
    scope: ClassVar[dict[str, str]] = {"team": "team_id", "self": "user_id"}
    __table_args__ = (Index("ix_absence_days", "first_day", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    withdrawn_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")
    deputy: Mapped[User | None] = relationship(foreign_keys=[deputy_id], lazy="joined")


class LoginSession(Base):
    """One log-in (session); the cookie holds the token, the table only its SHA-256."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class ApiToken(Base, WithPublicId):
    """A key (API-nøgle) by which another system acts as a user; the table holds only its SHA-256.

    It carries no rights: they are the user's of the day. `valid_from` and `valid_to` are its first and last day;
    `used_at` is noted at most once a day.
    """

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    ended_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class LoginDelay(Base):
    """Failed log-ins for one account or one address (log-in-forsinkelse), and when the next try is allowed."""

    __tablename__ = "login_delay"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
