"""Make tables 4.1 and 4.5 of the evaluation for the municipality's own mentors (mentorkorpset i tal).

The country's figures stand beside them. Groups of fewer than five mentors are hidden by the rule of all reports, with
everything that would give them away. Who has not been asked is left out of the base, as in a survey.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.mentor_types import EDUCATIONS, PRIVATE, WORK_AREAS, work_area_of
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.figures.reports import national_corps as national
from jobcenter_mentor.figures.reports.small_groups import SMALL, hidden, with_sums
from jobcenter_mentor.people.mentors.corps import in_corps
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.workbook import HIDDEN

COLUMNS = ("Privat ansættelse", "Kommunal ansættelse mv.", "I alt")
WEEKS = 12
NOBODY = "ingen oplyst"


@dataclass(frozen=True)
class CorpsTableLine:
    """A line (linje): own figures in words, privately, municipally and all, and the country's in the same order."""

    label: str
    own: tuple[str, str, str]
    country: tuple[str, str, str]


@dataclass(frozen=True)
class CorpsTablePart:
    """A part of a table (del): heading, lines, and how many mentors are behind each column in words, if not hidden."""

    heading: str
    lines: list[CorpsTableLine]
    base: tuple[str, str, str]


@dataclass(frozen=True)
class OwnCorps:
    """The corps in figures (mentorkorpset i tal): table 4.1, and table 4.5 over the weeks that ended on `until`."""

    mentors: Sequence[CorpsTablePart]
    hours: CorpsTablePart
    since: date
    until: date


def own_corps(session: Session, *, actor: Actor) -> OwnCorps:
    """Return both tables of the active mentors in the user's reach, with three statements of columns only."""
    active = or_(Mentor.active_to.is_(None), Mentor.active_to >= actor.day)
    statement = visible(select(Mentor), Mentor, actor.user, "statistics.read", actor.day).where(
        in_corps(), Mentor.active_from <= actor.day, active
    )
    rows = session.execute(
        statement.with_only_columns(
            Mentor.id,
            Mentor.mentor_type,
            Mentor.work_area,
            Mentor.sex,
            Mentor.education,
            Mentor.main_occupation,
            Mentor.course_hours,
            Mentor.work_since,
            Mentor.mentor_since,
        )
    ).all()
    since = actor.day - timedelta(weeks=WEEKS) + timedelta(days=1)
    parts = [
        _shares("Ansættelsesområde", rows, lambda row: _area(row), WORK_AREAS, national.WORK_AREA),
        _shares("Køn", rows, lambda row: row.sex, {"M": "Mand", "K": "Kvinde"}, national.SEX),
        _shares("Erhvervsuddannelse", rows, lambda row: row.education, EDUCATIONS, national.EDUCATION),
        _yes(
            "Mentorarbejdet er hovedbeskæftigelsen",
            rows,
            lambda row: row.main_occupation,
            national.MAIN_OCCUPATION,
        ),
        _yes("Har deltaget i kursus for mentorer", rows, _has_course, national.COURSE),
        _figures(rows, _citizens_of(session), actor.day),
    ]
    return OwnCorps(parts, _hours(rows, _contacts(session, since, actor.day)), since, actor.day)


def _area(row: Any) -> str:
    return work_area_of(row.mentor_type, row.work_area)


def _has_course(row: Any) -> bool | None:
    return None if row.course_hours is None else row.course_hours > 0


def _column(row: Any) -> int:
    return 0 if _area(row) == PRIVATE else 1


def _shares(
    heading: str,
    rows: Sequence[Any],
    group: Callable[[Any], str],
    words: dict[str, str],
    country: dict[str, tuple[float, float, float]],
) -> CorpsTablePart:
    """Return the per cent of each group in each column, with small groups hidden."""
    counts = np.zeros((len(words), 2), dtype=np.int64)
    places = {code: number for number, code in enumerate(words)}
    for row in rows:
        if group(row) in places:
            counts[places[group(row)], _column(row)] += 1
    table = with_sums(counts)
    mask = hidden(table)
    base = table[-1]
    lines = []
    for code, number in places.items():
        shown = [_share(int(table[number, n]), int(base[n]), bool(mask[number, n] or mask[-1, n])) for n in range(3)]
        lines.append(CorpsTableLine(words[code], _three(shown), _three([f"{value:g} %" for value in country[code]])))
    return CorpsTablePart(heading, lines, _three([HIDDEN if mask[-1, n] else str(base[n]) for n in range(3)]))


def _yes(
    heading: str, rows: Sequence[Any], told: Callable[[Any], bool | None], country: tuple[float, float, float]
) -> CorpsTablePart:
    """Return the per cent that said yes, of those that said yes or no."""
    asked = [row for row in rows if told(row) is not None]
    both = {"ja": (0.0, 0.0, 0.0), "nej": (0.0, 0.0, 0.0)}
    part = _shares(heading, asked, lambda row: "ja" if told(row) else "nej", {"ja": "Ja", "nej": "Nej"}, both)
    line = CorpsTableLine("Ja", part.lines[0].own, _three([f"{value:g} %" for value in country]))
    return CorpsTablePart(heading, [line], part.base)


def _share(count: int, base: int, is_hidden: bool) -> str:
    if is_hidden:
        return HIDDEN
    return f"{round_half_away(Fraction(100 * count, base))} %" if base else NOBODY


