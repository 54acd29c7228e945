"""The forecast of the mentor corps (prognose): two years read once, twelve weeks ahead by area and skill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.matching import plan_acceptance
from jobcenter_mentor.casework.matching.corps_capacity import MentorLoad, active_mentors, load_of
from jobcenter_mentor.casework.matching.models import MatchPlan
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.forecast.available_hours import LOOK_BACK, ForecastMentor
from jobcenter_mentor.domain.forecast.corps_hours import HORIZON, KINDS, ForecastFigure, Outlook, OutlookWeek
from jobcenter_mentor.domain.forecast.rates import ForecastCourse, Span
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.needs import BARRIERS
from jobcenter_mentor.domain.matching.criteria import barriers_met
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

__all__ = ["GROUPS", "KINDS", "forecast", "week"]
GROUPS = {"area": "Område", "language": "Sprog", "competence": "Kompetence"}


@dataclass(frozen=True)
class CorpsPart:
    """A part of the corps: an area, a language or a competence, and its weeks; "" is the whole corps.

    `kind` is a code of `GROUPS`. `extra` is what one more hour of it is worth to those who wait, by the last plan.
    """

    key: str
    kind: str
    name: str
    weeks: Sequence[OutlookWeek]
    extra: int

    @property
    def group(self) -> str:
        """Return the group: area, language or competence."""
        return GROUPS.get(self.kind, "")


@dataclass(frozen=True)
class Forecast:
    """The forecast (prognose): the chosen part in all weeks, and every part now, in four and in twelve weeks.

    It has the rates and the last plan too.
    """

    chosen: CorpsPart
    parts: Sequence[CorpsPart]
    outlook: Outlook
    plan: MatchPlan | None

    @property
    def lacking(self) -> list[CorpsPart]:
        """Return the parts that lack hours in one of their weeks, the chosen one first."""
        parts = (self.chosen, *self.parts)
        return [part for part in parts if any(week.scarcity(part.extra) == "short" for week in part.weeks)]


@dataclass(frozen=True)
class NamedForecastLine:
    """A line with a name: case number or mentor, the address of its page, minutes and part of one."""

    kind: str
    name: str
    public_id: str
    minutes: int
    number: float


@dataclass(frozen=True)
class ForecastWeekLines:
    """The lines of a week: what its capacity and demand are made of."""

    part: CorpsPart
    week: OutlookWeek
    capacity: Sequence[NamedForecastLine]
    demand: Sequence[NamedForecastLine]


@dataclass(frozen=True)
class _Row:
    """A course as it is read: what the forecast needs of it, and its name."""

    course: ForecastCourse
    case_number: str
    public_id: str


def forecast(session: Session, *, trait: str = "", actor: Actor) -> Forecast:
    """Return the forecast of a part; four statements, whatever the number of courses and mentors."""
    outlook, _, _ = _outlook(session, actor=actor)
    plan = plan_acceptance.find_last(session, by=actor.user)
    extra = _extra(plan)
    parts = [_part(outlook, key, extra, ahead=(0, 4, HORIZON)) for key in _traits(outlook, trait)]
    return Forecast(_part(outlook, trait, extra), [part for part in parts if _is_used(part)], outlook, plan)


def week(session: Session, number: int, *, trait: str = "", actor: Actor) -> ForecastWeekLines:
    """Return the lines of one week's figures, where 0 is this week; the look is logged for the citizens."""
    outlook, rows, mentors = _outlook(session, actor=actor)
    if not 0 <= number <= HORIZON:
        raise NotFound("Prognosen går 12 uger frem.")
    _traits(outlook, trait)
    part = _part(outlook, trait, _extra(plan_acceptance.find_last(session, by=actor.user)), ahead=(number,))
    found = part.weeks[0]
    courses = {row.course.key: (row.case_number, row.public_id) for row in rows}
    helpers = {mentor.id: (mentor.name, mentor.public_id) for mentor in mentors}
    citizens = {row.course.key: row.course.citizen for row in rows}
    shown = {citizens[line.key] for line in found.demand.lines if line.key}
    audit.record(session, by=actor.user, action="match.outlook", subject="grant", citizens=sorted(shown))
    return ForecastWeekLines(part, found, _told(found.capacity, helpers), _told(found.demand, courses))


def _traits(outlook: Outlook, wanted: str) -> list[str]:
    """Return the areas and skills there are; a requested one that does not exist is not found."""
    traits: set[str] = set()
    traits.update(*(helper.traits for helper in outlook.helpers), *(course.traits for course in outlook.courses))
    if wanted and wanted not in traits:
        raise NotFound("Prognosen har ikke den del af mentorkorpset.")
    return sorted(traits, key=_place)


def _place(key: str) -> tuple[int, str]:
    kind, _, name = key.partition(":")
    return list(GROUPS).index(kind), name


