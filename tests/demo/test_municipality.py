"""Tests that the municipality matches the tables, its sums agree, and its decisions can be repeated."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stdnum.dk import cpr as cpr_numbers
from stdnum.dk import cvr as cvr_numbers

from jobcenter_mentor.app import create_app
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames.models import Frame, FrameChange, Reservation
from jobcenter_mentor.casework.grants import case_assessment, proposal
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.casework.meetings.contact_breach import list_breaches
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.identifiers import age_on, check_cpr, sex_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.mentors.models import Mentor, MentorHours, MentorSkill
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.passwords import matches
from jobcenter_mentor.platform.access.service import find_user
from jobcenter_mentor.platform.database.db import db, transaction
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor_demo.corps import SUPPLIERS
from jobcenter_mentor_demo.municipality import Size, found
from jobcenter_mentor_demo.staff import LOGINS, PASSWORD, printed
from tests.databases import PostgresServer, a_config, migrate
from tests.demo.tables import First, p_values


def first_courses(session: Session) -> list[First]:
    """Return each citizen's first course, with the support registered that day."""
    first: dict[int, Grant] = {}
    for grant in session.scalars(select(Grant).order_by(Grant.start.desc())):
        first[grant.citizen_id] = grant
    supports = {
        citizen_id: [row for row in rows if row.valid_from <= first[citizen_id].start][-1].support
        for citizen_id, rows in _statuses(session).items()
        if citizen_id in first
    }
    return [
        First(
            grant.start.year,
            supports[grant.citizen_id],
            age_on(grant.citizen.birth_date, grant.start),
            grant.citizen.sex,
            grant.form,
            grant.minutes_on(grant.start),
            grant.visitation,
        )
        for grant in first.values()
    ]


def _statuses(session: Session) -> dict[int, list[CitizenStatus]]:
    found: dict[int, list[CitizenStatus]] = {}
    for row in session.scalars(select(CitizenStatus).order_by(CitizenStatus.valid_from)):
        found.setdefault(row.citizen_id, []).append(row)
    return found


