"""Make time sheets, wage lines and invoices of 2014 from the logged meetings, and one closed claim.

All but the last month is released; the last one waits on the work list, with a few lines that do not add up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.accounts.claims import service
from jobcenter_mentor.accounts.invoices.agreed_prices import price_list
from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine, TimeSheet
from jobcenter_mentor.accounts.invoices.wages import WAGED
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import Period, month_of, months_before
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor_demo.corps import COMPANIES
from jobcenter_mentor_demo.rows import Rows, TableRow

FIRST_DAY = date(2014, 1, 1)
LAST_MONTH = months_before(DEMO_DAY.replace(day=1), 1)
CLAIMED = Period(FIRST_DAY, date(2014, 6, 30))
CLAIM_DRAFTED, CLAIM_CLOSED = date(2014, 9, 1), date(2014, 9, 4)
CVR = dict(
    zip(
        (one.employer for one in COMPANIES),
        (
            "41370009",
            "42740004",
            "44110008",
            "45480011",
            "46850017",
            "48220010",
            "49590024",
            "50960021",
        ),
        strict=True,
    )
)
"""Made-up CVR numbers of the workplaces that bill for a mentor."""
ODD = 9
"""The number of lines in the last month that do not add up."""


@dataclass(frozen=True)
class Worked:
    """The work of a month: the minutes a mentor held on a course, its days in the month and the agreed price."""

    grant: Grant
    mentor: Mentor
    days: Period
    minutes: int
    price: int

    @property
    def billed(self) -> int:
        """Return the citizen's part of the time, in minutes."""
        return round_half_away(Fraction(self.minutes, self.grant.place_share))


def write_money(session: Session, staff: dict[str, int], law: Law, rng: Random) -> None:
    """Write the accounts of 2014; the meetings must be written already."""
    rows = Rows()
    heads: dict[tuple[str, date], int] = {}
    lines: list[TableRow] = []
    for worked in _worked(session):
        if worked.mentor.mentor_type in WAGED and worked.mentor.supplier_id is None:
            _write_sheet(rows, worked, staff, rng)
            lines += [_line(worked, "wage", None, staff)] if worked.days.first < LAST_MONTH else []
        elif worked.mentor.mentor_type != "FRIV" and worked.price:
            head = _head(rows, heads, worked, session, staff)
            lines.append(_line(worked, "invoice", head, staff))
    _spoil([line for line in lines if line["first_day"] >= LAST_MONTH], rng)
    numbers: dict[int, int] = {}
    for line in lines:
        if line["invoice_id"] is not None:
            line["number"] = numbers[line["invoice_id"]] = numbers.get(line["invoice_id"], 0) + 1
        rows.add(PayLine, **line)
    rows.write(session)
    _claim(session, staff, law)


def _worked(session: Session) -> Iterator[Worked]:
    """Yield what each mentor held on each course in each past month."""
    year, month = extract("year", Meeting.met_on), extract("month", Meeting.met_on)
    statement = (
        select(Meeting.grant_id, Meeting.mentor_id, year, month, func.sum(Meeting.minutes))
        .where(Meeting.held, ~Meeting.corrected, Meeting.met_on.between(FIRST_DAY, month_of(*_last()).last))
        .group_by(Meeting.grant_id, Meeting.mentor_id, year, month)
        .order_by(year, month, Meeting.mentor_id, Meeting.grant_id)
    )
    found = session.execute(statement).all()
    grants = {g.id: g for g in session.scalars(select(Grant).options(lazyload(Grant.citizen), lazyload(Grant.mentor)))}
    prices = price_list(session, {row.mentor_id for row in found})
    for grant_id, mentor_id, in_year, in_month, minutes in found:
        grant = grants[grant_id]
        course = Period(grant.start, grant.ended_on or grant.last_day)
        days = month_of(int(in_year), int(in_month)).overlap(course)
        if days is not None:
            price = prices.agreed(mentor_id, grant, days).price
            yield Worked(grant, prices.mentors[mentor_id], days, int(minutes), price or 0)


