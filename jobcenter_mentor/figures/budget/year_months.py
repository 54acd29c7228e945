"""Return the months of a year for the forecast (årets måneder), of a frame, of all cost or of one team's."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import MonthSum
from jobcenter_mentor.casework.frames.service import kinds_of
from jobcenter_mentor.domain.forecast.year_end import Seen
from jobcenter_mentor.platform.access.models import Team

MENTOR_FRAME = "mentor_2014"
FIGURES = ("granted", "delivered", "invoiced", "running", "entered", "started", "stopped")
_MONTHS = (
    select(MonthSum.month, *(func.sum(getattr(MonthSum, name)).label(name) for name in FIGURES))
    .where(MonthSum.year == bindparam("year"))
    .group_by(MonthSum.month)
)
_IN_FRAME = _MONTHS.where(MonthSum.frame_kind == bindparam("kind"))
_OF_TEAM = _MONTHS.join(Team, Team.id == MonthSum.team_id).where(Team.public_id == bindparam("team"))


def chosen_kind(year: int, asked: str | None) -> str:
    """Return the frame to show (ramme): the one asked for where the year has it, otherwise the first of the year."""
    kinds = kinds_of(year)
    return asked if asked in kinds else next(iter(kinds), MENTOR_FRAME)


def months_of(session: Session, year: int, kind: str, team: str | None = None) -> list[Seen]:
    """Return the months of a year (måneder): of its frame of a kind, or without a frame of all cost or of a team's.

    The team is given by its public id.
    """
    return (
        seen(session.execute(_IN_FRAME, {"year": year, "kind": kind})) if kinds_of(year) else _all(session, year, team)
    )


def year_before(session: Session, year: int, kind: str, team: str | None = None) -> list[Seen]:
    """Return the months of the year before (året før) for the forecast, of the same frame, team or total."""
    if kinds_of(year):
        return seen(session.execute(_IN_FRAME, {"year": year - 1, "kind": kind}))
    return _all(session, year - 1, team)


def _all(session: Session, year: int, team: str | None) -> list[Seen]:
    if team is None:
        return seen(session.execute(_MONTHS, {"year": year}))
    return seen(session.execute(_OF_TEAM, {"year": year, "team": team}))


def seen(rows: Iterable[Any]) -> list[Seen]:
    """Return months as the forecast sees them (måneder), from rows that begin with the month and end with `FIGURES`.

    The rows of a month are added up.
    """
    sums = [[0, 0, 0, 0, 0] for _ in range(12)]
    for month, *_, granted, delivered, _invoiced, running, _entered, started, stopped in rows:
        found = sums[month - 1]
        found[0] += int(granted)
        found[1] += int(delivered)
        found[2] += int(running)
        found[3] += int(started)
        found[4] += int(stopped)
    return [Seen(*month) for month in sums]
