"""Rammen i tal: the year's frame, granted and delivered cost, refund and own cost, and where it is heading."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.claims.lines import Line, LineFilter, list_lines
from jobcenter_mentor.domain.forecast import day_reached, expected_totals, planned_by_month, running_totals
from jobcenter_mentor.domain.money import percent_half_away
from jobcenter_mentor.domain.target_groups import GROUPS, MENTOR_TYPES
from jobcenter_mentor.frames.models import Frame
from jobcenter_mentor.frames.service import find_frame
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.meetings.models import Meeting

PROOF_DAYS = 28
"""A running course without a held meeting in so many days lacks proof of delivery."""

COST_KINDS = {
    "mentor_2014": "I mentorrammen",
    "none_unlimited": "Refusion uden ramme",
    "no_reimbursement": "Uden refusion",
    "law_not_entered": "Loven er ikke lagt ind",
}


@dataclass(frozen=True)
class Part:
    """Andel: courses and cost (øre) of one team, group or mentor type; `chosen` opens the lines behind it."""

    label: str
    courses: int
    granted: int
    delivered: int
    chosen: dict[str, Any]


@dataclass(frozen=True)
class Split:
    """Fordeling: the same total, split in parts."""

    title: str
    parts: list[Part]


@dataclass(frozen=True)
class RefundLine:
    """Refusion af én slags udgift: delivered cost, the part within the frame, refund and own cost, in øre."""

    label: str
    kind: str
    rate_percent: int
    granted: int
    delivered: int
    refunded_base: int
    refund: int

    @property
    def own_cost(self) -> int:
        """Egen udgift: what the state does not pay."""
        return self.delivered - self.refund


@dataclass(frozen=True)
class Month:
    """Måned: delivered, delivered since 1 January, and planned for the days that are left; øre."""

    first: date
    delivered: int
    total: int
    planned: int


@dataclass(frozen=True)
class Cockpit:
    """Rammens side for ét år; amounts in øre. `frame` is None where nobody has set the year's frame."""

    year: int
    on: date
    frame: Frame | None
    courses: int
    granted: int
    covered: int
    beyond: int
    delivered: int
    expected: int
    used_up: date | None
    actual_points: list[tuple[date, int]]
    expected_points: list[tuple[date, int]]
    months: list[Month]
    refunds: list[RefundLine]
    splits: list[Split]

    @property
    def expected_curve(self) -> list[tuple[date, int, int, int]]:
        """Forventet som kurven tegner det: low, middle and high are one, for the line claims no band."""
        points = [self.actual_points[-1], *self.expected_points]
        return [(day, total, total, total) for day, total in points] if self.expected_points else []

    @property
    def in_frame(self) -> RefundLine | None:
        """Refusionslinjen inden for rammen."""
        return next((line for line in self.refunds if line.kind == "mentor_2014"), None)


@dataclass(frozen=True)
class Unproven:
    """Uden leveringsbevis: a running course without a held meeting for a while; `last_met` None where never met."""

    public_id: str
    case_number: str
    mentor: str
    last_met: date | None


def cockpit(session: Session, *, year: int, by: User, on: date) -> Cockpit:
    """Rammens side for et år, for all teams; no person is shown."""
    lines = list_lines(session, year=year)
    frame = find_frame(session, year=year, kind="mentor_2014")
    inside = [line for line in lines if line.frame_kind == "mentor_2014"]
    until = min(max(on, date(year, 1, 1)), date(year, 12, 31))
    delivered = [sum(line.months[number] for line in inside) for number in range(12)]
    planned = planned_by_month((c for line in inside for c in line.commitments), year=year, after=until)
    actual = running_totals(year, delivered, until=until)
    expected = expected_totals(actual[-1], planned)
    audit.record(session, by=by, action="frame.read", subject="frame", subject_id=str(year))
    return Cockpit(
        year=year,
        on=until,
        frame=frame,
        courses=len(inside),
        granted=sum(line.granted for line in inside),
        covered=sum(line.covered for line in inside),
        beyond=sum(line.beyond for line in inside),
        delivered=actual[-1][1],
        expected=expected[-1][1] if expected else actual[-1][1],
        used_up=day_reached([*actual, *expected], frame.amount) if frame else None,
        actual_points=actual,
        expected_points=expected,
        months=_months(year, delivered, planned),
        refunds=_refunds(lines, frame),
        splits=_splits(inside),
    )


