"""The task of placing the whole waiting list: read once from the database, with points, room and pins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.corps_capacity import HORIZON, MentorLoad, active_mentors, load_of
from jobcenter_mentor.casework.matching.models import MatchPin
from jobcenter_mentor.casework.matching.offers import Ties, needs_of, offer_of, ties_of
from jobcenter_mentor.casework.matching.places import PLACE
from jobcenter_mentor.casework.matching.waiting_courses import is_demanded
from jobcenter_mentor.casework.matching.weights.service import weights_on
from jobcenter_mentor.domain.kernel.capacity import monday_of, weeks_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.pairs import Need, Offer
from jobcenter_mentor.domain.matching.points import points_of
from jobcenter_mentor.domain.matching.prices import Ints, Problem
from jobcenter_mentor.domain.matching.ranking import Fit, score
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor

PLACED = 100
"""What it is worth that a citizen has a mentor at all, before the points of the match."""
LAW_FIRST = 1000
"""What is added where the law demands the course: more than any other citizen can be worth."""
SOONER = 100
"""What is added at most for a course of the law that begins today; a point less each day it begins later."""


@dataclass
class WaitingList:
    """Waiting list and corps: `values` are points as the plan counts them, 0 where a hard limit is broken."""

    grants: list[Grant]
    mentors: dict[int, Mentor]
    loads: Mapping[int, MentorLoad]
    needs: dict[int, Need]
    ties: Ties
    weights: dict[str, int]
    law: Law
    on: date
    pins: dict[int, int] = field(default_factory=dict)
    offers: dict[tuple[int, date], Offer] = field(default_factory=dict)
    values: Ints = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))

    @property
    def minutes(self) -> Ints:
        """Return the minutes a week that each course asks for, in the order of `grants`."""
        return np.array([self.needs[grant.id].minutes_per_week for grant in self.grants], dtype=np.int64)

    def offer(self, grant: Grant, mentor_id: int) -> Offer:
        """Return what a mentor has for one course."""
        start = self.needs[grant.id].start
        if (mentor_id, start) not in self.offers:
            self.offers[mentor_id, start] = offer_of(
                self.mentors[mentor_id], self.loads[mentor_id], start, law=self.law
            )
        return self.ties.on(self.offers[mentor_id, start], grant.citizen_id)

    def fit(self, grant: Grant, mentor_id: int) -> Fit:
        """Weigh one pair, as on the page of the course."""
        return score(self.needs[grant.id], self.offer(grant, mentor_id), self.weights)

    def places(self, grant: Grant, mentor_id: int) -> int | None:
        """Return a mentor's free places on the day the course starts.

        None where the course or the mentor needs none.
        """
        return self.ties.places.free(mentor_id, self.needs[grant.id].start) if grant.form == PLACE else None

    def beyond_places(self, placed: Mapping[int, int], pinned: Mapping[int, int]) -> dict[int, int]:
        """Return the pairs beyond the places of a mentor; pins come first, then courses of the law, then points."""
        wanting: dict[int, list[Grant]] = defaultdict(list)
        for grant in self.grants:
            mentor_id = pinned.get(grant.id, placed.get(grant.id))
            if mentor_id is not None and self.places(grant, mentor_id) is not None:
                wanting[mentor_id].append(grant)
        beyond: dict[int, int] = {}
        for mentor_id, some in wanting.items():
            some.sort(
                key=lambda one: (one.id not in pinned, -self.fit(one, mentor_id).points - self.bonus(one), one.id)
            )
            free = min(self.places(one, mentor_id) or 0 for one in some)
            beyond |= {one.id: mentor_id for one in some[free:] if one.id not in pinned}
        return beyond

    def forbid(self, pairs: Mapping[int, int]) -> None:
        """Forbid these pairs."""
        columns = {mentor_id: j for j, mentor_id in enumerate(self.mentors)}
        for row, grant in enumerate(self.grants):
            if grant.id in pairs:
                self.values[row, columns[pairs[grant.id]]] = 0

    def may(self, row: int) -> list[int]:
        """Return the ids of the mentors that no hard limit rules out."""
        return [mentor_id for j, mentor_id in enumerate(self.mentors) if self.values[row, j] > 0]

    def bonus(self, grant: Grant) -> int:
        """Return what a demanded course has beyond its points (lovens forrang); the sooner it begins, the more."""
        if not is_demanded(grant):
            return 0
        return LAW_FIRST + max(0, SOONER - (self.needs[grant.id].start - self.on).days)

    def problem(self, rooms: Mapping[int, int]) -> Problem:
        """Return what is to be solved: courses without a pin, and the room that is left."""
        rows = [row for row, grant in enumerate(self.grants) if grant.id not in self.pins]
        return Problem(
            tuple(self.grants[row].id for row in rows),
            tuple(self.mentors),
            self.values[rows],
            self.minutes[rows],
            np.array([rooms[mentor_id] for mentor_id in self.mentors], dtype=np.int64),
        )

    def rooms(self) -> dict[int, int]:
        """Return the room of each mentor, minutes a week that hold in every week ahead."""
        starts = {monday_of(need.start) for need in self.needs.values()}
        until = max((need.last or need.start for need in self.needs.values()), default=self.on)
        return {mentor_id: room_of(self.loads[mentor_id], self.on, until, starts) for mentor_id in self.mentors}


def read_waiting_list(session: Session, grants: Sequence[Grant], *, actor: Actor, law: Law) -> WaitingList:
    """Read all that the plan builds on: a fixed number of statements, whatever the number of courses and mentors."""
    last = max([actor.day + timedelta(weeks=HORIZON), *(grant.start for grant in grants)]) + timedelta(weeks=HORIZON)
    mentors = {
        mentor.id: mentor for mentor in session.scalars(active_mentors(by=actor.user, first=actor.day, last=last))
    }
    loads = load_of(session, monday_of(actor.day), last)
    needs, ties = needs_of(session, grants, on=actor.day), ties_of(session, grants, actor.day)
    ordered, known = sorted(grants, key=lambda grant: grant.id), dict(sorted(mentors.items()))
    found = WaitingList(
        ordered, known, {key: loads[key] for key in known}, needs, ties, weights_on(session, actor.day), law, actor.day
    )
    found.values = _values(found)
    found.pins = _pins(session, ordered)
    return found


def room_of(load: MentorLoad, first: date, until: date, starts: set[date]) -> int:
    """Return the room a week: the least free in the weeks with hours, absence apart, and in the weeks courses begin."""
    weeks = max(HORIZON, (until - monday_of(first)).days // 7 + 1)
    whole = [week.free for week in weeks_of(load.hours, (), load.booked, first, weeks) if week.available]
    begun = [week.free for week in load.weeks(first, weeks) if week.monday in starts and week.available]
    return max(0, min(whole + begun, default=0))


def _values(found: WaitingList) -> Ints:
    """Score every pair: by start day, then once more where citizen and mentor have a tie."""
    values: Ints = np.zeros((len(found.grants), len(found.mentors)), dtype=np.int64)
    column = {mentor_id: j for j, mentor_id in enumerate(found.mentors)}
    rows: dict[date, list[int]] = defaultdict(list)
    for row, grant in enumerate(found.grants):
        rows[found.needs[grant.id].start].append(row)
    for start, some in rows.items():
        needs = [found.needs[found.grants[row].id] for row in some]
        offers = [offer_of(mentor, found.loads[key], start, law=found.law) for key, mentor in found.mentors.items()]
        found.offers |= {(offer.key, start): offer for offer in offers}
        points = points_of(needs, offers, found.weights)
        values[some] = np.where(points > -(10**8), np.maximum(points + PLACED, 1), 0)
    for row, grant in enumerate(found.grants):
        for mentor_id in found.ties.mentors_of(grant.citizen_id) & column.keys():
            fit = found.fit(grant, mentor_id)
            values[row, column[mentor_id]] = 0 if fit.blocked else max(1, fit.points + PLACED)
    bonus = np.array([found.bonus(grant) for grant in found.grants], dtype=np.int64)
    return np.where(values > 0, values + bonus[:, None], 0)


def _pins(session: Session, grants: Sequence[Grant]) -> dict[int, int]:
    rows = session.execute(
        select(MatchPin.grant_id, MatchPin.mentor_id)
        .where(MatchPin.lifted_on.is_(None), MatchPin.grant_id.in_([grant.id for grant in grants]))
        .order_by(MatchPin.id)
    )
    return {row.grant_id: row.mentor_id for row in rows}
