"""Rammens linjer: each course of a year with its granted and delivered cost; all sums are made of these."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import Team, User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.citizens.models import Citizen
from jobcenter_mentor.domain.forecast import Commitment, delivered_cost
from jobcenter_mentor.domain.periods import Period
from jobcenter_mentor.frames.models import Reservation
from jobcenter_mentor.grants.models import Grant, GrantPeriod
from jobcenter_mentor.meetings import service as meetings
from jobcenter_mentor.meetings.service import Delivered


@dataclass(frozen=True)
class Line:
    """Linje: one course in one year; amounts in øre. `months` is what was delivered in each of the twelve months."""

    grant_id: int
    public_id: str
    case_number: str
    team: str
    team_id: str
    group_number: int | None
    mentor_type: str
    legal_basis: str
    frame_kind: str
    rate_percent: int
    first_day: date
    last_day: date
    granted: int
    covered: int
    beyond: int
    minutes: int
    months: tuple[int, ...]
    commitments: tuple[Commitment, ...] = field(repr=False)

    @property
    def delivered(self) -> int:
        """Leveret: the year's sum."""
        return sum(self.months)


@dataclass(frozen=True)
class LineFilter:
    """Udvalg: the lines behind one figure; empty means all."""

    frame_kind: str = ""
    team: str = ""
    group: int | None = None
    mentor_type: str = ""
    month: int | None = None
    beyond_only: bool = False

    def holds(self, line: Line) -> bool:
        """Tell whether a line is behind the figure."""
        return (
            self.frame_kind in {"", line.frame_kind}
            and self.team in {"", line.team_id}
            and self.group in {None, line.group_number}
            and self.mentor_type in {"", line.mentor_type}
            and (self.month is None or line.months[self.month - 1] != 0)
            and (not self.beyond_only or line.beyond > 0)
        )


@dataclass(frozen=True)
class Behind:
    """Tallet bag: the lines the reader may see, and how many others the figure also counts."""

    lines: list[tuple[Line, str]]
    hidden: int

    def total(self, column: str) -> int:
        """Sum of one column over the lines shown."""
        return sum(getattr(line, column) for line, _ in self.lines)


def list_lines(session: Session, *, year: int) -> list[Line]:
    """Rammens linjer: every course of the municipality that has cost in the year. Holds no person."""
    reserved = session.execute(_STATEMENT.where(Reservation.year == year)).all()
    periods = _periods(session, year)
    delivered = meetings.delivered(session, first=date(year, 1, 1), last=date(year, 12, 31))
    return [_line(row, periods[row.grant_id], delivered.get(row.grant_id, ())) for row in reserved]


def list_behind(session: Session, *, year: int, chosen: LineFilter, by: User, on: date) -> Behind:
    """Linjerne bag et tal with the citizens' initials, those in the reader's scope; the look is logged."""
    lines = [line for line in list_lines(session, year=year) if chosen.holds(line)]
    seen = select(Grant.id, Grant.citizen_id, Citizen.first_name, Citizen.last_name).join(Grant.citizen)
    statement = visible(seen, Grant, by, "grant.read", on).where(Grant.id.in_([line.grant_id for line in lines]))
    people = {row.id: row for row in session.execute(statement)}
    audit.record(
        session,
        by=by,
        action="grant.read",
        subject="frame",
        subject_id=str(year),
        citizens=[row.citizen_id for row in people.values()],
    )
    shown = [(line, _initials(people[line.grant_id])) for line in lines if line.grant_id in people]
    return Behind(shown, len(lines) - len(shown))


_STATEMENT = (
    select(
        Reservation.grant_id,
        Grant.public_id,
        Grant.case_number,
        Team.name.label("team"),
        Team.public_id.label("team_id"),
        Grant.group_number,
        Grant.mentor_type,
        Grant.legal_basis,
        Reservation.frame_kind,
        Reservation.rate_percent,
        Grant.start.label("first_day"),
        func.coalesce(Grant.ended_on, Grant.last_day).label("last_day"),
        Grant.place_share,
        Grant.hourly_price,
        Reservation.cost.label("granted"),
        Reservation.covered,
        Reservation.beyond,
    )
    .join(Grant, Grant.id == Reservation.grant_id)
    .join(Team, Team.id == Grant.team_id)
    .order_by(Grant.case_number, Grant.id)
)


def _line(row: Row[*tuple[object, ...]], periods: Sequence[GrantPeriod], held: Sequence[Delivered]) -> Line:
    """Put one course's cost together."""
    months = [0] * 12
    for part in held:
        months[part.month - 1] += delivered_cost(part.minutes, part.hourly_price, row.place_share)
    values = dict(row._mapping)
    share, price = values.pop("place_share"), values.pop("hourly_price")
    return Line(
        **values,
        minutes=sum(part.minutes for part in held),
        months=tuple(months),
        commitments=tuple(
            Commitment(Period(p.first_day, p.last_day), p.minutes_per_week, p.hourly_price or price, share)
            for p in periods
        ),
    )


def _periods(session: Session, year: int) -> dict[int, list[GrantPeriod]]:
    """Return the hours periods that touch the year, by course."""
    found: dict[int, list[GrantPeriod]] = defaultdict(list)
    statement = select(GrantPeriod).where(
        GrantPeriod.first_day <= date(year, 12, 31), GrantPeriod.last_day >= date(year, 1, 1)
    )
    for period in session.scalars(statement):
        found[period.grant_id].append(period)
    return found


def _initials(person: Row[int, int, str, str]) -> str:
    """Initialer, as titles and lists of figures show a citizen."""
    return f"{person.first_name[:1]}.{person.last_name[:1]}."
