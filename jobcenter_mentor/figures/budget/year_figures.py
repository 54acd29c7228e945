"""Return the figures of the frame (ramme) from the year's monthly sums, and where the frame is heading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims.service import NOT_ENTERED, kind_words
from jobcenter_mentor.casework.frames.local_budget import TeamBudget, list_budgets
from jobcenter_mentor.casework.frames.models import Frame, MonthSum
from jobcenter_mentor.casework.frames.month_sums import UNKNOWN_GROUP
from jobcenter_mentor.casework.frames.service import kinds_of
from jobcenter_mentor.domain.forecast.year_end import Band, Expected, Seen, day_reached, expect, running_totals
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import divide_half_away, percent_half_away
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, groups_on
from jobcenter_mentor.figures.budget.year_months import FIGURES, MENTOR_FRAME, chosen_kind, seen, year_before
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.audit import service as audit

ACTS = {MENTOR_FRAME: "LAB § 121 a", "unemployment": "LAB § 118", "other_groups": "LAB § 118 a"}
COST_KINDS = {
    **FRAME_NAMES,
    MENTOR_FRAME: "I mentorrammen",
    "none_unlimited": "Refusion uden ramme",
    "no_reimbursement": "Uden refusion",
    NOT_ENTERED: "Refusion ikke kendt",
}
UNKNOWN = "Ukendt målgruppe"


class CostShare(NamedTuple):
    """The courses and cost (øre) of one team, group or mentor type (andel). `chosen` is the filter in its address."""

    label: str
    chosen: str
    courses: int
    granted: int
    delivered: int
    invoiced: int
    months: tuple[int, ...]


class Split(NamedTuple):
    """The same total split in parts (fordeling)."""

    title: str
    parts: list[CostShare]


class RefundLine(NamedTuple):
    """The refund of one kind of cost (refusion), in øre: granted, delivered, billed, billed that counts, refund."""

    label: str
    kind: str
    rate_percent: int
    granted: int
    delivered: int
    invoiced: int
    refunded_base: int
    refund: int

    @property
    def own_cost(self) -> int:
        """Return the own cost (egen udgift): what is billed and the state does not pay."""
        return self.invoiced - self.refund

    @property
    def is_known(self) -> bool:
        """Tell whether the rate is known (sats).

        It is not where the law of the days is not entered; the refund is then 0.
        """
        return self.kind != NOT_ENTERED


class BudgetMonth(NamedTuple):
    """A month of the table (måned): øre delivered, the sum since 1 January, and the expected sum of months not over."""

    first: date
    delivered: int
    total: int
    granted: int
    expected: Band | None


@dataclass(frozen=True)
class Cockpit:
    """The frame page of one year (rammens side), or of the local budgets where the law has no frame; amounts in øre.

    `frame` is None where the year's frame is not set; `budgets` are all teams of a year without one, and `team` is the
    one the page is about. `expected_refund` is the state's share of what is expected at year end, at the rates of the
    year; None where a rate is not known.
    """

    year: int
    on: date
    kind: str
    frame: Frame | None
    budgets: list[TeamBudget]
    team: TeamBudget | None
    courses: int
    granted: int
    delivered: int
    invoiced: int
    actual: list[tuple[date, int]]
    expected: Expected
    used_up: tuple[date | None, date | None, date | None]
    expected_refund: int | None
    months: list[BudgetMonth]
    refunds: list[RefundLine]
    splits: list[Split]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the frames of the year (rammer), none where the law of the year has no frame."""
        return kinds_of(self.year)

    @property
    def limit(self) -> int | None:
        """Return the year's amount (beløb): the frame's, the team's budget, or that of all teams; None if not set."""
        if self.kinds:
            return self.frame.amount if self.frame else None
        return _amount_of(self.budgets, self.team)

    @property
    def lead(self) -> str:
        """Return the frame's name and law (ramme), or whose local budget it is."""
        if self.kinds:
            return f"{FRAME_NAMES[self.kind]}, {ACTS[self.kind]}. Alle teams"
        return f"Kommunens eget budget. {self.team.team if self.team else 'Alle teams'}"

    @property
    def in_frame(self) -> RefundLine | None:
        """Return the refund within the frame (refusion), all rates together; without a frame all that is spent."""
        lines = [line for line in self.refunds if line.kind == self.kind or not self.kinds]
        if not lines:
            return None
        return RefundLine(
            label=lines[0].label,
            kind=self.kind if all(line.is_known for line in lines) else NOT_ENTERED,
            rate_percent=max(line.rate_percent for line in lines),
            granted=sum(line.granted for line in lines),
            delivered=sum(line.delivered for line in lines),
            invoiced=sum(line.invoiced for line in lines),
            refunded_base=sum(line.refunded_base for line in lines),
            refund=sum(line.refund for line in lines),
        )

    @property
    def curve(self) -> list[Band]:
        """Return the expected part of the curve (kurve) from today on, nothing where the year is over."""
        return self.expected.points if len(self.expected.points) > 1 else []

    @property
    def at_year_end(self) -> Band:
        """Return the expectation at the end of the year (årets slut)."""
        return self.expected.at_year_end


