"""Tests that the town of 2026 follows today's law, is made by the services, and isn't the old one with new dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stdnum.dk import cpr as cpr_numbers

from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, Invoice, PayLine
from jobcenter_mentor.app import create_app
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.frames.local_budget import list_budgets
from jobcenter_mentor.casework.frames.models import Frame, FrameChange, MonthSum, Reservation
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.config import Config
from jobcenter_mentor.domain.kernel.complaint_codes import OPEN
from jobcenter_mentor.domain.kernel.target_groups import GROUPS_2025
from jobcenter_mentor.domain.law.complaint_deadlines import KINDS as CLOCKS
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor_demo.today.cases import DAY, drawn
from jobcenter_mentor_demo.today.town import found
from tests.databases import PostgresServer, a_config, in_memory, migrate

LETTERS = {"agreement", "decision", "ending", "extension", "hearing", "hours", "mentor", "refusal"} | {
    "complaint_notice",
    "complaint_partly",
    "complaint_sent",
}


@dataclass
class Made:
    """A folder where the command made the municipality, and its output."""

    folder: Path
    result: Result


def run(folder: Path, *words: str) -> Result:
    """Run a command of the demo in a folder."""
    return CliRunner().invoke(main, [*words], env={"DEMO_FOLDER": str(folder)})


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    """Make the municipality of 2026 once, as the command does."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="mentor-", dir=in_memory()) as name:
        for variable in ("DATABASE_URL", "PUBLIC_URL", "WORKING_DATE"):
            patch.delenv(variable, raising=False)
        folder = Path(name)
        yield Made(folder, run(folder, "demo", "--no-serve", "--year", "2026"))


@pytest.fixture(scope="module")
def founded(made: Made) -> Iterator[Flask]:
    """Return the app of the municipality of 2026."""
    app = create_app(Config.for_demo(made.folder))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def today(founded: Flask) -> Iterator[Session]:
    """Return a session in the municipality of 2026."""
    with founded.app_context():
        yield db.session()
        db.session.rollback()


def count(session: Session, model: type, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_every_number_of_section_6_has_a_course(today: Session) -> None:
    assert set(today.scalars(select(Grant.group_number))) == set(GROUPS_2025) - {0}


def test_kontanthjaelp_has_all_four_visitations_and_nobody_has_uddannelseshjaelp(today: Session) -> None:
    found = set(today.execute(select(CitizenStatus.benefit, CitizenStatus.visitation)).all())

    assert {visitation for benefit, visitation in found if benefit == "kontanthjaelp"} == {
        "jobparat",
        "aktivitetsparat",
        "uddannelsesparat",
        "aabenlyst_uddannelsesparat",
    }
    assert "uddannelseshjaelp" not in {benefit for benefit, _ in found}


def test_nobody_has_right_and_duty_or_a_contact_interval_of_the_law(today: Session) -> None:
    assert count(today, Grant, Grant.right_and_duty | Grant.contact_interval_days.is_not(None)) == 0
    assert count(today, FollowUp, FollowUp.kind == "contact") == 0


def test_one_of_each_letter_is_sent(today: Session) -> None:
    kinds = set(today.scalars(select(Letter.kind)))
    sent = set(today.scalars(select(Letter.kind).where(Letter.posted_on.is_not(None))))

    assert kinds >= LETTERS
    assert sent >= LETTERS - {"refusal", "complaint_notice"}, "the newest are not marked as sent yet"
    assert count(today, Letter, Letter.posted_on.is_(None)) > 0


def test_one_request_for_access_is_answered_and_the_clock_of_another_runs(today: Session) -> None:
    requests = today.scalars(select(AccessRequest).order_by(AccessRequest.received_on)).all()
    clocks = [today.get_one(FollowUp, row.followup_id) for row in requests]

    assert [row.approved_on is not None for row in requests] == [True, False]
    assert [clock.done_on is not None for clock in clocks] == [True, False]
    assert [row.answer_by >= DAY for row in requests] == [False, True]


def test_the_closed_claim_refunds_half_of_jobafklaring_and_nothing_else(today: Session) -> None:
    closed = select(ClaimLine).join(Claim, Claim.id == ClaimLine.claim_id).where(Claim.closed_on.is_not(None))
    lines = today.scalars(closed).all()
    refunded = [line for line in lines if line.refund]
    groups = {today.get_one(Grant, line.pay_line.grant_id).group_number for line in refunded}

    assert refunded
    assert {line.rate_percent for line in refunded} == {50}
    assert groups == {7}
    assert {line.frame_kind for line in lines} == {"none_unlimited", "no_reimbursement"}


def test_each_team_has_used_half_of_its_budget_by_two_keys(today: Session) -> None:
    delivered = dict(
        today.execute(
            select(MonthSum.team_id, func.sum(MonthSum.delivered))
            .where(MonthSum.year == 2026)
            .group_by(MonthSum.team_id)
        ).all()
    )
    frames = today.scalars(select(Frame).where(Frame.year == 2026)).all()

    assert len(frames) == 4
    assert all(0.35 < delivered[frame.team_id] / frame.amount <= 0.5 for frame in frames)
    assert all((one.left or 0) > 0 for one in list_budgets(today, year=2026))
    assert count(today, FrameChange, FrameChange.approved_by_id == FrameChange.proposed_by_id) == 0
    assert count(today, FrameChange, FrameChange.year == 2027, FrameChange.approved_on.is_(None)) == 4


def test_no_cost_meets_a_frame_and_the_days_of_2027_are_not_known(today: Session) -> None:
    kinds = set(today.execute(select(Reservation.year, Reservation.frame_kind).distinct()).all())

    assert count(today, Reservation, Reservation.frame_id.is_not(None)) == 0
    assert {kind for year, kind in kinds if year == 2027} == {"law_not_entered"}
    assert {kind for year, kind in kinds if year == 2026} == {"none_unlimited", "no_reimbursement"}


def test_every_grant_can_be_decided_again_as_it_was(today: Session) -> None:
    law = rules.law(today)
    records = today.scalars(select(AssessmentRecord)).all()

    assert len(records) > 60
    assert all(case_assessment.replay(record, law) == case_assessment.kept(record) for record in records)


def test_something_waits_for_a_leader_an_answer_and_a_hearing(today: Session) -> None:
    waiting = (Decision.approved_on.is_(None), Decision.returned_on.is_(None))

    assert count(today, Decision, *waiting, Decision.kind == "grant") == 2
    assert count(today, Decision, *waiting, Decision.kind == "hours") == 1
    assert count(today, FollowUp, FollowUp.kind == "hearing", FollowUp.done_on.is_(None)) == 1
    assert count(today, Grant, Grant.discharge_right) == 1


def test_each_clock_of_a_complaint_runs(today: Session) -> None:
    open_clocks = select(FollowUp.kind).where(FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))

    assert set(today.scalars(open_clocks)) >= set(CLOCKS)
    assert set(today.scalars(select(Complaint.status))) == {*OPEN, "board"}


