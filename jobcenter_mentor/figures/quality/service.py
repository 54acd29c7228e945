"""Find the running courses with faulty data (datakvalitet), ranked by law and money, and their share over time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, insert, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.models import Agreement
from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants.models import Grant, SubCourse
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.kernel.periods import month_of, months_before
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.quality.checks import CHECKS, WEIGHT, Check, QualityCase, check_of, said_on
from jobcenter_mentor.figures.quality.models import QualityMonth
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import teams_on, within
from jobcenter_mentor.platform.audit import service as audit

ACTION = "quality.read"
MONTHS = 12
LOOKED_BACK = timedelta(days=90)
"""How far back held meetings count."""


@dataclass(frozen=True)
class QualityFinding:
    """The result of a check (fund): its cases, the refund reserved for them in øre, and the share month by month."""

    check: Check
    cases: list[QualityCase]
    refund: int
    looked_at: int
    shares: list[tuple[date, float]]

    @property
    def share(self) -> float:
        """Return the share of the running courses (andel), as a part of one."""
        return len(self.cases) / self.looked_at if self.looked_at else 0.0

    @property
    def curve(self) -> str:
        """Return the share over time as an SVG line (kurve) in a box of 120 by 28; its top is the highest share."""
        if len(self.shares) < 2:
            return ""
        top, step = max(share for _, share in self.shares) or 1, 116 / (len(self.shares) - 1)
        return " ".join(
            f"{2 + number * step:.1f},{26 - 24 * share / top:.1f}" for number, (_, share) in enumerate(self.shares)
        )

    @property
    def story(self) -> str:
        """Describe the curve in words (kurve): the first and last month and their shares."""
        if len(self.shares) < 2:
            return "Udviklingen vises, når der er tal for to måneder."
        (first, before), (last, now) = self.shares[0], self.shares[-1]
        return f"Fra {_percent(before)} i {first:%m.%Y} til {_percent(now)} i {last:%m.%Y}"


def overview(session: Session, *, actor: Actor, law: Law) -> list[QualityFinding]:
    """Return all checks within the user's reach (eftersyn), law before money, each by refund at risk and number."""
    cases = _cases(session, within(Grant, actor.user, ACTION, actor.day), actor.day)
    shares = _shares(session, teams_on(actor.user, ACTION, on=actor.day), actor.day)
    of_day = law.on(actor.day)
    findings = [_finding(said_on(check, of_day), cases, shares.get(check.code, []), actor.day) for check in CHECKS]
    audit.record(session, by=actor.user, action=ACTION, subject="report", subject_id="datakvalitet")
    return sorted(findings, key=lambda found: (WEIGHT[found.check.kind], -found.refund, -len(found.cases)))


def cases_of(session: Session, code: str, *, actor: Actor, law: Law) -> QualityFinding:
    """Return the courses of one check (eftersyn), the same rows as the count. Raises NotFound for an unknown code.

    Each person is logged.
    """
    check = check_of(code)
    if check is None:
        raise NotFound("Kontrollen findes ikke.")
    shares = _shares(session, teams_on(actor.user, ACTION, on=actor.day), actor.day).get(code, [])
    cases = _cases(session, within(Grant, actor.user, ACTION, actor.day), actor.day)
    found = _finding(said_on(check, law.on(actor.day)), cases, shares, actor.day)
    of_these = select(Grant.citizen_id).where(Grant.id.in_([case.id for case in found.cases]))
    citizens = sorted(set(session.scalars(of_these))) if found.cases else []
    audit.record(session, by=actor.user, action=ACTION, subject="report", subject_id=code, citizens=citizens)
    return found


def keep_months(session: Session, *, on: date) -> None:
    """Store the shares of the month (andele) for every team. Missing earlier months are worked out from the dates.

    Of an earlier month only the dates are those of that time; what is registered is what is known today.
    """
    kept = set(session.scalars(select(QualityMonth.month).distinct()))
    this = on.replace(day=1)
    session.execute(delete(QualityMonth).where(QualityMonth.month == this))
    for month in _months(this):
        if month == this or month not in kept:
            _keep_month(session, month, on if month == this else month_of(month.year, month.month).last)


def _keep_month(session: Session, month: date, day: date) -> None:
    """Count every check of every team on a day, and store it under the month."""
    by_team: dict[int, list[QualityCase]] = defaultdict(list)
    for case in _cases(session, None, day):
        by_team[case.team_id].append(case)
    rows = [
        {
            "month": month,
            "team_id": team,
            "code": check.code,
            "flawed": sum(check.is_wrong(case, day) for case in cases),
            "looked_at": len(cases),
        }
        for team, cases in by_team.items()
        for check in CHECKS
    ]
    if rows:
        session.execute(insert(QualityMonth), rows)


def _shares(session: Session, teams: list[int] | None, on: date) -> dict[str, list[tuple[date, float]]]:
    """Return the share of each check by month, in the reader's teams."""
    flawed, looked_at = func.sum(QualityMonth.flawed), func.sum(QualityMonth.looked_at)
    statement = (
        select(QualityMonth.code, QualityMonth.month, flawed, looked_at)
        .where(QualityMonth.month >= _months(on.replace(day=1))[0])
        .group_by(QualityMonth.code, QualityMonth.month)
        .order_by(QualityMonth.month)
    )
    if teams is not None:
        statement = statement.where(QualityMonth.team_id.in_(teams))
    found: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for code, month, wrong, count in session.execute(statement):
        found[code].append((month, int(wrong) / int(count) if count else 0.0))
    return found


