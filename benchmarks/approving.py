"""Godkendelser på én gang: the whole grant service in a tight frame - assess, reserve, plan, keep the letter, log.

Proposals are made before the start; each writer is a process that approves its own, with the letter set beforehand.
What the leader saw is read in the same transaction, for in a tight frame every other approval changes it.
"""

import time
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.reserving import let_loose
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.frames.models import CourseMonth, Frame, MonthSum, Reservation
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.domain.kernel.errors import Conflict
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import loader
from tests.builders import WORKING_DAY, a_citizen, a_frame, a_municipality, a_referral, a_team, a_user
from tests.casework.grants.cases import proposed

LAW = loader.law()
PDF = b"%PDF-1.7 " + bytes(40_000)
"""A letter of the usual size; setting it in type is outside the transaction and outside the clock."""
YEARS = (2014, 2015)
KEPT = select(CourseMonth.grant_id)
"""The courses of the approvals; those of the raw way have no monthly sums."""


class Approvals:
    """A municipality whose leaders approve at once; the frames hold about half of what each run asks for."""

    def __init__(self, app: Flask, writers: int) -> None:
        self.app = app
        with app.app_context(), transaction() as session:
            a_municipality(session)
            team = a_team(session)
            self.caseworker = a_user(session, "SB", team=team).id
            self.leaders = [a_user(session, "TL", team=team).id for _ in range(writers)]
            for year in YEARS:
                if session.scalar(select(Frame.id).where(Frame.year == year)) is None:
                    a_frame(session, year=year, amount=1)
            self.first = self._last_line(session)

    @staticmethod
    def _last_line(session: Session) -> int:
        return session.scalar(select(func.max(Reservation.id))) or 0

    def run(self, writers: int, each: int, think: float = 0.0) -> tuple[float, list[float], list[str]]:
        """Let the leaders loose; return the seconds of the slowest, each approval's seconds, and the faults."""
        work = self._proposed(writers, each)
        with self.app.app_context():
            db.engine.dispose()
        works = [(self.app, leader, own, think) for leader, own in zip(self.leaders, work, strict=False)]
        taken, latencies = let_loose(_approve_all, works)
        return taken, latencies, self._faults(writers * each)

    def _proposed(self, writers: int, each: int) -> list[list[tuple[str, Any]]]:
        """Make the proposals with their letters, and the frames as tight as the run needs."""
        work: list[list[tuple[str, Any]]] = []
        with self.app.app_context(), transaction() as session:
            caseworker = session.get_one(User, self.caseworker)
            cost = 625_714 * writers * each
            session.execute(update(Frame).values(amount=Frame.covered + cost // 2))
            self.before = self._last_line(session)
            for _ in range(writers):
                decisions = [
                    proposed(session, a_referral(session, a_citizen(session)), by=caseworker, law=LAW)
                    for _ in range(each)
                ]
                drafts = [deciding.letter_draft(session, one, on=WORKING_DAY, law=LAW) for one in decisions]
                work.append([(one.public_id, draft) for one, draft in zip(decisions, drafts, strict=True)])
        return work

    def _faults(self, approvals: int) -> list[str]:
        """Hold the frames, the reservations and the monthly sums against each other."""
        faults = []
        with self.app.app_context(), transaction() as session:
            new = select(func.count(Reservation.id)).where(Reservation.id > self.before, Reservation.year.in_(YEARS))
            if session.scalar(new) != approvals * len(YEARS):
                faults.append("an approval was lost")
            for frame in session.scalars(select(Frame).where(Frame.year.in_(YEARS))):
                sums = (func.sum(Reservation.covered), func.sum(Reservation.beyond))
                covered, beyond = session.execute(select(*sums).where(Reservation.frame_id == frame.id)).one()
                own = (Reservation.year == frame.year, Reservation.id > self.first, Reservation.grant_id.in_(KEPT))
                cost = session.scalar(select(func.sum(Reservation.cost)).where(*own))
                granted = session.scalar(select(func.sum(MonthSum.granted)).where(MonthSum.year == frame.year))
                checks = {
                    "a frame is overspent": covered <= frame.amount,
                    "a frame's totals are not the sums of its rows": (frame.covered, frame.beyond) == (covered, beyond),
                    "the monthly sums are not the reservations": granted == cost,
                }
                faults += [fault for fault, holds in checks.items() if not holds]
        return faults


def _approve_all(
    barrier: Barrier, sender: Any, app: Flask, leader: int, work: list[tuple[str, Any]], think: float
) -> None:
    """Be one leader: connect, wait for the others, approve, tell how long each took."""
    latencies = []
    with app.app_context():
        with transaction() as session:
            by = session.get_one(User, leader)
            list(by.roles)
        barrier.wait(timeout=120)
        began = time.perf_counter()
        for public_id, draft in work:
            time.sleep(think)
            start = time.perf_counter()
            while not _approved(by, public_id, (draft, PDF)):
                pass
            latencies.append(time.perf_counter() - start)
        sender.send((latencies, began, time.perf_counter()))


def _approved(by: User, public_id: str, letter: tuple[LetterDraft, bytes]) -> bool:
    """Read the case and approve it; False where another has changed the refund since it was read, or still writes.

    On a busy machine a writer may wait for the lock longer than SQLite does.
    """
    with suppress(Conflict, OperationalError), transaction() as session:
        decision = deciding.get_decision(session, public_id, actor=Actor(by, WORKING_DAY), action="grant.approve")
        seen = deciding.shown_today(session, decision, on=WORKING_DAY, law=LAW)
        deciding.approve(session, decision, actor=Actor(by, WORKING_DAY), law=LAW, letter=letter, shown=seen)
        return True
    return False
