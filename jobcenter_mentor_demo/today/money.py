"""Make the money of 2026: prices and budgets by two keys, wages and invoices month by month, and a closed claim."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims import service
from jobcenter_mentor.accounts.invoices import approval, timesheets, wages
from jobcenter_mentor.accounts.invoices import service as invoices
from jobcenter_mentor.accounts.invoices.agreed_prices import price_list
from jobcenter_mentor.accounts.invoices.invoice_line import NewInvoiceLine
from jobcenter_mentor.casework.frames import amount_decision as amounts
from jobcenter_mentor.casework.frames.models import MonthSum
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.money import divide_half_away
from jobcenter_mentor.domain.kernel.periods import Period, month_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.budget.spending_boundary import PERSONS
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.law_figures import local_figures
from jobcenter_mentor.platform.law_figures.local_figures import NewFigure
from jobcenter_mentor_demo.today.cases import DAY

YEAR = DAY.year
PRICED_ON, PRICE_APPROVED_ON, PRICED_FROM = date(2025, 9, 15), date(2025, 9, 17), date(2025, 10, 1)
PRICES = {"INT": "365", "VIRK": "390", "EKST": "570"}
"""Kroner an hour from the day of the first cases; other types keep their price."""
FULL_TIME_PERSONS = "1180"
BUDGETED_ON, BUDGET_APPROVED_ON = date(2025, 10, 9), date(2025, 10, 13)
HALF = 2
"""How many times a team's budget is what it has had delivered."""
LEAST_BUDGET, STEP = 5_000_000, 500_000
"""The smallest budget, and the step that budgets are rounded up to, in øre."""
LAST_MONTH = DAY.month - 1
CLAIMED = Period(date(2026, 1, 1), date(2026, 6, 30))
CLAIM_DRAFTED, CLAIM_CLOSED = date(2026, 9, 1), date(2026, 9, 3)


def set_figures(session: Session, users: dict[str, User], law: Law) -> None:
    """Set the municipality's prices and number of full-time persons, proposed by one and approved by another."""
    why = "Byrådets takster fra efteråret 2025"
    prices = [(f"local.standard_price.{code}", price, why) for code, price in PRICES.items()]
    for name, value, reason in (*prices, (PERSONS, FULL_TIME_PERSONS, "Opgjort af økonomi, september 2025")):
        new = NewFigure(name, value, PRICED_FROM, reason)
        proposed = local_figures.propose(session, new, actor=Actor(users["henrik"], PRICED_ON), law=law)
        local_figures.approve(session, proposed, actor=Actor(users["inge"], PRICE_APPROVED_ON))


def set_budgets(session: Session, users: dict[str, User], law: Law) -> None:
    """Set the teams' budgets, half of which is used by now; next year's wait for the second key."""
    delivered = select(func.coalesce(func.sum(MonthSum.delivered), 0)).where(MonthSum.year == YEAR)
    for team in session.scalars(select(Team).order_by(Team.id)):
        used = int(session.scalar(delivered.where(MonthSum.team_id == team.id)) or 0)
        amount = max(LEAST_BUDGET, -(-used * HALF // STEP) * STEP)
        first = amounts.propose_change(
            session,
            year=YEAR,
            amount=amount,
            reason="Byrådets budget af 8. oktober 2025",
            actor=Actor(users["controller"], BUDGETED_ON),
            team=team.public_id,
            law=law,
        )
        amounts.approve_change(session, first, actor=Actor(users["controller2"], BUDGET_APPROVED_ON))
        amounts.propose_change(
            session,
            year=YEAR + 1,
            amount=amount,
            reason="Byrådets budget af 7. oktober 2026",
            actor=Actor(users["controller"], DAY - timedelta(days=2)),
            team=team.public_id,
            law=law,
        )


def pay(session: Session, users: dict[str, User]) -> None:
    """Pay month by month: time sheets become wages, and suppliers and workplaces send their invoices.

    All but the last month is released; the last one waits on the work list.
    """
    for month in range(1, LAST_MONTH + 1):
        on = month_of(YEAR, month).last + timedelta(days=6)
        timesheets.draw(session, year=YEAR, month=month, actor=Actor(users["amal"], on))
        sheets = timesheets.list_sheets(session, year=YEAR, month=month, actor=Actor(users["amal"], on))
        ids = [one.sheet.public_id for one in sheets]
        timesheets.approve(session, ids if month < LAST_MONTH else ids[::2], actor=Actor(users["amal"], on))
        wages.book(session, year=YEAR, month=month, actor=Actor(users["controller"], on))
        rows = _billed(session, month)
        if rows:
            invoices.take_in(session, rows, actor=Actor(users["controller"], on))
        if month < LAST_MONTH:
            approval.match_all(session, actor=Actor(users["controller"], on))
            approval.release_all(session, actor=Actor(users["controller2"], on))


def claim(session: Session, users: dict[str, User], law: Law) -> None:
    """Make and close the claim of the first half year."""
    drafter, closer = users["controller"], users["controller2"]
    made = service.draft(session, law, first=CLAIMED.first, last=CLAIMED.last, actor=Actor(drafter, CLAIM_DRAFTED))
    service.close(session, made, law, actor=Actor(closer, CLAIM_CLOSED))


def _billed(session: Session, month: int) -> list[NewInvoiceLine]:
    """Return the month's lines of those who send invoices: what was held, at the agreed price."""
    days = month_of(YEAR, month)
    statement = (
        select(Grant, Mentor, func.sum(Meeting.minutes))
        .join(Meeting, Meeting.grant_id == Grant.id)
        .join(Mentor, Mentor.id == Meeting.mentor_id)
        .where(Meeting.held, ~Meeting.corrected, Meeting.met_on.between(days.first, days.last))
        .where(Mentor.mentor_type.in_(("EKST", "VIRK")))
        .group_by(Grant.id, Mentor.id)
        .order_by(Mentor.id, Grant.id)
    )
    found = session.execute(statement).unique().all()
    prices = price_list(session, {mentor.id for _, mentor, _ in found})
    return [
        _line(session, grant, mentor, int(minutes), days, prices.agreed(mentor.id, grant, days).price or 0)
        for grant, mentor, minutes in found
    ]


def _line(session: Session, grant: Grant, mentor: Mentor, minutes: int, month: Period, price: int) -> NewInvoiceLine:
    supplier = session.get(Supplier, mentor.supplier_id) if mentor.supplier_id else None
    days = month.overlap(Period(grant.start, grant.ended_on or grant.last_day)) or month
    return NewInvoiceLine(
        invoice=f"{month.first:%Y%m}-{mentor.supplier_id or 0:02d}{'' if supplier else mentor.id}",
        sender=supplier.name if supplier else mentor.employer,
        cvr=supplier.cvr if supplier else "41370009",
        mentor=mentor.name,
        first_day=days.first,
        last_day=days.last,
        minutes=minutes,
        hourly_price=price,
        amount=divide_half_away(minutes * price, 60),
        case_number=grant.case_number,
    )