def cockpit(session: Session, *, year: int, actor: Actor, asked: str | None = None, team: str | None = None) -> Cockpit:
    """Return the frame page of a year for all teams (rammens side), without persons. `asked` is the kind of frame.

    A year without a frame shows the local budgets instead, all together or that of a `team` by its public id.
    """
    kind = chosen_kind(year, asked)
    budgets = [] if kinds_of(year) else list_budgets(session, year=year)
    one = next((budget for budget in budgets if budget.team_public_id == team), None)
    rows = [row for row in session.execute(_SUMS, {"year": year}) if one is None or row.team_id == one.team_public_id]
    frames = {found.kind: found for found in session.scalars(_FRAMES, {"year": year})}
    frame = frames.get(kind)
    inside = [row for row in rows if row.frame_kind == kind or not kinds_of(year)]
    until = min(max(actor.day, date(year, 1, 1)), date(year, 12, 31))
    months = seen(inside)
    expected = expect(year, until=until, months=months, before=year_before(session, year, kind, team if one else None))
    audit.record(session, by=actor.user, action="frame.read", subject="frame", subject_id=str(year))
    refunds = _refunds(year, rows, {found.kind: found.amount for found in frames.values()})
    limit = _amount_of(budgets, one) if budgets else frame.amount if frame else None
    return Cockpit(
        year=year,
        on=until,
        kind=kind,
        frame=frame,
        budgets=budgets,
        team=one,
        courses=sum(row.entered for row in inside),
        granted=sum(month.granted for month in months),
        delivered=sum(month.delivered for month in months),
        invoiced=sum(row.invoiced for row in inside),
        actual=running_totals(year, [month.delivered for month in months], until=until),
        expected=expected,
        used_up=_days_used_up(expected, months, limit, until),
        expected_refund=_expected_refund(expected, frame, [line for line in refunds if line.kind == kind])
        if kinds_of(year)
        else _refund_without_frame(expected, refunds),
        months=_months(year, months, expected, until),
        refunds=refunds,
        splits=_splits(inside, groups_on(date(year, 12, 31))),
    )


def _amount_of(budgets: Sequence[TeamBudget], team: TeamBudget | None) -> int | None:
    """Return a team's budget, or the sum of all teams' budgets; None where no team has one."""
    amounts = [one.amount for one in ([team] if team else budgets) if one.amount is not None]
    return sum(amounts) if amounts else None


_FRAMES = select(Frame).where(Frame.year == bindparam("year"), Frame.team_id.is_(None))
_SUMS = (
    select(
        MonthSum.month,
        MonthSum.frame_kind,
        MonthSum.rate_percent,
        Team.name.label("team"),
        Team.public_id.label("team_id"),
        MonthSum.group_number,
        MonthSum.mentor_type,
        *(getattr(MonthSum, name) for name in FIGURES),
    )
    .join(Team, Team.id == MonthSum.team_id)
    .where(MonthSum.year == bindparam("year"))
)


def _days_used_up(
    expected: Expected, months: Sequence[Seen], limit: int | None, until: date
) -> tuple[date | None, date | None, date | None]:
    """Return the earliest, expected and latest day the amount is used up; one day where it has happened."""
    if limit is None:
        return None, None, None
    past = day_reached(running_totals(until.year, [month.delivered for month in months], until=until), limit)
    return (past, past, past) if past else expected.used_up(limit)


