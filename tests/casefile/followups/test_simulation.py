"""Fristradaren prøvet: many courses over leap day, clock changes, Easter and New Year, day by day.

What each list shows is worked out here from what was planned and done, not by the statement under test.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.queries import MY_DAY, DueFilter, count_due, list_due
from jobcenter_mentor.domain.kernel.periods import add_working_days, last_day_of_months
from jobcenter_mentor.domain.law.deadlines import Deadline, deadlines_of_grant
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.domain.law.radar import lateness, latest_snooze, monthly_reports
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Absence, User
from tests.builders import a_citizen, a_user

CASEWORKERS = 6
EDGES = (date(2015, 12, 28), date(2016, 2, 26), date(2016, 3, 23), date(2016, 10, 27), date(2015, 3, 26))
"""New Year, leap day, Easter with the clock going on, the clock going back, and the clock going on in 2015."""


@dataclass
class Planned:
    """One deadline: who has the case, and what became of it."""

    number: int
    owner: int
    deadline: Deadline
    over_on: date | None = None
    is_done: bool = True
    snoozed_on: date | None = None
    snoozed_until: date | None = None

    def is_put_off(self, on: date) -> bool:
        return self.snoozed_on is not None and self.snoozed_on <= on < (self.snoozed_until or on)


@dataclass
class Town:
    """The courses of six caseworkers with their absences: user -> (first, last, deputy or None)."""

    rows: list[Planned] = field(default_factory=list)
    away: dict[int, list[tuple[date, date, int | None]]] = field(default_factory=dict)

    def holder(self, owner: int, on: date) -> int:
        deputy = next((deputy for first, last, deputy in self.away[owner] if first <= on <= last), None)
        if deputy is None or any(first <= on <= last for first, last, _ in self.away[deputy]):
            return owner
        return deputy

    def is_alone(self, owner: int, on: date) -> bool:
        is_away = any(first <= on <= last for first, last, _ in self.away[owner])
        return is_away and self.holder(owner, on) == owner


def drawn(courses: int, law: Law, seed: int) -> Town:
    rng, town = Random(seed), Town()
    for owner in range(CASEWORKERS):
        town.away[owner] = []
        for first in (date(2015, 12, 21), date(2016, 2, 25), date(2016, 3, 21), date(2016, 10, 24)):
            start = first + timedelta(days=rng.randint(0, 9))
            deputy = rng.choice([None, *(other for other in range(CASEWORKERS) if other != owner)])
            town.away[owner].append((start, start + timedelta(days=rng.randint(0, 12)), deputy))
    for _ in range(courses):
        _draw_course(town, rng, law)
    return town


def _draw_course(town: Town, rng: Random, law: Law) -> None:
    granted = rng.choice(EDGES) - timedelta(days=rng.randint(-20, 190))
    start = granted + timedelta(days=rng.randint(0, 14))
    end = last_day_of_months(start, rng.choice((3, 6)))
    of_day = law.on(granted)
    deadlines = deadlines_of_grant(
        granted=granted, start=start, end=end, right_and_duty=rng.random() < 0.5, law=of_day
    ) + monthly_reports(start=start, end=end, law=of_day)
    assert len({(one.kind, one.due) for one in deadlines}) == len(deadlines), "planned twice"
    ended = end if rng.random() < 0.8 else start + timedelta(days=rng.randint(1, 60))
    owner = rng.randrange(CASEWORKERS)
    for deadline in deadlines:
        row = Planned(len(town.rows) + 1, owner, deadline)
        row.over_on = deadline.due + timedelta(days=rng.randint(-9, 9)) if rng.random() < 0.7 else None
        if row.over_on is None or row.over_on > ended:
            row.over_on, row.is_done = ended, False
        _draw_snooze(row, rng, of_day)
        town.rows.append(row)


def _draw_snooze(row: Planned, rng: Random, law: LawOfDay) -> None:
    latest = latest_snooze(row.deadline.due, row.deadline.authority, law)
    if rng.random() < 0.2:
        row.snoozed_on = latest - timedelta(days=rng.randint(1, 9))
        row.snoozed_until = row.snoozed_on + timedelta(days=rng.randint(1, (latest - row.snoozed_on).days))


def write(session: Session, town: Town) -> tuple[list[User], User]:
    users, leader = [a_user(session) for _ in range(CASEWORKERS)], a_user(session, "TL")
    citizen = a_citizen(session)
    for owner, absences in town.away.items():
        for first, last, deputy in absences:
            days = {"first_day": first, "last_day": last, "team_id": citizen.team_id}
            session.add(
                Absence(user_id=users[owner].id, deputy_id=None if deputy is None else users[deputy].id, **days)
            )
    session.flush()
    for row in town.rows:
        due = row.deadline
        session.add(
            FollowUp(
                id=row.number,
                citizen_id=citizen.id,
                case_number=f"S{row.number}",
                team_id=citizen.team_id,
                owner_id=users[row.owner].id,
                kind=due.kind,
                what=due.what,
                rule=due.rule,
                section=due.section,
                authority=due.authority,
                due_on=due.due,
            )
        )
    session.flush()
    return users, leader


def bring(session: Session, town: Town, yesterday: date, today: date) -> None:
    """Settle, drop and put off what happened since the day looked at before."""
    over = [row for row in town.rows if row.over_on is not None and yesterday < row.over_on <= today]
    put_off = [row for row in town.rows if row.snoozed_on and yesterday < row.snoozed_on <= today]
    for name, is_done in (("done_on", True), ("dropped_on", False)):
        if changes := [
            {"id": row.number, name: row.over_on, "by_act": is_done} for row in over if row.is_done == is_done
        ]:
            session.execute(update(FollowUp), changes)
    if put_off:
        session.execute(update(FollowUp), [{"id": row.number, "snoozed_until": row.snoozed_until} for row in put_off])
    session.expire_all()


def look(session: Session, town: Town, people: tuple[list[User], User], on: date, law: Law) -> None:
    """Compare every list and number of the day with what was planned and done."""
    users, leader = people
    still = [row for row in town.rows if row.over_on is None or row.over_on > on]
    awake = [row for row in still if not row.is_put_off(on)]
    seen: Counter[str] = Counter()
    for number, user in enumerate(users):
        own = [row for row in awake if town.holder(row.owner, on) == number]
        week = [row for row in own if row.deadline.due <= on + timedelta(days=ahead(row.deadline.kind))]
        assert shown(session, user, on, MY_DAY) == names(week)
        everything = shown(session, user, on, DueFilter(mine=True))
        assert everything == names(own)
        seen.update(everything)
    assert sorted(seen) == names(awake), "a deadline that nobody holds"
    assert set(seen.values()) <= {1}, "a deadline that two hold"
    late = [row for row in still if is_late(row, town, on, law.on(on))]
    assert shown(session, leader, on, DueFilter(late=lateness(on, law.on(on)))) == names(late)


def ahead(kind: str) -> int:
    """Return how many days before it is due a deadline stands on Min dag; never for the weekly contact."""
    return {"contact": -10_000, "report": 0}.get(kind, 7)


def shown(session: Session, user: User, on: date, chosen: DueFilter) -> list[str]:
    """Return the case numbers of a list, which the number beside it must equal."""
    listed = [due.case_number for due in list_due(session, actor=Actor(user, on), chosen=chosen)]
    assert count_due(session, actor=Actor(user, on), chosen=chosen) == len(listed) == len(set(listed))
    return sorted(listed)


def names(rows: list[Planned]) -> list[str]:
    return sorted(f"S{row.number}" for row in rows)


def is_late(row: Planned, town: Town, on: date, law: LawOfDay) -> bool:
    figure = "office.escalate_law_days" if row.deadline.authority == "law" else "office.escalate_local_days"
    too_old = add_working_days(row.deadline.due, law.whole(figure)) <= on
    return too_old or (row.deadline.due <= on and town.is_alone(row.owner, on))


def simulate(session: Session, courses: int, days: list[date], law: Law) -> None:
    town = drawn(courses, law, seed=courses)
    people = write(session, town)
    for yesterday, today in pairwise([date.min, *days]):
        bring(session, town, yesterday, today)
        look(session, town, people, today, law)


def test_no_deadline_is_missed_doubled_or_shown_when_it_is_over(session: Session, law: Law) -> None:
    days = [date(2015, 12, 31), date(2016, 2, 29), date(2016, 3, 24), date(2016, 3, 29), date(2016, 10, 31)]

    simulate(session, 30, days, law)


@pytest.mark.slow
def test_ten_thousand_courses_keep_every_deadline(session: Session, law: Law) -> None:
    days = sorted(edge + timedelta(days=offset) for edge in EDGES for offset in range(8))

    simulate(session, 10_000, days, law)
