"""The table of hours (timetabel): mentors by weeks with booked hours, who is away, whose contact data are wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.grants.service import list_of_mentor
from jobcenter_mentor.casework.matching.corps_capacity import HORIZON, MentorLoad, active_mentors, load_of
from jobcenter_mentor.domain.kernel.capacity import AbsencePeriod, Cell, MentorWeek, cell_of, holidays_of, monday_of
from jobcenter_mentor.domain.kernel.contacts import flaws_of
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.people.mentors.corps import in_corps
from jobcenter_mentor.people.mentors.models import Mentor, MentorFunction
from jobcenter_mentor.people.mentors.place_functions import list_functions
from jobcenter_mentor.people.mentors.service import MentorFilter, get_mentor, list_mentors
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import asked_page, pages_of

NOT_IN_CORPS = "Har ingen timer i mentorkorpset."
PAGE = 100
"""Rows of the table on a page; the totals cover all rows."""


@dataclass(frozen=True)
class Member:
    """A mentor of the corps: the columns that the table shows; no more is read."""

    id: int
    public_id: str
    first_name: str
    last_name: str
    mentor_type: str
    phone: str
    email: str

    @property
    def name(self) -> str:
        """Return the first and last name."""
        return f"{self.first_name} {self.last_name}".strip()


MEMBER = (
    Mentor.id,
    Mentor.public_id,
    Mentor.first_name,
    Mentor.last_name,
    Mentor.mentor_type,
    Mentor.phone,
    Mentor.email,
)


@dataclass(frozen=True)
class CorpsRow:
    """A mentor in the table of hours: `small` is type and skills."""

    mentor: Member
    small: str
    weeks: list[MentorWeek]
    cells: list[Cell]
    flaws: list[str]


@dataclass(frozen=True)
class MentorPage:
    """A mentor's page: the mentor with 12 weeks, the courses the user may see, and the place functions."""

    mentor: Mentor
    row: CorpsRow
    courses: list[Grant]
    functions: Sequence[MentorFunction]


@dataclass(frozen=True)
class OnLeave:
    """A mentor on leave (orlov): the absence and how many running courses it touches.

    No `last_day` means until further notice.
    """

    mentor: Member
    first_day: date
    last_day: date | None
    reason: str
    courses: int


@dataclass(frozen=True)
class CorpsWeeks:
    """The corps in 12 weeks: a page of rows, totals of each week, who is away, whose contact data are wrong.

    `count` is the number of mentors of the filter, `holidays` the words on each week's days off ("" for none).
    """

    mondays: list[date]
    holidays: list[str]
    rows: list[CorpsRow]
    count: int
    page: int
    pages: int
    totals: list[Cell]
    on_leave: list[OnLeave]
    flawed: list[CorpsRow]


def corps(
    session: Session, wanted: MentorFilter | None = None, *, skill: str = "", page: int = 1, actor: Actor
) -> CorpsWeeks:
    """Return the mentors the user may see with 12 weeks of hours: two statements, whatever their number.

    `skill` is a word of a language or competence. Holidays take their part of the hours and of the bookings.
    """
    off = holidays_of(actor.day, HORIZON)
    last = max(off) + timedelta(days=6)
    loads = load_of(session, min(off), last)
    chosen = [
        one
        for one in members(session, by=actor.user, first=actor.day, last=last)
        if _fits(one, loads[one.id], wanted, skill)
    ]
    days_off = {day for days in off.values() for day in days}
    rows = [_corps_row(one, loads[one.id], actor.day, HORIZON, days_off) for one in chosen]
    page = asked_page(page, len(rows), PAGE)
    return CorpsWeeks(
        mondays=list(off),
        holidays=[holiday_words(days) for days in off.values()],
        rows=rows[(page - 1) * PAGE : page * PAGE],
        count=len(rows),
        page=page,
        pages=pages_of(len(rows), PAGE),
        totals=[_total(rows, number) for number in range(HORIZON)],
        on_leave=[leave for one in chosen for leave in _leaves(one, loads[one.id], actor.day)],
        flawed=[row for row in rows if row.flaws],
    )


def members(session: Session, *, by: User, first: date, last: date) -> list[Member]:
    """Return the mentors active some day of a period that the user may see, by name; one statement, columns only."""
    statement: Select[Mentor] = active_mentors(by=by, first=first, last=last)
    rows = session.execute(statement.with_only_columns(*MEMBER).order_by(Mentor.sort_key, Mentor.id))
    return [Member(*row) for row in rows]


def list_rows(
    session: Session, wanted: MentorFilter, *, only_free: bool, only_flawed: bool, actor: Actor
) -> list[CorpsRow]:
    """Return the corps of a filter with this week's hours, by name; the look is logged.

    With `only_flawed` also those who have a course and are not in the corps.
    """
    mentors = list_mentors(session, wanted, only_corps=not only_flawed, actor=actor)
    loads = load_of(session, monday_of(actor.day), monday_of(actor.day) + timedelta(days=6))
    rows = [_corps_row(_member(mentor), loads[mentor.id], actor.day, 1) for mentor in mentors]
    audit.record(session, by=actor.user, action="mentor.list", subject="mentor")
    if only_flawed:
        _tell_who_is_not_in_corps(session, rows)
    return [row for row in rows if _is_wanted(row, only_free=only_free, only_flawed=only_flawed)]