def _last() -> tuple[int, int]:
    return LAST_MONTH.year, LAST_MONTH.month


def _write_sheet(rows: Rows, worked: Worked, staff: dict[str, int], rng: Random) -> None:
    """Write the month's sheet; half of the last month's wait for approval."""
    after = month_of(worked.days.first.year, worked.days.first.month).last
    approved = worked.days.first < LAST_MONTH or rng.random() < 0.5
    rows.add(
        TimeSheet,
        grant_id=worked.grant.id,
        mentor_id=worked.mentor.id,
        year=worked.days.first.year,
        month=worked.days.first.month,
        minutes=worked.minutes,
        drawn_on=_days_after(after, 2),
        approved_by_id=staff["amal"] if approved else None,
        approved_on=_days_after(after, 4) if approved else None,
    )


def _head(
    rows: Rows, heads: dict[tuple[str, date], int], worked: Worked, session: Session, staff: dict[str, int]
) -> int:
    """Return the month's invoice from the mentor's employer, made the first time."""
    mentor, month = worked.mentor, worked.days.first.replace(day=1)
    supplier = session.get(Supplier, mentor.supplier_id) if mentor.supplier_id else None
    sender = supplier.name if supplier else mentor.employer
    key = (sender, month)
    if key not in heads:
        heads[key] = rows.add(
            Invoice,
            supplier_id=mentor.supplier_id,
            sender=sender,
            cvr=supplier.cvr if supplier else CVR[sender],
            number=f"{month:%Y%m}{len(heads) + 1:03d}",
            received_on=_days_after(month_of(month.year, month.month).last, 5),
            source="ark",
            entered_by_id=staff["controller"],
        )
    return heads[key]


def _line(worked: Worked, kind: str, head: int | None, staff: dict[str, int]) -> TableRow:
    """Return the row of a line, released where the month is not the last one."""
    after = month_of(worked.days.first.year, worked.days.first.month).last
    done = worked.days.first < LAST_MONTH
    return {
        "kind": kind,
        "invoice_id": head,
        "number": 1,
        "supplier_id": worked.mentor.supplier_id if kind == "invoice" else None,
        "grant_id": worked.grant.id,
        "citizen_id": worked.grant.citizen_id,
        "mentor_id": worked.mentor.id,
        "first_day": worked.days.first,
        "last_day": worked.days.last,
        "minutes": worked.billed,
        "hourly_price": worked.price,
        "amount": round_half_away(Fraction(worked.billed * worked.price, 60)),
        "item": "hours",
        "entered_by_id": staff["controller"],
        "entered_on": _days_after(after, 5),
        "matched_by_id": staff["controller"] if done else None,
        "matched_on": _days_after(after, 8) if done else None,
        "released_by_id": staff["controller2"] if done else None,
        "released_on": _days_after(after, 9) if done else None,
    }


def _spoil(lines: list[TableRow], rng: Random) -> None:
    """Make some lines wrong: more hours than logged, or a higher price than agreed."""
    for place, line in enumerate(rng.sample(lines, min(ODD, len(lines)))):
        if place % 3 == 0:
            line["hourly_price"] += 2500
        elif place % 3 == 1:
            line["minutes"] += 180
        else:
            line["amount"] += 30000
            continue
        line["amount"] = round_half_away(Fraction(line["minutes"] * line["hourly_price"], 60))


def _claim(session: Session, staff: dict[str, int], law: Law) -> None:
    """Make and close the claim of the first half year."""
    drafter, closer = (session.get_one(User, staff[name]) for name in ("controller", "controller2"))
    claim = service.draft(session, law, first=CLAIMED.first, last=CLAIMED.last, actor=Actor(drafter, CLAIM_DRAFTED))
    service.close(session, claim, law, actor=Actor(closer, CLAIM_CLOSED))


def _days_after(day: date, days: int) -> date:
    return min(date.fromordinal(day.toordinal() + days), DEMO_DAY)