def list_unproven(session: Session, *, by: User, on: date) -> list[Unproven]:
    """Return the running courses in the reader's scope that nobody has logged a held meeting on for four weeks."""
    since = on - timedelta(days=PROOF_DAYS)
    held = (Meeting.grant_id == Grant.id, Meeting.held.is_(True), Meeting.corrected.is_(False))
    last_met = select(func.max(Meeting.met_on)).where(*held).scalar_subquery()
    statement = (
        select(Grant, last_met)
        .where(
            Grant.start <= since,
            func.coalesce(Grant.ended_on, Grant.last_day) >= on,
            ~exists().where(*held, Meeting.met_on > since),
        )
        .order_by(last_met, Grant.case_number)
    )
    found = session.execute(visible(statement, Grant, by, "grant.read", on)).all()
    citizens = [grant.citizen_id for grant, _ in found]
    audit.record(session, by=by, action="grant.read", subject="unproven", citizens=citizens)
    return [Unproven(g.public_id, g.case_number, g.mentor.name if g.mentor else "", met) for g, met in found]


def chosen_lines(asked: dict[str, str]) -> LineFilter:
    """Read which lines an address asks for; what can't be read asks for nothing."""
    number = {key: int(asked[key]) for key in ("group", "month") if asked.get(key, "").isdecimal()}
    month = number.get("month")
    return LineFilter(
        frame_kind=asked.get("kind", ""),
        team=asked.get("team", ""),
        group=number.get("group"),
        mentor_type=asked.get("mentor_type", ""),
        month=month if month in range(1, 13) else None,
        beyond_only="beyond" in asked,
    )


def _months(year: int, delivered: Sequence[int], planned: Sequence[int]) -> list[Month]:
    """Return the twelve months with the sum so far."""
    return [Month(date(year, n + 1, 1), delivered[n], sum(delivered[: n + 1]), planned[n]) for n in range(12)]


def _refunds(lines: Sequence[Line], frame: Frame | None) -> list[RefundLine]:
    """Return the refund by kind and rate: the rate of min(delivered, frame), of all where no frame applies."""
    sums: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for line in lines:
        sums[line.frame_kind, line.rate_percent].update(granted=line.granted, delivered=line.delivered)
    room = frame.amount if frame else 0
    refunds = []
    for (kind, rate), total in sorted(sums.items()):
        base = min(total["delivered"], room) if kind == "mentor_2014" else total["delivered"] * (rate > 0)
        room -= base if kind == "mentor_2014" else 0
        refund = percent_half_away(base, Decimal(rate) / 100)
        label = COST_KINDS.get(kind, kind)
        refunds.append(RefundLine(label, kind, rate, total["granted"], total["delivered"], base, refund))
    return refunds


def _splits(lines: Sequence[Line]) -> list[Split]:
    """Return the totals by team, by target group at the agreement and by mentor type."""
    return [
        Split("Team", _parts(lines, lambda line: (line.team, {"team": line.team_id}))),
        Split("Målgruppe ved aftalen", _parts(lines, lambda line: (_group(line), {"group": line.group_number}))),
        Split(
            "Mentortype",
            _parts(
                lines,
                lambda line: (MENTOR_TYPES.get(line.mentor_type, line.mentor_type), {"mentor_type": line.mentor_type}),
            ),
        ),
    ]


def _parts(lines: Sequence[Line], name: Callable[[Line], tuple[str, dict[str, Any]]]) -> list[Part]:
    """Return one part for each name, the dearest first."""
    kept: dict[str, list[Line]] = defaultdict(list)
    chosen: dict[str, dict[str, Any]] = {}
    for line in lines:
        label, chosen_by = name(line)
        kept[label].append(line)
        chosen[label] = chosen_by
    parts = [
        Part(label, len(own), sum(o.granted for o in own), sum(o.delivered for o in own), chosen[label])
        for label, own in kept.items()
    ]
    return sorted(parts, key=lambda part: (-part.granted, part.label))


def _group(line: Line) -> str:
    """Return the name of a line's target group."""
    return GROUPS.get(line.group_number, "Ukendt målgruppe") if line.group_number is not None else "Ukendt målgruppe"
