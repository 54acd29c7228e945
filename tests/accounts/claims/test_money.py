"""Pengenes gang: a line is taken in, matched by one, released by another, claimed once and frozen."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims import service
from jobcenter_mentor.accounts.claims.claim_workbook import workbook
from jobcenter_mentor.accounts.claims.refund_chain import sums_by_month
from jobcenter_mentor.accounts.invoices import approval, timesheets, wages
from jobcenter_mentor.accounts.invoices import service as invoices
from jobcenter_mentor.accounts.invoices.invoice_line import NewInvoiceLine
from jobcenter_mentor.accounts.invoices.models import ClaimLine, PayLine, TimeSheet
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import cpr_numbers
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from tests import builders as a
from tests.logins import Visitor

DAY, FIRST, LAST = date(2014, 10, 15), date(2014, 9, 1), date(2014, 9, 30)
CVR = "12345674"


@pytest.fixture
def course(session: Session) -> Grant:
    """Return a course with Lysning's mentor, two hours held in each of four weeks of September 2014."""
    supplier = Supplier(name="Lysning Mentor", cvr=CVR)
    supplier.contracts.append(Contract(valid_from=date(2014, 1, 1), hourly_price=42_500))
    session.add(supplier)
    session.flush()
    mentor = a.a_mentor(session, supplier_id=supplier.id, mentor_type="EKST", last_name="Holm")
    grant = a.a_grant(session, mentor_id=mentor.id, mentor_type="EKST", hourly_price=42_500)
    for day in (2, 9, 16, 23):
        meeting = Meeting(
            grant_id=grant.id, mentor_id=mentor.id, met_on=date(2014, 9, day), minutes=120, form="in_person", held=True
        )
        session.add(meeting)
    session.flush()
    session.refresh(grant)
    return grant


@pytest.fixture
def clerk(session: Session) -> User:
    return a.a_user(session, "ØK")