def _tell_who_is_not_in_corps(session: Session, rows: list[CorpsRow]) -> None:
    offered = set(session.scalars(select(Mentor.id).where(in_corps())))
    for row in rows:
        row.flaws.extend([] if row.mentor.id in offered else [NOT_IN_CORPS])


def _is_wanted(row: CorpsRow, *, only_free: bool, only_flawed: bool) -> bool:
    return (not only_free or row.weeks[0].free > 0) and (not only_flawed or bool(row.flaws))


def get_page(session: Session, public_id: str, *, actor: Actor) -> MentorPage:
    """Return a mentor's page; the citizens are those of the user's scope, and the look is logged for each."""
    mentor = get_mentor(session, public_id, actor=actor)
    load = load_of(
        session, monday_of(actor.day), monday_of(actor.day) + timedelta(weeks=HORIZON), mentor_ids=[mentor.id]
    )[mentor.id]
    courses = list_of_mentor(session, mentor.id, actor=actor)
    shown = [grant.citizen_id for grant in courses]
    audit.record(session, by=actor.user, action="mentor.read", subject="mentor", subject_id=public_id, citizens=shown)
    days_off = {day for days in holidays_of(actor.day, HORIZON).values() for day in days}
    row = _corps_row(_member(mentor), load, actor.day, HORIZON, days_off)
    return MentorPage(mentor, row, courses, list_functions(session, mentor))


def past_weeks(session: Session, mentor_id: int, since: date, count: int) -> list[MentorWeek]:
    """Return a mentor's weeks from the week of a day, with holidays."""
    monday = monday_of(since)
    load = load_of(session, monday, monday + timedelta(weeks=count), mentor_ids=[mentor_id]).get(
        mentor_id, MentorLoad()
    )
    return load.weeks(monday, count, days_off={day for days in holidays_of(monday, count).values() for day in days})


def running_courses(session: Session, mentor_ids: Iterable[int], on: date) -> Mapping[int, int]:
    """Return how many courses run with each mentor on a day, by mentor id."""
    loads = load_of(session, on, on, mentor_ids=list(mentor_ids))
    return {key: len({row.grant_id for row in load.booked}) for key, load in loads.items()}


def holiday_words(days: Sequence[date]) -> str:
    """Return the holidays of a week in words: "2 helligdage", empty for none."""
    return "" if not days else "1 helligdag" if len(days) == 1 else f"{len(days)} helligdage"


def _fits(member: Member, load: MentorLoad, wanted: MentorFilter | None, skill: str) -> bool:
    words = {*load.skills["language"], *load.skills["competence"]}
    if skill and not any(skill.strip().casefold() in word for word in words):
        return False
    if wanted is None:
        return True
    return wanted.mentor_type in ("", member.mentor_type) and wanted.text.casefold() in member.name.casefold()


def _member(mentor: Mentor) -> Member:
    return Member(*(getattr(mentor, column.key) for column in MEMBER))


def _corps_row(
    member: Member, load: MentorLoad, on: date, count: int, days_off: frozenset[date] | set[date] = frozenset()
) -> CorpsRow:
    weeks = load.weeks(on, count, days_off=days_off)
    skills = dict.fromkeys((*sorted(load.skills["language"]), *sorted(load.skills["competence"])))
    small = ", ".join([MENTOR_TYPES.get(member.mentor_type, member.mentor_type).split()[0], *skills])
    flaws = flaws_of(member.name, member.phone, member.email)
    return CorpsRow(member, small, weeks, [cell_of(week) for week in weeks], flaws)


def _total(rows: list[CorpsRow], number: int) -> Cell:
    """Sum one week of the whole corps, in whole hours so that the figures fit their cell."""
    weeks = [row.weeks[number] for row in rows]
    monday = weeks[0].monday if weeks else date.min
    available, booked = sum(week.available for week in weeks), sum(week.booked for week in weeks)
    return cell_of(MentorWeek(monday, (available + 30) // 60 * 60, (booked + 30) // 60 * 60))


def _leaves(mentor: Member, load: MentorLoad, on: date) -> list[OnLeave]:
    """Return the absences of at least a working week that are not over."""
    return [
        OnLeave(mentor, away.first, None if away.is_open else away.last, away.reason, courses_within(load, away))
        for away in sorted(load.away, key=lambda row: row.first)
        if away.last >= on and (away.last - away.first).days >= 4
    ]


def courses_within(load: MentorLoad, away: AbsencePeriod) -> int:
    """Return how many courses an absence touches."""
    return len({row.grant_id for row in load.booked if row.first <= away.last and row.last >= away.first})
