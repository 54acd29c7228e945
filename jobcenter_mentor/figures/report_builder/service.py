"""Answer a question to the report builder (rapportbygger): what is counted, how it is split, which months and team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import month_of
from jobcenter_mentor.figures.report_builder.models import SavedReport
from jobcenter_mentor.figures.reports.month_counts import (
    FULL_WEEK,
    Cells,
    ReportMonth,
    cells_of,
    course_months,
    last_finished_month,
    months_between,
)
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import teams_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

ACTION = "statistics.read"
MOST_MONTHS = 36


@dataclass(frozen=True)
class Measure:
    """A measure (mål): its name, the kind of its figures (as in `workbook`) and what it means."""

    name: str
    kind: str
    meaning: str


MEASURES = {
    "citizens": Measure("Borgere", "decimal", "Borgere med et forløb i måneden; flere måneder i gennemsnit."),
    "courses": Measure("Forløb", "decimal", "Forløb med mindst én dag i måneden; flere måneder i gennemsnit."),
    "granted": Measure("Timer bevilget", "hours", "Bevilgede timer pr. uge gange dage i måneden delt med 7."),
    "held": Measure("Timer leveret", "hours", "Timer i logbogens afholdte møder."),
    "cost": Measure("Udgift", "kroner", "Leverede timer gange timeprisen; en pladsmentor deles mellem pladserne."),
    "full_time": Measure("Fuldtidspersoner", "decimal", "Bevilgede timer pr. uge gange dage, delt med dage gange 37."),
    "meetings": Measure("Møder", "whole", "Afholdte møder og andre kontakter i logbogen."),
    "absences": Measure("Udeblivelser og aflysninger", "whole", "Aftaler i logbogen, der ikke blev afholdt."),
}
SPLITS = {
    "group": "Målgruppe",
    "mentor_type": "Mentortype",
    "age": "Aldersgruppe",
    "team": "Team",
    "month": "Måned",
    "year": "År",
}


@dataclass(frozen=True)
class ReportQuestion:
    """The question (spørgsmål): `first` and `last` are first days of months; `team` None is all teams in reach."""

    measure: str
    split: str
    first: date
    last: date
    team: int | None = None


@dataclass(frozen=True)
class ReportLine:
    """A line (linje): the figure in the unit of the measure, None where hidden.

    `away` is how many months are left out.
    """

    label: str
    value: float | None
    away: int


@dataclass(frozen=True)
class Built:
    """The answer (svar): the lines and all together. The workbook shows `made_by` and `made_on`."""

    question: ReportQuestion
    lines: list[ReportLine]
    total: ReportLine
    made_by: str
    made_on: date


def list_teams(session: Session, *, actor: Actor) -> dict[int, str]:
    """Return the teams that the reader may choose (teams)."""
    reach = teams_on(actor.user, ACTION, on=actor.day)
    teams = session.scalars(select(Team).order_by(Team.sort_key, Team.id))
    return {team.id: team.name for team in teams if reach is None or team.id in reach}


def build(session: Session, question: ReportQuestion, *, actor: Actor) -> Built:
    """Build the report (rapport) and log it. Raises ValidationFailed at the field."""
    check(question, actor.day)
    teams, reach = list_teams(session, actor=actor), teams_on(actor.user, ACTION, on=actor.day)
    whole = reach is None or bool(reach)
    team = question.team
    if reach and team not in teams:
        team = next(iter(teams), None)
    months, end = months_between(question.first, question.last), month_of(question.last.year, question.last.month).last
    rows = course_months(session, question.first, end, by=None if whole else actor.user, on=actor.day)
    by_month = {month: [row for row in rows if row.month == month] for month in months}
    cells = {month: cells_of(of_month) for month, of_month in by_month.items() if of_month}
    asked = _Asked(MEASURES[question.measure], question.measure, months, by_month, cells, team)
    lines = _lines(asked, question.split, teams)
    detail = {"measure": question.measure, "split": question.split, "team": team}
    audit.record(session, by=actor.user, action=ACTION, subject="report", subject_id="byg", detail=detail)
    return Built(question, lines, asked.line("I alt", months), actor.user.full_name, actor.day)


def check(question: ReportQuestion, on: date) -> None:
    """Refuse a question that can't be asked. Raises ValidationFailed at the field."""
    errors: dict[str, Sequence[str]] = {}
    if question.measure not in MEASURES:
        errors["maal"] = ["Vælg, hvad der skal tælles."]
    if question.split not in SPLITS:
        errors["opdeling"] = ["Vælg en opdeling."]
    if question.last < question.first:
        errors["til"] = ["Slutmåneden ligger før startmåneden."]
    elif len(months_between(question.first, question.last)) > MOST_MONTHS:
        errors["til"] = ["Perioden er længere end tre år."]
    elif question.last > last_finished_month(on):
        errors["til"] = ["Vælg en måned, der er slut."]
    if errors:
        raise ValidationFailed("Rapporten kan ikke laves.", errors=errors)


