"""Credit notes in sheets (kreditnotaer): hours as they were written, and a note tied to the invoice it lowers."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices import approval
from jobcenter_mentor.accounts.invoices.line_check import check_lines
from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.suppliers.models import Contract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import import_check, service
from tests.accounts.claims.test_money import FIRST
from tests.builders import WORKING_DAY as ON
from tests.builders import a_citizen, a_grant, a_mentor, a_user
from tests.sheets.runs.sheets import xlsx

FIELD = Path(__file__).parents[2] / "data" / "field"
ROW: dict[str, Any] = {
    "Fakturanr": "F-1000",
    "Leverandør": "Lysning Mentor",
    "CVR-nr": "12345674",
    "CPR-nr": "070775-1037",
    "Mentor": "Peter Holm",
    "Periode fra": "01-09-2014",
    "Periode til": "30-09-2014",
    "Timer": 8,
    "Timepris": 425,
    "Beløb": 3400,
    "Art": "Mentortimer",
    "Krediterer faktura": "",
}


@pytest.fixture
def controller(session: Session) -> User:
    """The controller of a municipality where Peter Holm of Lysning has a course."""
    supplier = Supplier(name="Lysning Mentor", cvr="12345674")
    supplier.contracts.append(Contract(valid_from=FIRST, hourly_price=42_500))
    session.add(supplier)
    session.flush()
    mentor = a_mentor(session, supplier_id=supplier.id, mentor_type="EKST", first_name="Peter", last_name="Holm")
    citizen = a_citizen(session, cpr="0707751037")
    a_grant(session, citizen=citizen, mentor_id=mentor.id, mentor_type="EKST", hourly_price=42_500)
    return a_user(session, "ØK")


def sent(session: Session, content: bytes, by: User, law: Law) -> dict[str, Any]:
    """Check a sheet and take it in; return the report of the check."""
    report = import_check.check(session, "invoices", "ark.xlsx", content, by=by, on=ON, law=loader.law()).whole_report()
    if not report["row_errors"]:
        run, _ = service.keep(session, "invoices", "ark.xlsx", content, actor=Actor(by, ON), law=loader.law())
        service.apply(session, run, actor=Actor(by, ON), law=law)
    return report


def of(**changes: Any) -> bytes:
    return xlsx([ROW | changes], headings=list(ROW))


def newest(session: Session) -> PayLine:
    return session.scalars(select(PayLine).order_by(PayLine.id.desc())).first()  # type: ignore[return-value]


def paid(session: Session, controller: User, law: Law, content: bytes) -> PayLine:
    sent(session, content, controller, law)
    line = newest(session)
    approval.match(session, line, note="Aftalt.", actor=Actor(controller, ON))
    return approval.release(session, line, actor=Actor(a_user(session, "ØK"), ON))


def test_hours_are_kept_as_they_were_written(session: Session, controller: User, law: Law) -> None:
    report = sent(session, (FIELD / "f05-invoice-two-decimals.xlsx").read_bytes(), controller, law)

    line = newest(session)
    assert report["row_errors"] == []
    assert (line.hundredths, line.minutes, line.amount, line.hours_written) == (67, 40, 28_475, "0,67")
    assert "above_sum" not in [fault.check for fault in check_lines(session, [line])[0].faults]


def test_a_credit_note_is_tied_to_the_invoice_it_lowers(session: Session, controller: User, law: Law) -> None:
    line = paid(session, controller, law, of())

    report = sent(session, (FIELD / "f06-credit-note.xlsx").read_bytes(), controller, law)

    session.refresh(line)
    note = newest(session)
    assert report["row_errors"] == []
    assert (note.corrects_id, note.amount, note.minutes, line.rest) == (line.id, -85_000, -120, 255_000)


def test_a_credit_note_sent_again_changes_nothing(session: Session, controller: User, law: Law) -> None:
    line, content = paid(session, controller, law, of()), (FIELD / "f06-credit-note.xlsx").read_bytes()
    sent(session, content, controller, law)

    report = sent(session, content, controller, law)

    session.refresh(line)
    assert report["rows"]["unchanged"] == 1
    assert line.credited == 85_000


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ({"Timer": 0.67, "Beløb": 284.75}, "kun 284,75 kr. tilbage af linjen på faktura F-1000"),
        ({"Periode fra": "02-09-2014"}, "ingen linje at kreditere"),
    ],
)
def test_a_credit_note_that_does_not_fit_says_why(
    session: Session, controller: User, law: Law, before: dict[str, Any], words: str
) -> None:
    paid(session, controller, law, of(**before))

    report = sent(session, (FIELD / "f06-credit-note.xlsx").read_bytes(), controller, law)

    assert words in report["row_errors"][0]["message"]


def test_a_sheet_may_say_which_invoice_it_credits(session: Session, controller: User, law: Law) -> None:
    first = paid(session, controller, law, of())
    paid(session, controller, law, of(Fakturanr="F-1002"))
    note = {"Fakturanr": "K-1", "Timer": -2, "Beløb": -850}

    unsaid = sent(session, of(**note), controller, law)
    sent(session, of(**note | {"Krediterer faktura": "F-1000"}), controller, law)

    assert "Krediterer faktura" in unsaid["row_errors"][0]["message"]
    assert newest(session).corrects_id == first.id
