"""Tilfældige skridt: whatever is granted, changed, logged, billed and ended, no sum breaks and no rule gives way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.frames import amount_decision as amounts
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import CourseMonth, Reservation
from jobcenter_mentor.casework.grants import course_change
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants.course_change import GrantEnding
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import DomainError, NotAllowed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.budget import recount
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests import builders as a
from tests.casework.grants.cases import PDF, proposed

ON = a.WORKING_DAY
PRICES = st.sampled_from([25_000, 30_001, 45_000])
WEEKLY = st.integers(15, 600)
DAYS = st.integers(0, 180)
MOST_COURSES = 6
"""Courses of one walk, so that most steps change what there is; a grant costs as much as ten other steps."""


class Money(RuleBasedStateMachine):
    """Pengene: two tight frames and the acts that draw on them; each run begins from nothing and leaves nothing."""

    session: ClassVar[Session]
    law: ClassVar[Law]
    taken: ClassVar[list[int]]

    def __init__(self) -> None:
        super().__init__()
        self.session.rollback()
        a.a_municipality(self.session)
        self.frames = [a.a_frame(self.session, year=year, amount=4_000_000) for year in (2014, 2015)]
        self.caseworker, self.leader = a.a_user(self.session, "SB"), a.a_user(self.session, "TL")
        self.controllers = [a.a_user(self.session, "ØK"), a.a_user(self.session, "ØK")]
        self.mentor = a.a_mentor(self.session)
        self.grants: list[Grant] = []

    def teardown(self) -> None:
        assert recount.recount(self.session, by=None, on=ON) == 0
        self.session.rollback()

    def one(self, place: int) -> Grant:
        """Return one of the courses."""
        return self.grants[place % len(self.grants)]

    @precondition(lambda self: len(self.grants) < MOST_COURSES)
    @rule(minutes=WEEKLY, share=st.sampled_from([1, 1, 3]), price=PRICES)
    def reserve(self, minutes: int, share: int, price: int) -> None:
        grant = a.a_grant(self.session, minutes_per_week=minutes, place_share=share, hourly_price=price)
        lines = course_change.cost_lines(self.session, grant)
        frames.reserve(self.session, grant_id=grant.id, lines=lines, may_go_beyond=True)
        month_sums.keep(self.session, grant.id)
        self.grants.append(grant)

    @precondition(lambda self: len(self.grants) < MOST_COURSES)
    @rule(minutes=WEEKLY)
    def approve(self, minutes: int) -> None:
        referral = a.a_referral(self.session)
        decision = proposed(self.session, referral, by=self.caseworker, law=self.law, minutes_per_week=minutes)
        draft = deciding.letter_draft(self.session, decision, on=ON, law=self.law)
        told: dict[str, Any] = {"law": self.law, "letter": (draft, PDF)}
        with pytest.raises(NotAllowed):
            deciding.approve(self.session, decision, actor=Actor(self.caseworker, ON), **told)
        grant = deciding.approve(self.session, decision, actor=Actor(self.leader, ON), **told)
        assert grant is not None
        self.grants.append(grant)

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99), minutes=WEEKLY, days=DAYS)
    def resize(self, place: int, minutes: int, days: int) -> None:
        grant, day = self.one(place), ON + timedelta(days=days)
        self.tried(
            lambda: course_change.change_hours(
                self.session,
                grant,
                minutes_per_week=minutes,
                from_day=day,
                reason="Behov",
                actor=Actor(self.caseworker, ON),
            )
        )

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99), price=PRICES)
    def choose_mentor(self, place: int, price: int) -> None:
        grant = self.one(place)
        self.tried(
            lambda: course_change.set_mentor(
                self.session, grant, self.mentor, hourly_price=price, actor=Actor(self.leader, ON)
            )
        )

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99), days=DAYS)
    def release(self, place: int, days: int) -> None:
        grant = self.one(place)
        day = grant.start + timedelta(days=days)
        ending = GrantEnding(day, "moved")
        self.tried(lambda: course_change.end_early(self.session, grant, ending, actor=Actor(self.caseworker, ON)))
        if grant.ended_on == day:
            self.never_below_delivered(grant)

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99), days=st.integers(0, 60), minutes=st.integers(1, 900))
    def log(self, place: int, days: int, minutes: int) -> None:
        grant = self.one(place)
        held = {"met_on": min(grant.start + timedelta(days=days), grant.last_day), "minutes": minutes}
        self.session.add(Meeting(grant_id=grant.id, mentor_id=self.mentor.id, form="in_person", held=True, **held))
        month_sums.keep(self.session, grant.id)

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99), days=DAYS, amount=st.integers(1, 500_000))
    def bill(self, place: int, days: int, amount: int) -> None:
        grant = self.one(place)
        line = pay_line(grant, self.controllers[0].id, grant.start + timedelta(days=days), amount)
        self.session.add(line)
        month_sums.keep(self.session, grant.id)

    @precondition(lambda self: self.grants)
    @rule(place=st.integers(0, 99))
    def pay_without_a_grant(self, place: int) -> None:
        line = pay_line(self.one(place), self.controllers[0].id, ON, 100)
        line.grant_id, line.matched_on, line.released_on = None, ON, ON
        with pytest.raises(IntegrityError), self.session.begin_nested():
            self.session.add(line)

    @rule(year=st.sampled_from([0, 1]), more=st.integers(-1_000_000, 3_000_000))
    def change_the_frame(self, year: int, more: int) -> None:
        amount = max(1, self.frames[year].amount + more)
        first, second = self.controllers
        change = amounts.propose_change(
            self.session,
            year=2014 + year,
            kind="mentor_2014",
            amount=amount,
            reason="Tilsagn",
            actor=Actor(first, ON),
            law=law_of(self.session),
        )
        with pytest.raises(NotAllowed):
            amounts.approve_change(self.session, change, actor=Actor(first, ON))
        self.tried(lambda: amounts.approve_change(self.session, change, actor=Actor(second, ON)))

    def tried(self, act: Callable[[], object]) -> None:
        """Do it, or have it refused with nothing changed."""
        try:
            with self.session.begin_nested():
                act()
        except DomainError:
            self.session.expire_all()

    def never_below_delivered(self, grant: Grant) -> None:
        """What is reserved covers at least what is delivered, year by year."""
        reserved = {row.year: row.cost for row in frames.list_reservations(self.session, grant.id)}
        for (year, _), cost in month_sums.delivered_by_year(self.session, grant.id).items():
            assert reserved[year] >= cost

    @invariant()
    def every_step_counts(self) -> None:
        self.taken[0] += 1

    @invariant()
    def the_frames_are_the_sums_of_their_lines(self) -> None:
        columns = (func.coalesce(func.sum(Reservation.covered), 0), func.coalesce(func.sum(Reservation.beyond), 0))
        for frame in self.frames:
            self.session.refresh(frame)
            lines = self.session.execute(select(*columns).where(Reservation.frame_id == frame.id)).one()
            assert (frame.covered, frame.beyond) == tuple(map(int, lines))
            assert frame.covered == min(frame.amount, frame.covered + frame.beyond)

    @invariant()
    def the_months_sum_to_the_years(self) -> None:
        by_year = select(CourseMonth.year, func.sum(CourseMonth.granted)).group_by(CourseMonth.year)
        reserved = select(Reservation.year, func.sum(Reservation.cost)).group_by(Reservation.year)
        months = {year: int(cost) for year, cost in self.session.execute(by_year) if cost}
        assert months == {year: int(cost) for year, cost in self.session.execute(reserved) if cost}

    @invariant()
    def nothing_is_paid_without_a_grant(self) -> None:
        paid = select(func.count()).where(PayLine.released_on.is_not(None), PayLine.grant_id.is_(None))
        assert self.session.scalar(paid) == 0


def pay_line(grant: Grant, by_id: int, first: date, amount: int) -> PayLine:
    """Return a wage line of forty days."""
    return PayLine(
        kind="wage",
        grant_id=grant.id,
        citizen_id=grant.citizen_id,
        first_day=first,
        last_day=first + timedelta(days=39),
        minutes=60,
        hourly_price=30_000,
        amount=amount,
        entered_by_id=by_id,
        entered_on=ON,
    )


def walk(session: Session, law: Law, *, walks: int, steps: int) -> int:
    """Take so many random walks of so many steps; return the steps taken."""
    chosen = settings(
        max_examples=walks,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    taken = [0]
    run_state_machine_as_test(type("Walk", (Money,), {"session": session, "law": law, "taken": taken}), settings=chosen)
    return taken[0]


def test_random_steps_break_nothing(session: Session, law: Law) -> None:
    walk(session, law, walks=4, steps=12)


@pytest.mark.slow
@pytest.mark.parametrize("engine_name", ["sqlite"], scope="session")
def test_10000_random_steps_break_nothing(session: Session, law: Law) -> None:
    """On SQLite: what the steps do is the same on both, and the short walk above goes on both."""
    assert walk(session, law, walks=225, steps=50) >= 10_000