def count(session: Session, model: type, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


@pytest.mark.parametrize("year", [2013, 2014])
def test_the_rows_match_the_national_tables(town: Session, year: int) -> None:
    found = p_values(first_courses(town), year)

    assert {table for table, p in found.items() if p <= 0.01} == set()


def test_there_are_about_six_hundred_citizens_over_two_years(town: Session) -> None:
    years = Counter(start.year for start in town.scalars(select(Grant.start)))

    assert count(town, Citizen) == 600
    assert set(years) == {2013, 2014}
    assert min(years.values()) > 250


def test_no_cpr_number_is_anybodys(town: Session) -> None:
    people = town.scalars(select(Citizen)).all()

    assert not [p.id for p in people if cpr_numbers.checksum(p.cpr) == 0]
    assert not [p.id for p in people if (p.birth_date.day, p.birth_date.month) == (1, 1)]
    assert len({p.cpr for p in people}) == len(people)
    assert all(check_cpr(p.cpr, DEMO_DAY) and sex_of(p.cpr)[0].upper() == p.sex for p in people)


def test_frames_hold_the_sums_of_their_reservations(town: Session) -> None:
    for frame in town.scalars(select(Frame)):
        sums = select(func.sum(Reservation.covered), func.sum(Reservation.beyond))
        assert town.execute(sums.where(Reservation.frame_id == frame.id)).one() == (frame.covered, frame.beyond)


def test_the_frame_of_2014_is_nearly_used_up(town: Session) -> None:
    frame = town.scalars(select(Frame).where(Frame.year == 2014)).one()

    assert 0.95 < frame.covered / frame.amount < 1


def test_every_grant_decided_in_2014_can_be_decided_again(town: Session, law: Law) -> None:
    records = town.scalars(select(AssessmentRecord)).all()

    assert len(records) > 300
    assert all(case_assessment.replay(record, law) == case_assessment.kept(record) for record in records)


def test_the_kept_facts_are_those_of_the_case(town: Session) -> None:
    decisions = town.scalars(select(Decision).where(Decision.approved_on.is_not(None)).limit(60)).all()

    for decision in decisions:
        on, terms = decision.assessment.assessed_on, proposal.terms_of(decision)
        kept = case_assessment.facts_from_dict(decision.assessment.facts)
        remaining, price = kept.budget.frame_remaining, decision.hourly_price
        facts = case_assessment.facts_of(
            decision.referral, law=loader.law().on(on), price_ore=price, frame_remaining=remaining, terms=terms
        )
        assert facts == kept


def test_nobody_approved_what_they_proposed(town: Session) -> None:
    for model in (Decision, FrameChange, LocalFigure):
        assert count(town, model, model.approved_by_id == model.proposed_by_id) == 0
        assert count(town, model, model.approved_by_id.is_not(None)) > 0


def test_courses_of_2013_and_2014_carry_an_assessment_and_cost_of_2014_is_in_its_frame(town: Session) -> None:
    assert count(town, Grant, Grant.start < date(2014, 1, 1), Grant.assessment_id.is_(None)) == 0
    assert count(town, Reservation, Reservation.year >= 2014, Reservation.frame_kind == "law_not_entered") == 0
    assert count(town, Grant, Grant.decided_on.is_not(None), Grant.assessment_id.is_(None)) == 0


def test_hours_periods_fill_the_course_without_a_gap(town: Session) -> None:
    for grant in town.scalars(select(Grant)):
        ends = [grant.start - timedelta(days=1), *(period.last_day for period in grant.periods)]
        assert [end + timedelta(days=1) for end in ends[:-1]] == [period.first_day for period in grant.periods]
        assert ends[-1] == grant.last_day


def test_twenty_letters_are_kept_and_the_others_have_their_note(town: Session) -> None:
    with_letter = town.scalars(select(Letter.grant_id).where(Letter.kind != "hearing")).all()

    assert len(set(with_letter)) == 20
    assert count(town, Grant, Grant.letter_note == "") == 20


def test_no_reason_in_a_letter_speaks_of_the_citizen(town: Session) -> None:
    said = town.scalars(select(Decision.reason + " " + Decision.considerations + " " + Decision.other_help)).all()

    assert any(text.strip() for text in said)
    assert [text for text in said if "borger" in text.lower()] == []


def test_meetings_lie_inside_their_course_and_before_today(town: Session) -> None:
    outside = select(func.count()).select_from(Meeting).join(Grant, Grant.id == Meeting.grant_id)
    wrong = (Meeting.met_on < Grant.start) | (Meeting.met_on > Grant.last_day) | (Meeting.met_on >= DEMO_DAY)

    assert town.scalar(outside.where(wrong)) == 0
    assert count(town, Meeting) > 10_000


def test_about_ten_courses_break_the_weekly_contact(town: Session) -> None:
    coordinator = find_user(town, "amal")

    assert 8 <= len(list_breaches(town, actor=Actor(coordinator, DEMO_DAY), law=law_of(town))) <= 14


def test_some_follow_ups_are_late_but_only_newly(town: Session) -> None:
    still_open = (FollowUp.done_on.is_(None), FollowUp.dropped_on.is_(None), FollowUp.due_on < DEMO_DAY)
    old = FollowUp.due_on < DEMO_DAY - timedelta(days=30)

    assert 10 <= count(town, FollowUp, *still_open) <= 60
    assert count(town, FollowUp, *still_open, old) == 0


def test_cases_wait_for_an_answer_a_mentor_and_a_team_leader(town: Session) -> None:
    decided = select(Decision.referral_id).where(Decision.withdrawn_on.is_(None))

    assert count(town, Referral, Referral.closed_on.is_(None), Referral.id.not_in(decided)) == 9
    assert count(town, Grant, Grant.mentor_id.is_(None)) == 5
    waiting = (Decision.approved_on.is_(None), Decision.returned_on.is_(None))
    assert count(town, Decision, *waiting, Decision.kind.in_(["grant", "refusal"])) == 4
    assert count(town, Decision, *waiting, Decision.kind.in_(["hours", "extension"])) == 2
    assert count(town, Decision, Decision.returned_on.is_not(None)) == 1


def test_the_faults_of_the_evaluation_are_there(town: Session) -> None:
    minutes = Counter(grant.minutes_on(grant.start) for grant in town.scalars(select(Grant)))
    names = set(town.scalars(select(Mentor.search_name)))
    starts = {(g.citizen_id, g.start) for g in town.scalars(select(Grant))}
    adjacent = [
        g.id
        for g in town.scalars(select(Grant).where(Grant.origin == "imported"))
        if (g.citizen_id, g.last_day + timedelta(days=1)) in starts
    ]

    assert minutes[0] == 0
    assert minutes[37 * 60] > 0
    assert {"ikke opgivet", "call center"} <= names
    assert count(town, Mentor, Mentor.phone == "00000000") == 1
    assert len(adjacent) >= 4


def test_no_word_is_told_twice_of_a_mentor_and_nobody_of_no_name_is_in_the_corps(town: Session) -> None:
    told = Counter(tuple(row) for row in town.execute(select(MentorSkill.mentor_id, MentorSkill.code)))
    given = set(town.scalars(select(MentorHours.mentor_id)))
    nobody = set(town.scalars(select(Mentor.id).where(Mentor.search_name.in_(["ikke opgivet", "call center"]))))

    assert max(told.values()) == 1
    assert len(nobody) == 3
    assert not nobody & given


def test_one_of_each_role_can_log_in(town: Session) -> None:
    users = {user.username: user for user in town.scalars(select(User))}

    assert {login.role for login in LOGINS} == {"SB", "TL", "MK", "MI", "MV", "ML", "MF", "LK", "ØK", "AD", "RE"}
    assert matches(users["lone"].password_hash, PASSWORD)
    for login in LOGINS:
        assert [role.role for role in users[login.username].roles] == [login.role]
        assert login.username in printed("http://127.0.0.1:8000")


def test_one_citizen_is_protected_and_has_no_letter(town: Session) -> None:
    protected = town.scalars(select(Citizen.id).where(Citizen.protected)).all()

    assert len(protected) == 1
    assert count(town, Letter, Letter.citizen_id.in_(protected)) == 0


def test_it_is_founded_on_postgresql_too(postgresql_server: PostgresServer) -> None:
    url = postgresql_server.create("demo")
    migrate(url)
    app = create_app(a_config(url))
    with app.app_context():
        with transaction() as session:
            found(session, Size(200, 160), 7)
        with transaction() as session:
            session.add(User(username="ny", full_name="Ny Bruger"))
            session.flush()
            citizens, frames = count(session, Citizen), count(session, Frame)
        db.session.remove()
        db.engine.dispose()

    assert (citizens, frames) == (200, 2)


def test_every_supplier_has_a_cvr_number_that_a_sheet_of_invoices_may_name() -> None:
    assert all(cvr_numbers.is_valid(cvr) for cvr, _ in SUPPLIERS.values())