def _figures(rows: Sequence[Any], citizens: dict[int, int], on: date) -> CorpsTablePart:
    """Return means and medians: course hours of those with any, years, and citizens of those with any since 2012."""
    course = [(row, row.course_hours) for row in rows if row.course_hours]
    work = [(row, on.year - row.work_since) for row in rows if row.work_since]
    mentor = [(row, on.year - row.mentor_since) for row in rows if row.mentor_since]
    helped = [(row, citizens[row.id]) for row in rows if citizens.get(row.id)]
    lines = [
        _line("Kursustimer blandt deltagere, gennemsnit", course, _mean, national.COURSE_HOURS_MEAN),
        _line("Kursustimer blandt deltagere, median", course, _median, national.COURSE_HOURS_MEDIAN),
        _line("Erhvervserfaring, år, gennemsnit", work, _mean, national.WORK_YEARS),
        _line("Erfaring som mentor, år, gennemsnit", mentor, _mean, national.MENTOR_YEARS),
        _line("Borgere siden 2012, gennemsnit", helped, _mean, national.CITIZENS_MEAN),
        _line("Borgere siden 2012, median", helped, _median, national.CITIZENS_MEDIAN),
    ]
    return CorpsTablePart("Kurser og erfaring", lines, _base(rows))


def _hours(rows: Sequence[Any], contacts: dict[int, tuple[int, int, int, int]]) -> CorpsTablePart:
    """Return table 4.5: hours a week of those with contact; minutes and citizens, in all and face to face."""
    met = [(row, contacts[row.id]) for row in rows if row.id in contacts]
    week = Fraction(1, 60 * WEEKS)
    face = [(row, one) for row, one in met if one[3]]
    lines = [
        _line("Kontakt i alt", [(r, one[0] * week) for r, one in met], _tenths, national.CONTACT_HOURS),
        _line("Ansigt til ansigt", [(r, one[1] * week) for r, one in met], _tenths, national.FACE_HOURS),
        _line(
            "Kontakt pr. borger",
            [(r, one[0] * week / one[2]) for r, one in met],
            _tenths,
            national.CONTACT_HOURS_PER_CITIZEN,
        ),
        _line(
            "Ansigt til ansigt pr. borger",
            [(r, one[1] * week / one[3]) for r, one in face],
            _tenths,
            national.FACE_HOURS_PER_CITIZEN,
        ),
    ]
    return CorpsTablePart("Timer om ugen pr. mentor", lines, _base([row for row, _ in met]))


def _line(
    label: str,
    told: Sequence[tuple[Any, Fraction | int]],
    word: Callable[[list[Fraction]], str],
    country: tuple[float, float, float],
) -> CorpsTableLine:
    """Return one figure in each column.

    With fewer than five behind one, all columns that could reveal it are hidden.
    """
    columns = [[Fraction(value) for row, value in told if _column(row) == number] for number in (0, 1)]
    is_small = [0 < len(values) < SMALL for values in columns]
    gone = [*is_small, any(is_small)]
    parts = (*columns, columns[0] + columns[1])
    shown = [HIDDEN if hide else word(part) if part else NOBODY for hide, part in zip(gone, parts, strict=True)]
    return CorpsTableLine(label, _three(shown), _three([f"{value:g}".replace(".", ",") for value in country]))


def _base(rows: Sequence[Any]) -> tuple[str, str, str]:
    counts = [sum(1 for row in rows if _column(row) == number) for number in (0, 1)]
    if any(0 < count < SMALL for count in counts):
        return (HIDDEN, HIDDEN, str(sum(counts)) if sum(counts) >= SMALL else HIDDEN)
    return (str(counts[0]), str(counts[1]), str(sum(counts)))


def _mean(values: list[Fraction]) -> str:
    return str(round_half_away(sum(values, Fraction(0)) / len(values)))


def _median(values: list[Fraction]) -> str:
    return str(round_half_away(median(values)))


def _tenths(values: list[Fraction]) -> str:
    tenths = round_half_away(10 * sum(values, Fraction(0)) / len(values))
    return f"{tenths // 10},{tenths % 10}"


def _three(words: Sequence[str]) -> tuple[str, str, str]:
    first, second, third = words
    return first, second, third


def _citizens_of(session: Session) -> dict[int, int]:
    """Return how many citizens each mentor has helped since 2012, by mentor id."""
    statement = select(Grant.mentor_id, func.count(Grant.citizen_id.distinct())).where(
        Grant.mentor_id.is_not(None), Grant.start >= date(2012, 1, 1)
    )
    return {key: count for key, count in session.execute(statement.group_by(Grant.mentor_id)) if key is not None}


def _contacts(session: Session, since: date, until: date) -> dict[int, tuple[int, int, int, int]]:
    """Return minutes of contact and face to face, and the citizens of each, by mentor id."""
    statement = (
        select(Meeting.mentor_id, Grant.citizen_id, Meeting.form, func.sum(Meeting.minutes))
        .join(Grant, Grant.id == Meeting.grant_id)
        .where(Meeting.held.is_(True), Meeting.corrected.is_(False))
        .where(Meeting.met_on >= since, Meeting.met_on <= until)
        .group_by(Meeting.mentor_id, Grant.citizen_id, Meeting.form)
    )
    minutes: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    people: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for mentor_id, citizen_id, form, spent in session.execute(statement):
        for number in (0, 1) if form == "in_person" else (0,):
            minutes[mentor_id][number] += int(spent)
            people[mentor_id][number].add(citizen_id)
    return {key: (one, two, len(people[key][0]), len(people[key][1])) for key, (one, two) in minutes.items()}