def a_row(course: Grant, **changes: object) -> NewInvoiceLine:
    mentor = course.mentor.name if course.mentor else ""
    row = NewInvoiceLine(
        "931", "Lysning Mentor", CVR, mentor, FIRST, LAST, 480, 42_500, 340_000, cpr=course.citizen.cpr
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def taken(session: Session, course: Grant, clerk: User, **changes: object) -> PayLine:
    invoices.take_in(session, [a_row(course, **changes)], actor=Actor(clerk, DAY))
    return session.scalars(select(PayLine).order_by(PayLine.id.desc())).first()  # type: ignore[return-value]


def paid(session: Session, course: Grant, clerk: User, **changes: object) -> PayLine:
    line = taken(session, course, clerk, **changes)
    approval.match(session, line, note="Aftalt", actor=Actor(clerk, DAY))
    return approval.release(session, line, actor=Actor(a.a_user(session, "ØK"), DAY))


def test_the_same_rows_taken_in_again_change_nothing(session: Session, course: Grant, clerk: User) -> None:
    rows = [a_row(course), a_row(course, first_day=date(2014, 10, 1), last_day=date(2014, 10, 14))]

    first = invoices.take_in(session, rows, actor=Actor(clerk, DAY))
    second = invoices.take_in(session, rows, actor=Actor(clerk, DAY))

    assert [[one.status for one in taken] for taken in (first, second)] == [["new"] * 2, ["unchanged"] * 2]
    assert session.scalars(select(PayLine.number).order_by(PayLine.id)).all() == [1, 2]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("cpr", {"cpr": "0101010001"}),
        ("minutes", {"minutes": 0}),
        ("hourly_price", {"hourly_price": 0}),
        ("amount", {"amount": -1}),
        ("last_day", {"last_day": date(2014, 8, 1)}),
        ("first_day", {"first_day": date(2014, 11, 1), "last_day": date(2014, 11, 30)}),
        ("item", {"item": "kaffe"}),
        ("cvr", {"cvr": "1"}),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_row_and_field(
    session: Session, course: Grant, clerk: User, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        invoices.take_in(session, [a_row(course), a_row(course, **changes)], actor=Actor(clerk, DAY))

    assert f"1.{field}" in refused.value.errors
    assert session.scalars(select(PayLine)).all() == []


def test_a_bill_by_the_number_the_citizen_had_before_finds_the_course(
    session: Session, course: Grant, clerk: User
) -> None:
    row, by = a_row(course), a.a_user(session, "SB", team=session.get(Team, course.citizen.team_id))
    cpr_numbers.change(
        session, course.citizen, a.nobodys_cpr(7), replaced_on=LAST, reason="Skiftet", actor=Actor(by, DAY)
    )

    before, after = invoices.judge(session, [row, a_row(course)], actor=Actor(clerk, DAY))

    assert (before.grant, before.citizen, before.errors) == (course, course.citizen, {})
    assert after.grant is course


def test_a_supplier_sees_no_citizen_and_sends_no_bill_but_its_own(session: Session, course: Grant) -> None:
    stranger = Supplier(name="Bro til Job", cvr="23456783")
    session.add(stranger)
    session.flush()
    contact = a.a_user(session, "LK", supplier_id=stranger.id)

    (judged,) = invoices.judge(session, [a_row(course)], actor=Actor(contact, DAY))

    assert judged.errors.keys() == {"cvr", "cpr"}


def test_one_matches_and_another_releases(session: Session, course: Grant, clerk: User) -> None:
    line = taken(session, course, clerk)
    approval.match(session, line, actor=Actor(clerk, DAY))

    with pytest.raises(NotAllowed, match="selv"):
        approval.release(session, line, actor=Actor(clerk, DAY))
    approval.release(session, line, actor=Actor(a.a_user(session, "ØK"), DAY))

    assert approval.status_of(line) == approval.RELEASED
    with pytest.raises(InvalidTransition):
        approval.reject(session, line, reason="For sent", actor=Actor(clerk, DAY))


def test_a_difference_asks_for_a_reason_and_a_line_without_course_is_never_paid(
    session: Session, course: Grant, clerk: User
) -> None:
    dear = taken(session, course, clerk, hourly_price=50_000, amount=400_000)
    stray = taken(session, course, clerk, invoice="932", cpr=a.a_citizen(session).cpr)

    with pytest.raises(ValidationFailed, match="afvigelser"):
        approval.match(session, dear, actor=Actor(clerk, DAY))
    with pytest.raises(ValidationFailed, match="Uden bevilling"):
        approval.match(session, stray, note="Betal", actor=Actor(clerk, DAY))


def test_a_time_sheet_is_approved_by_who_did_not_log_it_and_paid_once(session: Session) -> None:
    mentor, leader, clerk = a.a_mentor(session), a.a_user(session, "TL"), a.a_user(session, "ØK")
    grant = a.a_grant(session, mentor_id=mentor.id)
    met = {"met_on": FIRST, "minutes": 90, "form": "in_person", "held": True, "logged_by_id": leader.id}
    session.add(Meeting(grant_id=grant.id, mentor_id=mentor.id, **met))
    timesheets.draw(session, year=2014, month=9, actor=Actor(leader, DAY))
    sheet = session.scalars(select(TimeSheet)).one()

    with pytest.raises(NotAllowed):
        timesheets.approve(session, [sheet.public_id], actor=Actor(leader, DAY))
    with pytest.raises(NotFound):
        timesheets.approve(session, [sheet.public_id], actor=Actor(clerk, DAY))
    timesheets.approve(session, [sheet.public_id], actor=Actor(a.a_user(session, "MK"), DAY))
    booked = [len(wages.book(session, year=2014, month=9, actor=Actor(clerk, DAY)).lines) for _ in range(2)]

    assert booked == [1, 0]
    assert session.scalars(select(PayLine.amount)).one() == 45_000


def test_the_chain_holds_each_link_of_the_month(session: Session, course: Grant, clerk: User, law: Law) -> None:
    a.a_frame(session)
    paid(session, course, clerk)
    close_claim(session, clerk, law)

    month = sums_by_month(session, year=2014)[course.id][9]

    assert (month.held_minutes, month.billed_minutes, month.delivered) == (480, 480, 340_000)
    assert (month.invoiced, month.released, month.refunded) == (340_000, 340_000, 170_000)


def close_claim(session: Session, clerk: User, law: Law) -> None:
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))
    service.close(session, claim, law, actor=Actor(a.a_user(session, "ØK"), DAY))


def test_a_claim_is_closed_by_another_and_the_database_keeps_it(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    a.a_frame(session)
    paid(session, course, clerk)
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))

    with pytest.raises(NotAllowed):
        service.close(session, claim, law, actor=Actor(clerk, DAY))
    service.close(session, claim, law, actor=Actor(a.a_user(session, "ØK"), DAY))

    for act in ("UPDATE claim_line SET refund = 1", "DELETE FROM claim_line", "UPDATE claim SET closed_on = NULL"):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(text(act))