def test_mentors_are_paid_by_wage_and_by_invoice_and_the_last_month_waits(today: Session) -> None:
    waits = PayLine.matched_on.is_(None)

    assert {kind for (kind,) in today.execute(select(PayLine.kind).distinct())} == {"wage", "invoice"}
    assert count(today, Invoice) >= 9
    assert count(today, PayLine, waits) > 0
    assert today.scalar(select(func.min(PayLine.first_day)).where(waits)) >= (DAY.replace(day=1) - timedelta(days=31))


def test_nothing_has_happened_that_lies_ahead(today: Session) -> None:
    for column in (Meeting.met_on, Letter.sent_on, Decision.approved_on, PayLine.released_on, FollowUp.done_on):
        assert (today.scalar(select(func.max(column))) or DAY) <= DAY, column


def test_only_newly_late_deadlines_are_open(today: Session) -> None:
    still_open = (FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None))

    assert count(today, FollowUp, *still_open, FollowUp.due_on < DAY - timedelta(days=14)) == 0
    assert 0 < count(today, FollowUp, *still_open, FollowUp.due_on < DAY) < 40


def test_no_cpr_number_is_anybodys(today: Session) -> None:
    people = today.scalars(select(Citizen)).all()

    assert not [one.id for one in people if cpr_numbers.checksum(one.cpr) == 0]
    assert len({one.cpr for one in people}) == len(people)


def test_the_same_seed_draws_the_same_cases_and_another_seed_others() -> None:
    first, again, other = (drawn(Random(seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_any_seed_gives_each_event_to_a_case() -> None:
    for seed in range(40):
        cases = drawn(Random(seed))
        assert sorted(case.event for case in cases if case.event) == sorted(
            case.event for case in drawn(Random(0)) if case.event
        )


def test_the_command_makes_it_keeps_it_and_works_on_its_day(made: Made) -> None:
    kept = (made.folder / "demo.sqlite").stat().st_mtime_ns
    again = run(made.folder, "demo", "--no-serve", "--keep", "--year", "2026")
    kept_again = (made.folder / "demo.sqlite").stat().st_mtime_ns
    forecast = run(made.folder, "forecast")
    large = run(made.folder, "demo", "--no-serve", "--year", "2026", "--size", "M")

    assert (made.result.exit_code, again.exit_code, forecast.exit_code) == (0, 0, 0), (
        made.result.output,
        forecast.output,
    )
    assert kept_again == kept
    assert "Budget 2026" in forecast.output
    assert Config.for_demo(made.folder).working_date == DAY
    assert large.exit_code != 0
    assert "findes kun i størrelse S" in large.output


@pytest.mark.slow
def test_it_is_founded_on_postgresql_too(postgresql_server: PostgresServer, law: Law) -> None:
    url = postgresql_server.create("today")
    migrate(url)
    app = create_app(a_config(url))
    with app.app_context():
        with transaction() as session:
            found(session, 7)
            groups = set(session.scalars(select(Grant.group_number)))
        db.session.remove()
        db.engine.dispose()

    assert groups == set(GROUPS_2025) - {0}
