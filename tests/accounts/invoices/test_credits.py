"""Penge kan gå tilbage: a credit note or a correction lowers what is paid, the chain, the frame and the next claim."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.claims import service
from jobcenter_mentor.accounts.claims.refund_chain import sums_by_month
from jobcenter_mentor.accounts.invoices import approval, credits, wages
from jobcenter_mentor.accounts.invoices import service as invoices
from jobcenter_mentor.accounts.invoices.line_check import check_lines
from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, PayLine, TimeSheet
from jobcenter_mentor.casework.frames.models import MonthSum
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.accounts.delivery_check import above_sum
from jobcenter_mentor.domain.accounts.settlement import Bill, Settled
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import minutes_of
from jobcenter_mentor.domain.kernel.money import round_half_away
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.budget import recount
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from tests import builders as a
from tests.accounts.claims.test_money import DAY, FIRST, LAST, a_row, clerk, course, paid, taken
from tests.logins import Visitor

__all__ = ["clerk", "course"]

MINUS_2_HOURS = {"invoice": "K-931", "minutes": -120, "hundredths": -200, "amount": -85_000}
WHOLE = {"invoice": "K-931", "minutes": -480, "amount": -340_000}


def a_credit(session: Session, course: Grant, clerk: User, **changes: object) -> PayLine:
    """A credit note taken in, two hours of the eight if nothing else is said."""
    return taken(session, course, clerk, **(MINUS_2_HOURS | changes))


def released(session: Session, line: PayLine, clerk: User) -> PayLine:
    if line.matched_on is None:
        approval.match(session, line, actor=Actor(clerk, DAY))
    return approval.release(session, line, actor=Actor(a.a_user(session, "ØK"), DAY))


def closed_claim(session: Session, law: Law, clerk: User) -> Claim:
    """The claim of September in a year with a frame, drafted by one and closed by another."""
    a.a_frame(session, amount=50_000_000)
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))
    return service.close(session, claim, law, actor=Actor(a.a_user(session, "ØK"), DAY))


def lines_of(session: Session, claim: Claim) -> list[ClaimLine]:
    return list(session.scalars(select(ClaimLine).where(ClaimLine.claim_id == claim.id).order_by(ClaimLine.id)))


def invoiced(session: Session) -> int:
    return session.scalar(select(func.sum(MonthSum.invoiced))) or 0


def refusal(session: Session, course: Grant, clerk: User, **changes: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationFailed) as refused:
        a_credit(session, course, clerk, **changes)
    return refused.value.errors


def test_a_credit_note_lowers_the_paid_sum_the_chain_the_frame_and_the_next_claim(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    line = paid(session, course, clerk)

    note = released(session, a_credit(session, course, clerk), clerk)

    session.refresh(line)
    assert (note.corrects_id, line.credited, line.rest) == (line.id, 85_000, 255_000)
    assert (line.amount, line.minutes) == (340_000, 480)
    month = sums_by_month(session, year=2014)[course.id][9]
    assert (month.invoiced, month.released, month.billed_minutes) == (255_000, 255_000, 360)
    assert invoiced(session) == 255_000
    assert recount.recount(session, by=None, on=DAY) == 0
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))
    assert [(one.pay_line_id, one.cost) for one in lines_of(session, claim)] == [(line.id, 255_000)]


def test_after_a_closed_claim_the_next_one_corrects_it_and_the_closed_one_stays(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    paid(session, course, clerk)
    first = closed_claim(session, law, clerk)
    (claimed,) = lines_of(session, first)
    assert service.unclaimed(session, actor=Actor(clerk, DAY)) == (0, 0)

    released(session, a_credit(session, course, clerk), clerk)
    left = service.unclaimed(session, actor=Actor(clerk, DAY))
    second = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))

    (correction,) = lines_of(session, second)
    assert left == (1, -85_000)
    assert (correction.correction_of_id, correction.cost, correction.base) == (claimed.id, -85_000, -85_000)
    assert correction.refund == round_half_away(Fraction(-85_000 * claimed.rate_percent, 100))
    assert (claimed.cost, lines_of(session, first)) == (340_000, [claimed])
    service.close(session, second, law, actor=Actor(a.a_user(session, "ØK"), DAY))
    assert service.unclaimed(session, actor=Actor(clerk, DAY)) == (0, 0)


def test_a_line_credited_in_full_is_claimed_by_nobody_and_its_days_may_be_billed_anew(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    paid(session, course, clerk)
    released(session, a_credit(session, course, clerk, **WHOLE), clerk)

    again = taken(session, course, clerk, invoice="932")
    claim = service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY))

    assert check_lines(session, [again])[0].faults == ()
    assert lines_of(session, claim) == []
    assert service.unclaimed(session, actor=Actor(clerk, DAY)) == (0, 0)


def test_a_closed_claim_of_a_line_credited_in_full_is_taken_back(
    session: Session, course: Grant, clerk: User, law: Law
) -> None:
    paid(session, course, clerk)
    (claimed,) = lines_of(session, closed_claim(session, law, clerk))
    released(session, a_credit(session, course, clerk, **WHOLE), clerk)

    (correction,) = lines_of(session, service.draft(session, law, first=FIRST, last=LAST, actor=Actor(clerk, DAY)))

    assert (correction.cost, correction.base, correction.refund) == (-340_000, -claimed.base, -claimed.refund)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"amount": -340_001}, "amount", "3.400,01 kr., men der er kun 3.400,00 kr. tilbage af linjen på faktura 931"),
        ({"minutes": -481, "hundredths": -802}, "minutes", "kun 8 timer tilbage"),
        ({"amount": 85_000}, "amount", "minus foran både timer og beløb"),
        ({"minutes": 120}, "amount", "minus foran både timer og beløb"),
        ({"first_day": date(2014, 8, 1), "last_day": date(2014, 8, 31)}, "amount", "ingen linje at kreditere"),
        ({"credits": "930"}, "amount", "ingen linje at kreditere"),
        ({"item": "transport"}, "amount", "ingen linje at kreditere"),
        ({"invoice": "931", "number": 1}, "invoice", "tidligere sendt uden minus"),
    ],
)
def test_a_credit_that_cannot_be_right_is_refused_and_says_why(
    session: Session, course: Grant, clerk: User, changes: dict[str, object], field: str, words: str
) -> None:
    paid(session, course, clerk)

    assert words in refusal(session, course, clerk, **changes)[f"0.{field}"][0]


def test_nothing_is_credited_that_is_not_paid(session: Session, course: Grant, clerk: User) -> None:
    line = taken(session, course, clerk)
    assert "ikke frigivet til betaling" in refusal(session, course, clerk)["0.amount"][0]

    approval.reject(session, line, reason="Ikke afholdt.", actor=Actor(clerk, DAY))
    assert "er afvist og bliver ikke betalt" in refusal(session, course, clerk)["0.amount"][0]


def test_nothing_is_credited_twice(session: Session, course: Grant, clerk: User) -> None:
    paid(session, course, clerk)
    a_credit(session, course, clerk, **WHOLE)

    (same,) = invoices.take_in(session, [a_row(course, **WHOLE)], actor=Actor(clerk, DAY))
    assert same.status == "unchanged"
    assert "allerede krediteret fuldt ud" in refusal(session, course, clerk, invoice="K-932")["0.amount"][0]


def test_two_lines_of_one_sheet_do_not_credit_more_than_there_is(session: Session, course: Grant, clerk: User) -> None:
    paid(session, course, clerk)
    row = a_row(course, **MINUS_2_HOURS)
    rows = [replace(row, amount=-200_000, minutes=-240, hundredths=-400) for _ in range(2)]

    with pytest.raises(ValidationFailed) as refused:
        invoices.take_in(session, rows, actor=Actor(clerk, DAY))

    assert list(refused.value.errors) == ["1.amount"]
    assert session.scalar(select(func.count(PayLine.id))) == 1


def test_where_two_invoices_fit_the_note_must_say_which(session: Session, course: Grant, clerk: User) -> None:
    first = paid(session, course, clerk)
    paid(session, course, clerk, invoice="932")

    assert "(931, 932)" in refusal(session, course, clerk)["0.amount"][0]
    assert a_credit(session, course, clerk, credits="931").corrects_id == first.id


def test_a_credit_that_is_rejected_gives_the_line_back(session: Session, course: Grant, clerk: User) -> None:
    line = paid(session, course, clerk)
    note = a_credit(session, course, clerk)

    approval.reject(session, note, reason="Hører til en anden kommune.", actor=Actor(clerk, DAY))

    session.refresh(line)
    assert (line.credited, line.credited_minutes, invoiced(session)) == (0, 0, 340_000)


def test_a_correction_of_our_own_is_made_by_one_and_released_by_another(
    session: Session, course: Grant, clerk: User
) -> None:
    line = paid(session, course, clerk)

    made = credits.correct(
        session, line, amount=40_000, minutes=0, reason="Prisen var forkert.", actor=Actor(clerk, DAY)
    )
    assert (made.kind, made.amount, approval.status_of(made)) == ("correction", -40_000, approval.MATCHED)
    with pytest.raises(NotAllowed):
        approval.release(session, made, actor=Actor(clerk, DAY))
    released(session, made, clerk)

    month = sums_by_month(session, year=2014)[course.id][9]
    assert (month.released, month.billed_minutes) == (300_000, 480)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"amount": 340_001}, "amount"),
        ({"amount": 0}, "amount"),
        ({"minutes": 481}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"reason": " "}, "note"),
    ],
)
def test_a_correction_that_cannot_be_right_is_refused(
    session: Session, course: Grant, clerk: User, asked: dict[str, object], field: str
) -> None:
    line = paid(session, course, clerk)

    with pytest.raises(ValidationFailed) as refused:
        credits.correct(
            session, line, **{"amount": 1, "minutes": 0, "reason": "Fejl."} | asked, actor=Actor(clerk, DAY)
        )

    assert list(refused.value.errors) == [field]


def test_only_a_released_line_is_corrected(session: Session, course: Grant, clerk: User) -> None:
    line = taken(session, course, clerk)

    with pytest.raises(InvalidTransition):
        credits.correct(session, line, amount=1, minutes=0, reason="Fejl.", actor=Actor(clerk, DAY))


def test_all_the_kroner_are_not_taken_back_in_silence_about_the_hours(
    session: Session, course: Grant, clerk: User
) -> None:
    line = paid(session, course, clerk)

    with pytest.raises(ValidationFailed) as unsaid:
        credits.correct(session, line, amount=line.rest, minutes=None, reason="Fejl.", actor=Actor(clerk, DAY))
    proposed = credits.hours_in_proportion(line, line.rest)
    credits.correct(session, line, amount=line.rest, minutes=proposed, reason="Fejl.", actor=Actor(clerk, DAY))

    assert "8 timer" in unsaid.value.errors["minutes"][0]
    assert (line.rest, line.minutes - line.credited_minutes) == (0, 0)


def test_a_correction_is_not_corrected_and_no_form_asks_for_it(
    session: Session, course: Grant, clerk: User, as_controller: Visitor
) -> None:
    line = paid(session, course, clerk)
    made = credits.correct(session, line, amount=100, minutes=0, reason="Fejl.", actor=Actor(clerk, DAY))
    released(session, made, clerk)
    session.commit()
    address = f"/refusion/linjer/{made.public_id}/ret"

    answers = [as_controller.get(address), as_controller.post(address, data={"amount": "1", "note": "Fejl"})]

    assert [one.status_code for one in answers] == [409, 409]
    assert all("kan ikke selv rettes. Ret den linje, den sætter ned." in one.text for one in answers)


def test_pay_that_is_taken_back_may_be_booked_anew(session: Session, course: Grant, clerk: User) -> None:
    course.mentor.supplier_id, course.mentor.mentor_type = None, "INT"
    sheet = {"grant_id": course.id, "mentor_id": course.mentor_id, "year": 2014, "month": 9, "minutes": 480}
    session.add(TimeSheet(**sheet, drawn_on=DAY, approved_by_id=clerk.id, approved_on=DAY))
    (line,) = wages.book(session, year=2014, month=9, actor=Actor(a.a_user(session, "ØK"), DAY)).lines
    approval.match(session, line, note="Aftalt", actor=Actor(clerk, DAY))
    released(session, line, clerk)
    assert list(wages.book(session, year=2014, month=9, actor=Actor(clerk, DAY)).lines) == []

    credits.correct(session, line, amount=line.amount, minutes=line.minutes, reason="Fejl.", actor=Actor(clerk, DAY))

    assert len(wages.book(session, year=2014, month=9, actor=Actor(clerk, DAY)).lines) == 1


@pytest.mark.parametrize("wrong", [{"amount": -300_000}, {"minutes": -400}, {"amount": 1}, {"corrects_id": None}])
def test_the_database_itself_refuses_to_credit_more_than_a_line_holds(
    session: Session, course: Grant, clerk: User, wrong: dict[str, object]
) -> None:
    paid(session, course, clerk)
    a_credit(session, course, clerk)
    second = a_credit(session, course, clerk, invoice="K-932")

    with pytest.raises(IntegrityError):
        session.execute(update(PayLine).where(PayLine.id == second.id).values(**wrong))


def test_a_line_that_is_credited_cannot_be_rejected_by_any_program(
    session: Session, course: Grant, clerk: User
) -> None:
    line = paid(session, course, clerk)
    a_credit(session, course, clerk)

    stamps = {"rejected_by_id": clerk.id, "rejected_on": DAY, "released_on": None, "released_by_id": None}
    with pytest.raises(IntegrityError):
        session.execute(update(PayLine).where(PayLine.id == line.id).values(**stamps))


def test_no_honest_line_of_five_minutes_is_called_too_large() -> None:
    """Hours as written times price, exact minutes times price, and decimals as a spreadsheet holds them."""
    called = []
    for minutes, price in product(range(5, 40 * 60 + 1, 5), (42_500, 41_250)):
        written = round_half_away(Fraction(minutes * 100, 60))
        for amount in {
            round_half_away(Fraction(written * price, 100)),
            round_half_away(Fraction(minutes * price, 60)),
        }:
            bill = Bill(
                1,
                "invoice",
                1,
                1,
                1,
                Period(FIRST, LAST),
                minutes_of(written),
                price,
                amount,
                hundredths=written,
                agreed=price,
            )
            course = Settled(1, 1, frozenset({1}), Period(FIRST, LAST), (), (), (bill,))
            called += [(minutes, price, fault) for fault in above_sum(course)]
    assert called == []


def test_a_line_that_asks_more_than_its_hours_is_still_found() -> None:
    bill = Bill(1, "invoice", 1, 1, 1, Period(FIRST, LAST), 40, 42_500, 28_476, hundredths=67, agreed=42_500)
    (fault,) = above_sum(Settled(1, 1, frozenset({1}), Period(FIRST, LAST), (), (), (bill,)))

    assert fault.at_risk == 1


def test_a_released_line_is_corrected_on_its_page(
    session: Session, course: Grant, clerk: User, as_controller: Visitor
) -> None:
    line = paid(session, course, clerk)
    session.commit()
    address = f"/refusion/linjer/{line.public_id}"
    assert f"{address}/ret" in as_controller.get(address).text
    assert "3.400,00 kr." in as_controller.get(f"{address}/ret").text

    wrong = as_controller.post(f"{address}/ret", data={"amount": "4.000,00", "note": "Fejl"})
    unsaid = as_controller.post(f"{address}/ret", data={"amount": "400,00", "note": "Prisen var forkert."})
    told = {"amount": "400,00", "minutes": "0,93", "note": "Prisen var forkert."}
    right = as_controller.post(f"{address}/ret", data=told)

    assert wrong.status_code == 422
    assert "kun 3.400,00 kr. tilbage" in wrong.text
    assert unsaid.status_code == 422
    assert "I forhold til beløbet er det 56 minutter; skriv 0, hvis timerne er rigtige." in unsaid.text
    assert 'value="0,93"' in unsaid.text
    assert right.status_code == 303
    page = as_controller.get(right.location).text
    assert "Teksten står på linjen." in page
    assert "Afsenderen ser" not in page
    assert "Rettes, fordi: Prisen var forkert." in as_controller.get(right.location).text
    assert "tilbage 3.000,00" in as_controller.get(address).text