def save(session: Session, title: str, question: ReportQuestion, *, actor: Actor) -> SavedReport:
    """Save the report for the user's team (gem). Without a team, those who reach the whole municipality share it."""
    check(question, actor.day)
    if not title.strip():
        raise ValidationFailed("Skriv et navn til rapporten.", errors={"title": ["Skriv et navn til rapporten."]})
    reach = teams_on(actor.user, ACTION, on=actor.day)
    row = SavedReport(
        title=title.strip(),
        measure=question.measure,
        split=question.split,
        first=question.first,
        last=question.last,
        filter_team_id=question.team,
        team_id=reach[0] if reach else None,
        made_by_id=actor.user.id,
    )
    session.add(row)
    session.flush()
    audit.record(session, by=actor.user, action="report.add", subject="report", subject_id=row.public_id)
    return row


def list_saved(session: Session, *, actor: Actor) -> list[SavedReport]:
    """Return the saved reports of the team (gemte rapporter), by name."""
    statement = select(SavedReport).order_by(SavedReport.title, SavedReport.id)
    return list(session.scalars(visible(statement, SavedReport, actor.user, ACTION, actor.day)))


def get_saved(session: Session, public_id: str, *, actor: Actor) -> ReportQuestion:
    """Return the question of a saved report (gemt rapport). Raises NotFound."""
    found = _saved(session, public_id, actor)
    return ReportQuestion(found.measure, found.split, found.first, found.last, found.filter_team_id)


def remove(session: Session, public_id: str, *, actor: Actor) -> None:
    """Delete a saved report (slet), which only its maker may. Raises NotFound, NotAllowed."""
    found = _saved(session, public_id, actor)
    if found.made_by_id != actor.user.id:
        raise NotAllowed("Kun den, der har gemt rapporten, kan slette den.")
    lock(session, found)
    session.delete(found)
    audit.record(session, by=actor.user, action="report.remove", subject="report", subject_id=public_id)


def _saved(session: Session, public_id: str, actor: Actor) -> SavedReport:
    statement = select(SavedReport).where(SavedReport.public_id == public_id)
    found = session.scalar(visible(statement, SavedReport, actor.user, ACTION, actor.day))
    if found is None:
        raise NotFound("Rapporten findes ikke.")
    return found


@dataclass(frozen=True)
class _Asked:
    """A question with the rows that answer it."""

    measure: Measure
    code: str
    months: list[date]
    by_month: dict[date, list[ReportMonth]]
    cells: dict[date, Cells]
    team: int | None

    def line(self, label: str, months: list[date], dimension: str = "group", name: str | None = None) -> ReportLine:
        """Return one line of the months: the figure of those that may be shown, and how many are left out."""
        return self.line_of(label, months, dimension, name, self.team)

    def line_of(self, label: str, months: list[date], dimension: str, name: str | None, team: int | None) -> ReportLine:
        """Return one line of a team."""
        told = [month for month in months if not self._hidden(month, dimension, name, team)]
        rows = [row for month in told for row in self.by_month[month] if _belongs(row, dimension, name, team)]
        away = len(months) - len(told)
        if not told or (away and not rows):
            return ReportLine(label, None, away)
        return ReportLine(label, _figure(self.code, rows, told), away)

    def _hidden(self, month: date, dimension: str, name: str | None, team: int | None) -> bool:
        return month in self.cells and self.cells[month].is_hidden(dimension, name, team)


def _lines(asked: _Asked, split: str, teams: dict[int, str]) -> list[ReportLine]:
    """Return the lines of a split; a group without people in the whole period has none."""
    months = asked.months
    if split == "month":
        return [asked.line(f"{month:%m-%Y}", [month]) for month in months] if any(asked.by_month.values()) else []
    if split == "year":
        years = sorted({month.year for month in months if asked.by_month[month]})
        return [asked.line(str(year), [month for month in months if month.year == year]) for year in years]
    rows = [row for month in months for row in asked.by_month[month] if _belongs(row, split, None, asked.team)]
    if split == "team":
        there = {row.team_id for row in rows}
        chosen = {key: name for key, name in teams.items() if key in there}
        return [asked.line_of(name, months, "group", None, key) for key, name in chosen.items()]
    names = sorted({getattr(row, split) for row in rows})
    return [asked.line(name, months, split, name) for name in names]


def _belongs(row: ReportMonth, dimension: str, name: str | None, team: int | None) -> bool:
    return (team is None or row.team_id == team) and (name is None or getattr(row, dimension) == name)


def _figure(code: str, rows: list[ReportMonth], months: list[date]) -> float:
    """Return the figure of some rows: a sum, or for people, courses and full-time persons a mean of the months."""
    averages: dict[str, Callable[[], float]] = {
        "citizens": lambda: len({(row.month, row.citizen_id) for row in rows}) / len(months),
        "courses": lambda: len(rows) / len(months),
        "full_time": lambda: sum(row.used for row in rows) / (_days(months) * FULL_WEEK),
    }
    return averages[code]() if code in averages else sum(getattr(row, code) for row in rows)


def _days(months: list[date]) -> int:
    return sum((month_of(month.year, month.month).last - month).days + 1 for month in months)
