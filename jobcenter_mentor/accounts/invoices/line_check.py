"""The check of delivery (leveringskontrol): reads the courses of some lines and returns the differences."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.accounts.invoices.agreed_prices import PriceList, price_list
from jobcenter_mentor.accounts.invoices.models import PayLine, TimeSheet
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.accounts.delivery_check import faults_of, without_course
from jobcenter_mentor.domain.accounts.settlement import Bill, Fault, Held, MonthTimesheet, Settled
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence

CHUNK = 500


@dataclass(frozen=True)
class InvoiceLineCheck:
    """A line that was checked: its differences, none where it can be paid; `corrections` where they are shown."""

    line: PayLine
    faults: tuple[Fault, ...]
    corrections: Sequence[PayLine] = ()

    @property
    def at_risk(self) -> int:
        """Return the amount at risk: the largest of the differences, in øre; they often concern the same money."""
        return max((fault.at_risk for fault in self.faults), default=0)


def check_lines(
    session: Session, lines: Sequence[PayLine], checks: Sequence[str] | None = None
) -> list[InvoiceLineCheck]:
    """Check the lines, each against its whole course; `checks` names those to make, all where it is None.

    A rejected line has none and counts for nothing; a line counts as what its corrections have left of it, and a
    correction has none of its own. Reads a handful of statements however many lines.
    """
    found: dict[int, list[Fault]] = defaultdict(list)
    for fault in _faults(session, {line.grant_id for line in lines if line.grant_id is not None}, checks):
        found[fault.bill_id].append(fault)
    for line in lines:
        if line.grant_id is None and line.rejected_on is None and (checks is None or "no_course" in checks):
            found[line.id].append(without_course(_bill(line, None, PriceList())))
    return [InvoiceLineCheck(line, tuple(found[line.id]) if line.rejected_on is None else ()) for line in lines]


def _faults(session: Session, grant_ids: Iterable[int], checks: Sequence[str] | None) -> list[Fault]:
    ids = sorted(grant_ids)
    faults: list[Fault] = []
    for first in range(0, len(ids), CHUNK):
        for course in settled(session, ids[first : first + CHUNK]):
            faults += faults_of(course, checks)
    return faults


def settled(session: Session, grant_ids: Sequence[int]) -> list[Settled]:
    """Return the courses to settle, each with its lines, meetings, time sheets and prices."""
    courses = lazyload(Grant.citizen), lazyload(Grant.mentor)
    grants = session.scalars(select(Grant).where(Grant.id.in_(grant_ids)).options(*courses)).all()
    lines = _by_grant(session.scalars(_lines_of(grant_ids)))
    held, met_by = _held(session, grant_ids)
    mentors = {line.mentor_id for some in lines.values() for line in some} | {
        m for some in met_by.values() for m in some
    }
    mentors |= {grant.mentor_id for grant in grants}
    prices = price_list(session, {mentor for mentor in mentors if mentor is not None})
    sheets = _sheets(session, grant_ids)
    absences = _absences(session, prices.mentors)
    return [
        Settled(
            grant_id=grant.id,
            citizen_id=grant.citizen_id,
            mentor_ids=frozenset(met_by[grant.id] | ({grant.mentor_id} if grant.mentor_id is not None else set())),
            period=Period(grant.start, max(grant.start, grant.ended_on or grant.last_day)),
            hours=tuple((Period(p.first_day, p.last_day), p.minutes_per_week) for p in grant.periods),
            held=tuple(held[grant.id]),
            bills=tuple(_bill(line, grant, prices) for line in lines[grant.id]),
            sheets=tuple(sheets[grant.id]),
            absences=tuple(one for mentor in met_by[grant.id] for one in absences[mentor]),
            place_share=grant.place_share,
        )
        for grant in grants
    ]


def _lines_of(grant_ids: Sequence[int]) -> Select[PayLine]:
    return (
        select(PayLine)
        .where(PayLine.grant_id.in_(grant_ids), PayLine.rejected_on.is_(None), PayLine.corrects_id.is_(None))
        .where(or_(PayLine.credited == 0, PayLine.credited < PayLine.amount))
        .options(lazyload(PayLine.invoice))
        .order_by(PayLine.id)
    )


def _by_grant(lines: Iterable[PayLine]) -> dict[int, list[PayLine]]:
    found: dict[int, list[PayLine]] = defaultdict(list)
    for line in lines:
        if line.grant_id is not None:
            found[line.grant_id].append(line)
    return found


def _bill(line: PayLine, grant: Grant | None, prices: PriceList) -> Bill:
    """Put what is left of a line beside the price agreed on its days and the mentor's employer."""
    period = Period(line.first_day, line.last_day)
    agreed = prices.agreed(line.mentor_id, grant, period) if grant is not None else None
    mentor = prices.mentors.get(line.mentor_id) if line.mentor_id is not None else None
    return Bill(
        id=line.id,
        kind=line.kind,
        grant_id=line.grant_id,
        citizen_id=line.citizen_id,
        mentor_id=line.mentor_id,
        period=period,
        minutes=line.minutes - line.credited_minutes,
        hundredths=None if line.hundredths is None else line.hundredths - line.credited_minutes * 100 // 60,
        hourly_price=line.hourly_price,
        amount=line.rest,
        item=line.item,
        agreed=agreed.price if agreed else None,
        price_gap=agreed.gap if agreed else "",
        sender_fits=mentor is None or _fits(line, mentor),
    )


def _fits(line: PayLine, mentor: Mentor) -> bool:
    """Tell whether a line comes from whom the mentor works for: a supplier, or no supplier; wages from none."""
    return line.supplier_id == mentor.supplier_id if line.kind == "invoice" else mentor.supplier_id is None


def _held(session: Session, grant_ids: Sequence[int]) -> tuple[dict[int, list[Held]], dict[int, set[int]]]:
    """Return the held meetings of each course, and the mentors who have logged for it, held or not."""
    held: dict[int, list[Held]] = defaultdict(list)
    met_by: dict[int, set[int]] = defaultdict(set)
    columns = (Meeting.grant_id, Meeting.mentor_id, Meeting.met_on, Meeting.minutes, Meeting.held)
    statement = select(*columns).where(Meeting.grant_id.in_(grant_ids), ~Meeting.corrected)
    for grant_id, mentor_id, met_on, minutes, was_held in session.execute(statement):
        met_by[grant_id].add(mentor_id)
        if was_held:
            held[grant_id].append(Held(met_on, minutes, mentor_id))
    return held, met_by


def _sheets(session: Session, grant_ids: Sequence[int]) -> dict[int, list[MonthTimesheet]]:
    found: dict[int, list[MonthTimesheet]] = defaultdict(list)
    for one in session.scalars(select(TimeSheet).where(TimeSheet.grant_id.in_(grant_ids))):
        found[one.grant_id].append(
            MonthTimesheet(one.mentor_id, one.first_day, one.minutes, one.approved_on is not None)
        )
    return found


def _absences(session: Session, mentor_ids: Iterable[int]) -> dict[int, list[tuple[int, Period]]]:
    found: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    for one in session.scalars(select(MentorAbsence).where(MentorAbsence.mentor_id.in_(list(mentor_ids)))):
        found[one.mentor_id].append((one.mentor_id, Period(one.first_day, one.last_day)))
    return found