def _finding(check: Check, cases: list[QualityCase], shares: list[tuple[date, float]], on: date) -> QualityFinding:
    wrong = [case for case in cases if check.is_wrong(case, on)]
    wrong.sort(key=lambda case: (-case.refund, case.case_number))
    return QualityFinding(check, wrong, sum(case.refund for case in wrong), len(cases), shares)


def _cases(session: Session, reach: ColumnElement[bool] | None, on: date) -> list[QualityCase]:
    """Return the courses that run on a day, with everything that is checked."""
    running = [Grant.start <= on, Grant.last_day >= on]
    if reach is not None:
        running.append(reach)
    statement = (
        select(*_COLUMNS)
        .select_from(Grant)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .outerjoin(Mentor, Mentor.id == Grant.mentor_id)
        .where(*running)
        .order_by(Grant.case_number, Grant.id)
    )
    rows = session.execute(statement).all()
    ids = select(Grant.id).where(*running)
    minutes = _by_grant(session, _MINUTES.where(SubCourse.grant_id.in_(ids)))
    refunds = _by_grant(session, _REFUND.where(Reservation.grant_id.in_(ids)))
    agreed = _by_grant(session, _AGREED.where(Agreement.grant_id.in_(ids)))
    unproved = _by_grant(
        session, _UNPROVED.where(Meeting.grant_id.in_(ids), Meeting.met_on > on - LOOKED_BACK, Meeting.met_on <= on)
    )
    double = _doubles(rows)
    return [
        _case(
            row,
            minutes.get(row.id, (0, 0)),
            refund=int(refunds.get(row.id, (0,))[0]) // 100,
            is_agreed=row.id in agreed,
            is_double=row.id in double,
            unproved=unproved.get(row.id, (0,))[0],
        )
        for row in rows
    ]


_COLUMNS = (
    Grant.id,
    Grant.public_id,
    Grant.case_number,
    Grant.team_id,
    Grant.citizen_id,
    Grant.form,
    Grant.start,
    Grant.last_day,
    Grant.goal,
    Grant.group_number,
    Grant.assessment_id,
    Grant.caseworker_id,
    Mentor.id.label("mentor_id"),
    Mentor.first_name.label("mentor_first"),
    Mentor.last_name.label("mentor_last"),
    Mentor.phone.label("mentor_phone"),
    Mentor.email.label("mentor_email"),
    Mentor.qualification,
    Citizen.first_name,
    Citizen.last_name,
    Citizen.phone,
    Citizen.email,
    Citizen.address,
    Citizen.protected,
)
_MINUTES = select(
    SubCourse.grant_id, func.min(SubCourse.minutes_per_week), func.max(SubCourse.minutes_per_week)
).group_by(SubCourse.grant_id)
_REFUND = select(Reservation.grant_id, func.sum(Reservation.covered * Reservation.rate_percent)).group_by(
    Reservation.grant_id
)
_AGREED = (
    select(Agreement.grant_id, func.count())
    .where(Agreement.jobcentre_accepted_on.is_not(None), Agreement.mentor_accepted_on.is_not(None))
    .where(Agreement.citizen_accepted_on.is_not(None) | (Agreement.citizen_absent_reason != ""))
    .group_by(Agreement.grant_id)
)
_UNPROVED = (
    select(Meeting.grant_id, func.count())
    .where(Meeting.held, ~Meeting.corrected, Meeting.note == "", cast(Meeting.topics, String) == "[]")
    .group_by(Meeting.grant_id)
)


def _by_grant(session: Session, statement: Any) -> dict[int, tuple[Any, ...]]:
    return {row[0]: tuple(row[1:]) for row in session.execute(statement)}


def _doubles(rows: Iterable[Any]) -> set[int]:
    """Return the courses whose citizen has another individual mentor on the same day."""
    individual: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.form == "individual":
            individual[row.citizen_id].append(row.id)
    return {grant for grants in individual.values() if len(grants) > 1 for grant in grants}


def _case(row: Any, minutes: tuple[int, ...], **found: Any) -> QualityCase:
    least, most = minutes
    mentor = f"{row.mentor_first} {row.mentor_last}".strip() if row.mentor_id is not None else None
    return QualityCase(
        id=row.id,
        public_id=row.public_id,
        case_number=row.case_number,
        team_id=row.team_id,
        citizen_id=row.citizen_id,
        initials=f"{row.first_name[:1]}.{row.last_name[:1]}.",
        start=row.start,
        last_day=row.last_day,
        least_minutes=least,
        most_minutes=most,
        goal=row.goal,
        group_number=row.group_number,
        is_assessed=row.assessment_id is not None,
        has_caseworker=row.caseworker_id is not None,
        mentor=mentor,
        mentor_contacts=(row.mentor_phone or "", row.mentor_email or ""),
        qualification=row.qualification or "",
        citizen=f"{row.first_name} {row.last_name}",
        citizen_contacts=(row.phone, row.email, row.address),
        is_protected=row.protected,
        **found,
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _months(this: date) -> list[date]:
    """Return the first days of the last twelve months, this one last."""
    return [months_before(this, ago) for ago in reversed(range(MONTHS))]