def _extra(plan: MatchPlan | None) -> dict[str, int]:
    """Return what the bottlenecks of a plan are worth beyond any hour, by part."""
    rows = plan.findings.get("bottlenecks", []) if plan else []
    return {trait: row["extra"] for row in reversed(rows) for trait in row.get("traits", [])}


def _part(outlook: Outlook, key: str, extra: dict[str, int], *, ahead: Iterable[int] = range(HORIZON + 1)) -> CorpsPart:
    kind, _, name = key.partition(":")
    words = BARRIERS[name] if kind == "competence" else name[:1].upper() + name[1:]
    return CorpsPart(key, kind, words or "Hele mentorkorpset", outlook.weeks(key, ahead=ahead), extra.get(key, 0))


def _is_used(part: CorpsPart) -> bool:
    """Tell whether there is anything to show: need in any of the weeks, or hours for a skill.

    An area may be in nobody's address.
    """
    return any(week.demand.middle or (part.kind != "area" and week.capacity.middle) for week in part.weeks)


def _told(figure: ForecastFigure, names: dict[int, tuple[str, str]]) -> list[NamedForecastLine]:
    """Put names to the lines, the largest first within each kind; estimates have none."""
    kinds = list(KINDS)
    rows = [
        NamedForecastLine(line.kind, *names.get(line.key, ("", "")), line.minutes, line.number) for line in figure.lines
    ]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), -row.minutes, row.name))


def _outlook(session: Session, *, actor: Actor) -> tuple[Outlook, list[_Row], Sequence[Mentor]]:
    """Read the courses and the corps of the user's scope."""
    since, last = actor.day - timedelta(weeks=LOOK_BACK + 1), actor.day + timedelta(weeks=HORIZON + 1)
    mentors = session.scalars(active_mentors(by=actor.user, first=since, last=last).order_by(Mentor.id)).all()
    loads = load_of(session, since, last)
    helpers = [_helper(mentor, loads.get(mentor.id, MentorLoad()), since, last) for mentor in mentors]
    rows = _courses(session, since, sorted({mentor.area for mentor in mentors if mentor.area}), actor=actor)
    return Outlook([row.course for row in rows], helpers, actor.day), rows, mentors


def _helper(mentor: Mentor, load: MentorLoad, since: date, last: date) -> ForecastMentor:
    """Return a mentor for the forecast: hours end with the mentor's last day; absences are cut to the days read."""
    end = mentor.active_to
    hours = [row if end is None else replace(row, last=min(row.last or end, end)) for row in load.hours]
    traits = {f"language:{word}" for word in load.skills["language"] if word != "dansk"}
    traits |= {f"competence:{code}" for code in barriers_met(load.skills["competence"])}
    traits |= {f"competence:{code}" for code in load.skills["experience"]}
    if mentor.area:
        traits.add(f"area:{mentor.area}")
    away = tuple(replace(row, first=max(row.first, since), last=min(row.last, last)) for row in load.away)
    kept = tuple(row for row in hours if row.last is None or row.last >= row.first)
    return ForecastMentor(mentor.id, kept, away, frozenset(traits), end)


def _courses(session: Session, since: date, areas: Sequence[str], *, actor: Actor) -> list[_Row]:
    """Read the courses decided by today that ran some day since, with what they ask for; one statement."""
    statement = (
        select(
            Grant.id,
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Grant.ended_on,
            Grant.place_share,
            func.coalesce(Grant.decided_on, Grant.start).label("decided"),
            GrantPeriod.first_day,
            GrantPeriod.last_day,
            GrantPeriod.minutes_per_week,
            Referral.wished_language,
            Referral.barriers,
            Citizen.address,
            Citizen.protected,
        )
        .join(GrantPeriod, GrantPeriod.grant_id == Grant.id)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .outerjoin(Referral, Referral.id == Grant.referral_id)
        .where(Grant.last_day >= since)
        .order_by(Grant.id, GrantPeriod.first_day)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    rows: Iterable[Row[Any]] = session.execute(visible(statement, Grant, actor.user, "match.read", actor.day))
    for row in rows:
        found[row.id].append(row)
    return [_course(rows, areas, actor.day) for rows in found.values()]


def _course(rows: Sequence[Row[Any]], areas: Sequence[str], on: date) -> _Row:
    """Return a course for the forecast; a place of 1/n asks for its share of the hours."""
    first = rows[0]
    spans = tuple(Span(row.first_day, row.last_day, row.minutes_per_week / row.place_share) for row in rows)
    stopped = first.ended_on is not None and first.ended_on <= on
    place = "" if first.protected else first.address.casefold()
    traits = {f"area:{area}" for area in areas if area.casefold() in place}
    traits |= {f"competence:{code}" for code in first.barriers or () if code in BARRIERS}
    if (language := (first.wished_language or "").casefold()) and language != "dansk":
        traits.add(f"language:{language}")
    course = ForecastCourse(first.id, first.citizen_id, first.decided, spans, stopped, frozenset(traits))
    return _Row(course, first.case_number, first.public_id)
