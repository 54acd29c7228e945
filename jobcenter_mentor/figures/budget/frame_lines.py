"""Each course of a year with its granted, delivered and billed cost (rammens linjer). All sums are made of these."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims.service import KINDS, kind_words
from jobcenter_mentor.casework.frames.models import CourseMonth, Reservation
from jobcenter_mentor.casework.frames.month_sums import UNKNOWN_GROUP
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.target_groups import GROUPS, MENTOR_TYPES, groups_on
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, pages_of


@dataclass(frozen=True)
class FigureLineFilter:
    """The choice of lines behind one figure (udvalg); empty means all.

    `figure` is a sum that must not be zero in a line.
    """

    frame_kind: str = ""
    rate: int | None = None
    team: str = ""
    group: int | None = None
    mentor_type: str = ""
    month: int | None = None
    figure: str = ""
    beyond_only: bool = False
    page: int = 1
    year: int | None = None

    @property
    def _groups(self) -> dict[int, str]:
        """Return the names of the target groups in the law of the year."""
        return GROUPS if self.year is None else groups_on(date(self.year, 12, 31))

    @property
    def words(self) -> str:
        """Return the choice in words (udvalg). A team is not named, as each line names its own."""
        told = (
            kind_words(self.frame_kind, self.year) if self.frame_kind and self.year else KINDS.get(self.frame_kind, ""),
            "" if self.rate is None else f"refusion {self.rate} %",
            "et enkelt team" if self.team else "",
            "" if self.group is None else self._groups.get(self.group, "Ukendt målgruppe"),
            MENTOR_TYPES.get(self.mentor_type, ""),
            f"måned {self.month}" if self.month else "",
            FIGURES.get(self.figure, ""),
            "bevilget over rammen" if self.beyond_only else "",
        )
        return ", ".join(filter(None, told))


@dataclass(frozen=True)
class FigureLine:
    """One course's part of a figure (linje): amounts in øre, `initials` of the citizen."""

    public_id: str
    case_number: str
    citizen_id: int
    initials: str
    team: str
    legal_basis: str
    first_day: date
    last_day: date
    rate_percent: int
    frame_kind: str
    granted: int
    delivered: int
    invoiced: int
    minutes: int
    beyond: int


@dataclass(frozen=True)
class Totals:
    """How many courses a figure counts (i alt), and their sums in øre; `minutes` were held."""

    courses: int
    granted: int
    delivered: int
    invoiced: int
    minutes: int


@dataclass(frozen=True)
class Behind:
    """What is behind a figure (tallet bag): one page of the lines the reader may see, their number and sums.

    The sums of the whole figure are given too.
    """

    lines: list[FigureLine]
    page: int
    shown: Totals
    all: Totals

    @property
    def rows(self) -> list[FigureLine]:
        """Return the lines of the page (linjer), under the name that all pages of a list use."""
        return self.lines

    @property
    def hidden(self) -> int:
        """Return how many courses of other teams are counted in the figure but not listed."""
        return self.all.courses - self.shown.courses

    @property
    def pages(self) -> int:
        """Return the number of pages (sider), at least one."""
        return pages_of(self.shown.courses)


FIGURES = {"granted": "Bevilget", "delivered": "Leveret", "invoiced": "Faktureret"}


def list_behind(session: Session, *, year: int, chosen: FigureLineFilter, actor: Actor) -> Behind:
    """Return the lines behind a figure (linjer) in the reader's scope, with the citizens' initials. The read is logged.

    A page past the last one gives the last one. Raises ValidationFailed for an unknown team.
    """
    if chosen.team and session.scalar(select(Team.id).where(Team.public_id == chosen.team)) is None:
        raise ValidationFailed(NOTHING_SUCH, errors={"team": [f"»{chosen.team[:40]}« er ikke et team."]})
    conditions = _conditions(year, chosen)
    columns = [func.sum(getattr(CourseMonth, name)).label(name) for name in SUMMED]
    columns += [func.max(getattr(CourseMonth, name)).label(name) for name in REFUNDED]
    courses = select(CourseMonth.grant_id, *columns).where(*conditions).group_by(CourseMonth.grant_id)
    if chosen.figure:
        courses = courses.having(func.sum(getattr(CourseMonth, chosen.figure)) != 0)
    part = courses.subquery()
    own = visible(select(Grant.id).join(part, part.c.grant_id == Grant.id), Grant, actor.user, "grant.read", actor.day)
    everything = _totals(session, select(part))
    mine = _totals(session, select(part).where(part.c.grant_id.in_(own)))
    page = min(chosen.page, pages_of(mine.courses))
    rows = _rows(session, year, replace(chosen, page=page), part, own)
    audit.record(
        session,
        by=actor.user,
        action="grant.read",
        subject="frame",
        subject_id=str(year),
        citizens=[row.citizen_id for row in rows],
    )
    return Behind([_line(row) for row in rows], page, mine, everything)


SUMMED = ("granted", "delivered", "invoiced", "minutes")
REFUNDED = ("rate_percent", "frame_kind")
"""How the year refunds the course. There is only one way a year except in 2019, where the higher is shown."""