def _expected_refund(expected: Expected, frame: Frame | None, refunds: Sequence[RefundLine]) -> int:
    rate = max((line.rate_percent for line in refunds), default=0)
    base = min(expected.at_year_end.middle, frame.amount if frame else 0)
    return percent_half_away(base, Decimal(rate) / 100)


def _refund_without_frame(expected: Expected, refunds: Sequence[RefundLine]) -> int | None:
    """Return the state's share of what is expected, at the mean rate of what is granted; None where one is unknown."""
    granted = sum(line.granted for line in refunds)
    if not all(line.is_known for line in refunds):
        return None
    shares = sum(line.granted * line.rate_percent for line in refunds)
    return divide_half_away(expected.at_year_end.middle * shares, 100 * granted) if granted else 0


def _months(year: int, months: Sequence[Seen], expected: Expected, until: date) -> list[BudgetMonth]:
    """Return the twelve months with the sum so far and what is expected of those not over."""
    ahead = {band.day.month: band for band in expected.points if band.day > until}
    rows, total = [], 0
    for number, month in enumerate(months, 1):
        total += month.delivered
        rows.append(BudgetMonth(date(year, number, 1), month.delivered, total, month.granted, ahead.get(number)))
    return rows


def _refunds(year: int, rows: Sequence[Any], room: dict[str, int]) -> list[RefundLine]:
    """Return the refund by kind and rate: the rate of min(billed, frame), of all that is billed without a frame.

    `room` is the amount of each frame of the year; a frame that is not set holds nothing.
    """
    sums: dict[tuple[str, int], list[int]] = {}
    for _, kind, rate, _, _, _, _, granted, delivered, invoiced, *_ in rows:
        found = sums.setdefault((kind, rate), [0, 0, 0])
        found[0] += granted
        found[1] += delivered
        found[2] += invoiced
    refunds = []
    for (kind, rate), (granted, delivered, invoiced) in sorted(sums.items()):
        base = invoiced * (rate > 0)
        if kind in FRAME_NAMES:
            base = min(invoiced, room.get(kind, 0))
            room[kind] = room.get(kind, 0) - base
        refund = percent_half_away(base, Decimal(rate) / 100)
        label = COST_KINDS.get(kind, kind) if kinds_of(year) else kind_words(kind, year)
        refunds.append(RefundLine(label, kind, rate, granted, delivered, invoiced, base, refund))
    return refunds


def _splits(rows: Sequence[Any], names: Mapping[int, str]) -> list[Split]:
    """Return the totals by team, by target group at the agreement and by mentor type, in one pass over the sums."""
    teams: dict[tuple[str, str], list[int]] = {}
    groups: dict[int, list[int]] = {}
    types: dict[str, list[int]] = {}
    for month, _, _, team, team_id, group, mentor_type, granted, delivered, invoiced, _, entered, *_ in rows:
        by_team = teams.setdefault((team, team_id), [0] * 16)
        by_team[3 + month] += delivered
        for found in (
            by_team,
            groups.setdefault(group, [0] * 4),
            types.setdefault(mentor_type, [0] * 4),
        ):
            found[0] += entered
            found[1] += granted
            found[2] += delivered
            found[3] += invoiced
    return [
        Split("Team", _parts((name, f"&team={key}", found) for (name, key), found in teams.items())),
        Split("Målgruppe ved aftalen", _parts((*_group(number, names), found) for number, found in groups.items())),
        Split(
            "Mentortype",
            _parts((MENTOR_TYPES.get(code, code), f"&mentor_type={code}", found) for code, found in types.items()),
        ),
    ]


def _parts(sums: Iterable[tuple[str, str, list[int]]]) -> list[CostShare]:
    """Return one part for each name, the most expensive first."""
    parts = [
        CostShare(name, chosen, found[0], found[1], found[2], found[3], tuple(found[4:]))
        for name, chosen, found in sums
    ]
    return sorted(parts, key=lambda part: (-part.granted, part.label))


def _group(number: int, names: Mapping[int, str]) -> tuple[str, str]:
    """Return the name of a target group in the law of the year, and what its address asks for."""
    return names.get(number, UNKNOWN), f"&group={'ukendt' if number == UNKNOWN_GROUP else number}"
