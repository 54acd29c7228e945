"""Tabeller: teams, users with dated roles and absences, sessions, keys of the API and the log-in delay."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.platform.database.db import Base, Sorted, WithPublicId, now


class Team(Base, WithPublicId, Sorted):
    """Team: the group of caseworkers whose citizens its members may see."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)

    @property
    def sort_name(self) -> str:
        """The name that the team stands by in lists."""
        return self.name


class User(Base, WithPublicId, Sorted):
    """Bruger: a person who logs in. What the user may do follows from the roles in force that day."""

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
        """Logget ind: a user of the table always is; Flask-Login's anonymous one never."""
        return True

    @property
    def sort_name(self) -> str:
        """The name that the user stands by in lists."""
        return self.full_name


class RoleAssignment(Base):
    """Rolle: one role of a user in a period, with its reach.

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
    """Fravær: a user is away from the first to the last day, and who takes over (stedfortræder); no reason is kept.

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
    """Session: one log-in; the cookie holds the token, the table only its SHA-256."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class ApiToken(Base, WithPublicId):
    """API-nøgle: lets another system act as a user; the table holds only its SHA-256.

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
    """Log-in-forsinkelse: failed tries for one account or one address, and when the next try is heard."""

    __tablename__ = "login_delay"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
