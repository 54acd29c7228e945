"""Leveringskontrollen: faults planted by plain SQL among lawful lines are found, and found by the right check."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices.line_check import check_lines
from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine, TimeSheet
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.accounts.delivery_check import CHECKS, NO_COURSE, faults_of
from jobcenter_mentor.domain.accounts.settlement import Bill, Settled
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from tests import builders as a

ALL = (*CHECKS, NO_COURSE)
FAULTS = 200
START, END = date(2021, 3, 1), date(2021, 6, 30)
MONTHS = ((date(2021, 4, 1), date(2021, 4, 30)), (date(2021, 5, 1), date(2021, 5, 31)))
PRICE = 40_000
PLANTED = {
    "other_citizen": "UPDATE pay_line SET citizen_id = (SELECT min(id) FROM citizen) WHERE id = :line",
    "wrong_mentor": "UPDATE pay_line SET mentor_id = :other WHERE id = :line",
    "wrong_sender": "UPDATE pay_line SET supplier_id = :rival WHERE id = :line",
    "outside_course": "UPDATE pay_line SET first_day = '2021-07-01', last_day = '2021-07-31' WHERE id = :line",
    "meeting_outside": "UPDATE \"grant\" SET last_day = '2021-05-20' WHERE id = :grant",
    "above_logged": "UPDATE meeting SET held = :no WHERE grant_id = :grant AND met_on > '2021-05-15'",
    "above_granted": "UPDATE grant_period SET minutes_per_week = 50 WHERE grant_id = :grant",
    "above_price": "UPDATE pay_line SET hourly_price = 41000, amount = amount + amount / 40 WHERE id = :line",
    "price_missing": (
        'UPDATE mentor SET supplier_id = NULL WHERE id = :mentor; UPDATE "grant" SET hourly_price = 0 WHERE id = :grant'
    ),
    "above_sum": "UPDATE pay_line SET amount = amount + 12345 WHERE id = :line",
    "excluded_item": "UPDATE pay_line SET item = 'mileage' WHERE id = :line",
    "billed_twice": "UPDATE pay_line SET first_day = '2021-04-20' WHERE id = :line",
    "paid_twice": (
        "UPDATE pay_line SET kind = 'wage', invoice_id = NULL, supplier_id = NULL, last_day = '2021-05-31' "
        "WHERE id = :before"
    ),
    "mentor_away": (
        "INSERT INTO mentor_absence (mentor_id, first_day, last_day, reason) "
        "VALUES (:mentor, '2021-05-01', '2021-05-31', 'ferie')"
    ),
    "no_time_sheet": "UPDATE time_sheet SET approved_on = NULL WHERE grant_id = :grant AND month = 5",
    "no_course": "UPDATE pay_line SET grant_id = NULL WHERE id = :line",
}
"""What each fault is, as a clerk or another system might have left it in the tables."""


class Town:
    """En lovlig kommune: courses with weekly meetings, billed month by month as they were held."""

    def __init__(self, session: Session) -> None:
        self.session, self.clerk = session, a.a_user(session, "ØK")
        self.supplier, self.rival = self._supplier("Lysning"), self._supplier("Bro")
        self.other = a.a_mentor(session, supplier_id=self.supplier.id)
        self.head = Invoice(
            supplier_id=self.supplier.id,
            sender="Lysning",
            cvr="",
            number="1",
            received_on=END,
            entered_by_id=self.clerk.id,
        )
        session.add(self.head)
        session.flush()

    def _supplier(self, name: str) -> Supplier:
        supplier = Supplier(name=name)
        supplier.contracts.append(Contract(valid_from=date(2021, 3, 1), hourly_price=PRICE))
        self.session.add(supplier)
        self.session.flush()
        return supplier

    def course(self, number: int, *, waged: bool) -> tuple[Grant, Mentor, list[int]]:
        """Make a course with its meetings, time sheets and two lines; returns the ids of the lines."""
        mentor = a.a_mentor(self.session, supplier_id=None if waged else self.supplier.id, employer="Lysning")
        grant = a.a_grant(
            self.session, mentor_id=mentor.id, start=START, last_day=END, hourly_price=PRICE, minutes_per_week=120
        )
        days = [START + timedelta(days=number % 5 + 7 * week) for week in range(17)]
        log = {"grant_id": grant.id, "mentor_id": mentor.id, "minutes": 110, "form": "in_person", "held": True}
        rows = [log | {"met_on": day, "public_id": f"{grant.id}-{day}"} for day in days]
        self.session.execute(insert(Meeting), rows)
        return grant, mentor, [self._line(grant, mentor, month, days, waged) for month in MONTHS]

    def _line(self, grant: Grant, mentor: Mentor, month: tuple[date, date], days: Sequence[date], waged: bool) -> int:
        minutes = 110 * sum(month[0] <= day <= month[1] for day in days)
        sheet = TimeSheet(
            grant_id=grant.id,
            mentor_id=mentor.id,
            year=2021,
            month=month[0].month,
            minutes=minutes,
            drawn_on=END,
            approved_on=END,
        )
        line = PayLine(
            kind="wage" if waged else "invoice",
            invoice_id=None if waged else self.head.id,
            number=2 * grant.id + month[0].month,
            supplier_id=None if waged else self.supplier.id,
            grant_id=grant.id,
            citizen_id=grant.citizen_id,
            mentor_id=mentor.id,
            first_day=month[0],
            last_day=month[1],
            minutes=minutes,
            hourly_price=PRICE,
            amount=round_half_away(Fraction(minutes * PRICE, 60)),
            entered_by_id=self.clerk.id,
            entered_on=END,
        )
        self.session.add_all([sheet, line])
        self.session.flush()
        return line.id


def planted(session: Session, faults: int) -> dict[int, str]:
    """Make the town and plant as many faults, each in a course of its own; returns line -> check that must find it."""
    town, found = Town(session), {}
    kinds: list[str] = list(PLANTED)
    wanted: list[tuple[str, dict[str, object]]] = []
    a.a_citizen(session)
    for number in range(faults):
        kind = kinds[number % len(kinds)]
        grant, mentor, (before, line) = town.course(number, waged=kind == "no_time_sheet")
        town.course(number, waged=number % 2 == 0)
        values = {
            "line": line,
            "before": before,
            "grant": grant.id,
            "mentor": mentor.id,
            "other": town.other.id,
            "rival": town.rival.id,
            "no": False,
        }
        wanted.append((PLANTED[kind], values))
        found[line] = kind
    with a.past_the_guards(session):
        for statements, values in wanted:
            for statement in statements.split("; "):
                session.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})
    session.flush()
    session.expire_all()
    return found


def share_found(session: Session, faults: dict[int, str], checks: Sequence[str]) -> tuple[float, float]:
    """Return the share of the planted faults that are found by name, and of the lawful lines that give an alarm."""
    checked = check_lines(session, session.scalars(select(PayLine).order_by(PayLine.id)).all(), checks)
    named = {one.line.id: {fault.check for fault in one.faults} for one in checked}
    spoilt = {one.line.citizen_id for one in checked if one.line.id in faults}
    spoilt |= set(session.scalars(select(Grant.citizen_id).where(Grant.id.in_(touched(session, faults)))))
    lawful = [one for one in checked if one.line.citizen_id not in spoilt]
    found = sum(check in named[line] for line, check in faults.items())
    return found / len(faults), sum(bool(one.faults) for one in lawful) / len(lawful)


def touched(session: Session, faults: dict[int, str]) -> Sequence[int | None]:
    """Return the courses a fault was planted in: that of its line, and of the line before it."""
    ids = [*faults, *(line - 1 for line in faults)]
    return session.scalars(select(PayLine.grant_id).where(PayLine.id.in_(ids))).all()


def test_planted_faults_are_found_and_a_check_switched_off_is_missed(session: Session) -> None:
    faults = planted(session, len(ALL))

    found, alarms = share_found(session, faults, ALL)

    assert (found >= 0.98, alarms <= 0.01) == (True, True), (found, alarms)
    for off in ALL:
        without, _ = share_found(session, faults, [name for name in ALL if name != off])
        assert without < 0.98, f"nothing is missed without {off}"


@pytest.mark.slow
def test_of_200_planted_faults_at_least_196_are_found(session: Session) -> None:
    found, alarms = share_found(session, planted(session, FAULTS), ALL)

    assert (found >= 0.98, alarms <= 0.01) == (True, True), (found, alarms)


@pytest.mark.parametrize(
    ("day", "item", "section"),
    [
        (date(2019, 12, 31), "prep", None),
        (date(2020, 1, 1), "prep", "§ 123"),
        (date(2021, 12, 31), "prep", "§ 123"),
        (date(2022, 1, 1), "prep", "§ 125"),
        (date(2023, 12, 31), "prep", "§ 125"),
        (date(2024, 1, 1), "prep", "§ 126"),
        (date(2026, 11, 30), "prep", "§ 126"),
        (date(2019, 12, 31), "transport", None),
        (date(2021, 6, 1), "transport", "§ 122, stk. 2"),
        (date(2022, 6, 1), "overhead", "§ 124, stk. 2"),
        (date(2026, 6, 1), "mileage", "§ 125, stk. 2"),
    ],
)
def test_preparation_and_other_cost_are_refused_from_2020_by_the_order_of_the_day(
    law: Law, day: date, item: str, section: str | None
) -> None:
    bill = Bill(1, "invoice", 1, 1, 1, Period(day, day), 0, 0, 10_000, item=item)
    course = Settled(1, 1, frozenset({1}), Period(day, day), (), (), (bill,), (), (), 1)

    found = faults_of(course, ["excluded_item"])

    assert [fault.at_risk for fault in found] == ([10_000] if section else [])
    if section:
        figure = "citation.direct_contact" if item == "prep" else "citation.mentor_cost"
        assert f" {section})." in found[0].words
        assert section.removesuffix(", stk. 2") == law.on(day).find(figure)


def test_every_check_has_a_name_and_a_planted_fault() -> None:
    assert set(PLANTED) == set(ALL)