def _conditions(year: int, chosen: FigureLineFilter) -> list[ColumnElement[bool]]:
    """Return the conditions that a course month behind the figure must meet."""
    team = select(Team.id).where(Team.public_id == chosen.team).scalar_subquery()
    reserved = select(Reservation.grant_id).where(Reservation.year == year, Reservation.beyond > 0)
    if chosen.frame_kind:
        reserved = reserved.where(Reservation.frame_kind == chosen.frame_kind)
    asked = (
        (chosen.frame_kind, CourseMonth.frame_kind == chosen.frame_kind),
        (chosen.rate is not None, CourseMonth.rate_percent == chosen.rate),
        (chosen.team, CourseMonth.team_id == team),
        (chosen.group is not None, CourseMonth.group_number == chosen.group),
        (chosen.mentor_type, CourseMonth.mentor_type == chosen.mentor_type),
        (chosen.month is not None, CourseMonth.month == chosen.month),
        (chosen.beyond_only, CourseMonth.grant_id.in_(reserved)),
    )
    return [CourseMonth.year == year, *(condition for is_asked, condition in asked if is_asked)]


def _totals(session: Session, courses: Select[Any]) -> Totals:
    part = courses.subquery()
    sums = (func.coalesce(func.sum(part.c[name]), 0) for name in SUMMED)
    return Totals(*map(int, session.execute(select(func.count(), *sums).select_from(part)).one()))


def _rows(session: Session, year: int, chosen: FigureLineFilter, part: Any, own: Select[Any]) -> list[Any]:
    """Return one page of courses by case number."""
    kinds = (Reservation.frame_kind == chosen.frame_kind,) if chosen.frame_kind else ()
    beyond = (
        select(func.coalesce(func.sum(Reservation.beyond), 0))
        .where(Reservation.grant_id == Grant.id, Reservation.year == year, *kinds)
        .scalar_subquery()
    )
    statement = (
        select(
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Citizen.first_name,
            Citizen.last_name,
            Team.name.label("team"),
            Grant.legal_basis,
            Grant.start.label("first_day"),
            Grant.last_day,
            *(part.c[name] for name in (*SUMMED, *REFUNDED)),
            beyond.label("beyond"),
        )
        .join(part, part.c.grant_id == Grant.id)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .join(Team, Team.id == Grant.team_id)
        .where(Grant.id.in_(own))
        .order_by(Grant.case_number, Grant.id)
        .limit(ROWS_PER_PAGE)
        .offset((chosen.page - 1) * ROWS_PER_PAGE)
    )
    return list(session.execute(statement))


def _line(row: Any) -> FigureLine:
    """Make one line, with the citizen as initials only."""
    values = {name: getattr(row, name) for name in FigureLine.__dataclass_fields__ if name != "initials"}
    return FigureLine(initials=f"{row.first_name[:1]}.{row.last_name[:1]}.", **values)


def chosen_lines(asked: dict[str, str]) -> FigureLineFilter:
    """Return the lines that an address asks for (udvalg).

    Raises ValidationFailed naming each value that is not valid.
    """
    number = {key: int(asked[key]) for key in NUMBERS if asked.get(key, "").isdecimal() and len(asked[key]) < 7}
    known = {
        "kind": asked.get("kind") in KINDS,
        "figure": asked.get("figure") in FIGURES,
        "mentor_type": asked.get("mentor_type") in MENTOR_TYPES,
        "aar": number.get("aar") in range(2000, 2101),
        "group": asked.get("group") == "ukendt" or number.get("group") in GROUPS,
        "month": number.get("month") in range(1, 13),
        "rate": number.get("rate") in range(101),
        "page": number.get("page", 0) > 0,
    }
    errors = {
        key: [f"»{asked[key][:40]}« er ikke {WORDS[key]}."]
        for key, fits in known.items()
        if asked.get(key) and not fits
    }
    if errors:
        raise ValidationFailed(NOTHING_SUCH, errors=errors)
    return FigureLineFilter(
        frame_kind=asked.get("kind", ""),
        rate=number.get("rate"),
        team=asked.get("team", ""),
        group=UNKNOWN_GROUP if asked.get("group") == "ukendt" else number.get("group"),
        mentor_type=asked.get("mentor_type", ""),
        month=number.get("month"),
        figure=asked.get("figure", ""),
        beyond_only="beyond" in asked,
        page=number.get("page", 1),
        year=number.get("aar"),
    )


NOTHING_SUCH = "Linjerne kan ikke vises, for adressen beder om noget, der ikke findes."
NUMBERS = ("aar", "group", "month", "rate", "page")
WORDS = {
    "aar": "et år fra 2000 til 2100",
    "kind": "en slags udgift",
    "figure": "et af tallene",
    "mentor_type": "en mentortype",
    "group": "nummeret på en målgruppe",
    "month": "en måned fra 1 til 12",
    "rate": "en sats i procent",
    "page": "et sidetal",
}