def test_a_line_rejected_after_the_claim_comes_back_as_a_correction(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    a.a_frame(session)
    line = paid(session, course, clerk)
    close_claim(session, clerk, law)
    with a.past_the_guards(session):
        session.execute(text("UPDATE pay_line SET released_on = NULL, rejected_on = '2014-10-15'"))
    session.refresh(line)

    close_claim(session, clerk, law)

    first, back = session.scalars(select(ClaimLine).order_by(ClaimLine.id)).all()
    assert (first.refund, back.refund, back.correction_of_id) == (170_000, -170_000, first.id)


def test_a_draft_is_reckoned_again_before_it_is_closed(session: Session, course: Grant, clerk: User, law: Law) -> None:
    a.a_frame(session)
    paid(session, course, clerk)
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))
    paid(session, course, clerk, invoice="932", first_day=date(2014, 9, 1), minutes=60, amount=42_500)

    with pytest.raises(Conflict, match="Beregn"):
        service.close(session, claim, law, actor=Actor(a.a_user(session, "ØK"), DAY))


def test_the_workbook_sums_the_rows_of_its_lines(session: Session, course: Grant, clerk: User, law: Law) -> None:
    a.a_frame(session)
    paid(session, course, clerk)
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))

    content = workbook(
        claim, service.accounts(session, claim, actor=Actor(clerk, DAY)), "Sønderå Kommune", actor=Actor(clerk, DAY)
    )
    formulas, values = (openpyxl.load_workbook(BytesIO(content), data_only=known) for known in (False, True))

    assert str(formulas["Opgørelse"]["H5"].value).startswith("=SUMPRODUCT(Linjer!$N$2:$N$2*")
    assert formulas["Opgørelse"]["H6"].value == "=SUM(H5:H5)"
    assert (values["Linjer"]["M2"].value, values["Opgørelse"]["H6"].value) == (3400, 1700)
    told = dict(values["Definitioner"].iter_rows(max_col=2, values_only=True))
    assert told["Periode"] == f"{FIRST:%d.%m.%Y} til {LAST:%d.%m.%Y}, begge dage med"
    assert told["Lavet"] == f"{DAY:%d.%m.%Y} af {clerk.full_name}"


def test_the_workbook_of_a_claim_asks_for_a_reason_and_no_auditor_gets_it(
    as_controller: Visitor, as_auditor: Visitor, session: Session, clerk: User, law: Law
) -> None:
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))
    session.commit()
    page = f"/refusion/opgoerelser/{claim.public_id}"

    assert as_controller.get(f"{page}/ark").headers["Location"].startswith("/begrundelse")
    assert as_auditor.get(f"{page}/ark").status_code == 403
    assert ("Åbn som Excel" in as_controller.get(page).text, "Åbn som Excel" in as_auditor.get(page).text) == (
        True,
        False,
    )


def test_the_pages_open_for_who_may_read_them(as_controller: Visitor, session: Session, course: Grant) -> None:
    line = taken(session, course, a.a_user(session, "ØK"))
    session.commit()

    addresses = ["/refusion", f"/refusion/linjer/{line.public_id}", "/refusion/kaeden?aar=2014&maaned=9"]
    addresses += [f"/refusion/kaeden/{course.public_id}", "/refusion/opgoerelser", "/refusion/timesedler"]
    answers = [as_controller.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert all("3.400,00" in answers[place].text for place in (0, 1, 3))


def test_an_invoice_typed_in_stands_on_the_work_list(as_controller: Visitor, session: Session, course: Grant) -> None:
    session.commit()
    typed = {
        "number": "931",
        "sender": "Lysning Mentor",
        "cvr": CVR,
        "lines-0-case_number": course.case_number,
        "lines-0-mentor": course.mentor.name if course.mentor else "",
        "lines-0-first_day": "01-09-2014",
        "lines-0-last_day": "30-09-2014",
        "lines-0-hundredths": "8",
        "lines-0-hourly_price": "425,00",
        "lines-0-amount": "3.400,00",
        "lines-0-item": "hours",
    }

    wrong = as_controller.post("/refusion/fakturaer/ny", data=typed | {"lines-0-case_number": "2014-9999"})
    right = as_controller.post("/refusion/fakturaer/ny", data=typed)

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Der er intet forløb med det sagsnummer" in wrong.text
    assert session.scalars(select(PayLine.amount)).all() == [340_000]
