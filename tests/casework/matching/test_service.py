"""Match: ranked in a fixed number of statements, chosen by a person, safely and with reasons."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import event, select

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching import service
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.people.mentors.models import Mentor, MentorAbsence, MentorFunction, MentorPrice, MentorSkill
from jobcenter_mentor.people.suppliers.models import Contract, FrameContract, Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import db, transaction
from tests.builders import WORKING_DAY, a_citizen, a_frame, a_grant, a_mentor, a_referral, a_team, a_user

START = date(2014, 10, 20)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def coordinator(session):
    return a_user(session, "MK")


def a_waiting_grant(session, **changes):
    """A course of 2 hours from 20 October, with a referral and a reservation."""
    citizen = changes.pop("citizen", None) or a_citizen(session)
    asked = {name: changes.pop(name) for name in ("wishes", "barriers", "wished_language") if name in changes}
    referral = a_referral(session, citizen, **asked)
    values = {"referral_id": referral.id, "start": START, "last_day": date(2015, 4, 17)} | changes
    grant = a_grant(session, citizen, **values)
    a_frame_of(session)
    lines = [CostLine(year, 1_000_000, "mentor_2014", 50) for year in (2014, 2015)]
    frames.reserve(session, grant_id=grant.id, lines=lines, may_go_beyond=True)
    return grant


def a_frame_of(session):
    for year in (2014, 2015):
        if frames.find_frame(session, year=year, kind="mentor_2014") is None:
            a_frame(session, year=year)


def skilled(mentor, language=None, competence=None):
    pairs = [("language", language), ("competence", competence)]
    mentor.skills += [MentorSkill(kind=kind, code=code) for kind, code in pairs if code]
    return mentor


def proposed(session, grant, coordinator, law):
    session.flush()
    return service.propose(session, grant, actor=Actor(coordinator, WORKING_DAY), law=law)


def chosen(session, grant, mentor, coordinator, law, **told):
    values = {"choice_reason": "", "wish_followed": None} | told
    return service.choose(session, grant, mentor, **values, actor=Actor(coordinator, WORKING_DAY), law=law)


def test_the_best_fitting_mentor_comes_first_with_three_reasons(session, coordinator, law):
    grant = a_waiting_grant(session, barriers=["abuse"])
    a_mentor(session, first_name="Anders")
    skilled(a_mentor(session, first_name="Yusuf"), competence="misbrug")

    first, second = proposed(session, grant, coordinator, law)

    assert first.mentor.first_name == "Yusuf"
    assert len(first.reasons) >= 3
    assert second.why_behind == "ingen erfaring med misbrug"


def test_the_number_of_statements_does_not_grow_with_the_mentors(session, coordinator, law):
    grant = a_waiting_grant(session)
    mentors = [skilled(a_mentor(session), "arabisk", "bolig") for _ in range(12)]
    for mentor in mentors:
        a_grant(session, mentor_id=mentor.id)
    session.commit()
    case = service.get_case(session, grant.public_id, actor=Actor(coordinator, WORKING_DAY))

    with counted() as sent:
        found = service.propose(session, case.grant, actor=Actor(coordinator, WORKING_DAY), law=law)

    assert len(found) == 12
    assert len([statement for statement in sent if statement.lstrip("( ").startswith("SELECT")]) <= 10


def test_hours_booked_in_other_courses_are_not_free(session, coordinator, law):
    grant = a_waiting_grant(session)
    mentor = a_mentor(session, minutes_per_week=180)
    a_grant(session, mentor_id=mentor.id, minutes_per_week=120)

    (only,) = proposed(session, grant, coordinator, law)

    assert only.hard_limits == ("kun 1 t ledig i uge 43 (2 af 3 t er aftalt)",)


def test_an_ended_course_gives_its_hours_back(session, coordinator, law):
    grant = a_waiting_grant(session)
    mentor = a_mentor(session, minutes_per_week=120)
    a_grant(session, mentor_id=mentor.id, ended_on=date(2014, 10, 19))

    assert proposed(session, grant, coordinator, law)[0].hard_limits == ()


def test_a_mentor_on_leave_and_a_placeholder_are_shown_last_with_the_limit(session, coordinator, law):
    grant = a_waiting_grant(session)
    away = a_mentor(session, first_name="Anders")
    away.absences.append(MentorAbsence(first_day=START, last_day=date(2014, 11, 14), reason="orlov"))
    a_mentor(session, first_name="Birgit", phone="00000000")
    a_mentor(session, first_name="Samira")

    found = proposed(session, grant, coordinator, law)

    assert found[0].mentor.first_name == "Samira"
    assert {one.hard_limits[-1][:5] for one in found[1:]} == {"orlov", "Telef"}


def test_the_earlier_mentor_is_known_by_the_year(session, coordinator, law):
    citizen = a_citizen(session)
    mentor = a_mentor(session)
    a_grant(session, citizen, mentor_id=mentor.id, start=date(2013, 5, 1), last_day=date(2013, 9, 30))

    (only,) = proposed(session, a_waiting_grant(session, citizen=citizen), coordinator, law)

    assert "kender borgeren fra 2013" in only.reasons


def test_the_area_of_a_protected_citizen_is_never_a_reason(session, coordinator, law):
    citizen = a_citizen(session, address="Havnegade 1, Nordby", protected=True)
    a_mentor(session, area="Nordby")

    (only,) = proposed(session, a_waiting_grant(session, citizen=citizen), coordinator, law)

    assert not any("Nordby" in reason for reason in only.reasons)


def test_choosing_keeps_the_argument_and_prices_the_course(session, coordinator, law):
    grant = a_waiting_grant(session, barriers=["abuse"])
    mentor = skilled(a_mentor(session, first_name="Yusuf"), competence="misbrug")
    a_mentor(session, first_name="Anders")

    match = chosen(session, grant, mentor, coordinator, law)

    assert grant.mentor_id == mentor.id
    assert (match.place, match.chosen_on) == (1, WORKING_DAY)
    assert "erfaring med misbrug" in match.reasons
    assert match.runner_up["why"] == "ingen erfaring med misbrug"
    assert session.scalar(select(Event).where(Event.action == "match.choose")).citizen_ids == [grant.citizen_id]


def test_over_booking_needs_a_written_reason(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session, minutes_per_week=60)

    with pytest.raises(ValidationFailed) as refused:
        chosen(session, grant, mentor, coordinator, law)
    match = chosen(session, grant, mentor, coordinator, law, choice_reason="Kun i to uger, aftalt med teamlederen.")

    assert refused.value.errors["choice_reason"][0].startswith("Skriv hvorfor: kun 1 t ledig i uge 43")
    assert match.against[0].startswith("kun 1 t ledig")


def test_hours_promised_to_a_coming_course_are_not_given_away_without_a_reason(session, coordinator, law):
    mentor, grant = a_mentor(session, minutes_per_week=120), a_waiting_grant(session)
    a_grant(session, mentor_id=mentor.id, start=date(2014, 12, 1))

    with pytest.raises(ValidationFailed, match="mangler") as refused:
        chosen(session, grant, mentor, coordinator, law)

    assert "ingen ledige timer i uge 49" in refused.value.errors["choice_reason"][0]


def test_a_wish_must_be_answered_and_passing_over_it_explained(session, coordinator, law):
    grant, mentor = a_waiting_grant(session, wishes="en kvinde"), a_mentor(session)

    with pytest.raises(ValidationFailed) as unanswered:
        chosen(session, grant, mentor, coordinator, law)
    with pytest.raises(ValidationFailed) as unexplained:
        chosen(session, grant, mentor, coordinator, law, wish_followed=False)

    assert list(unanswered.value.errors) == ["wish_followed"]
    assert list(unexplained.value.errors) == ["choice_reason"]


def test_placeholder_contact_is_not_chosen_whatever_the_reason(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session, email="ikke@opgivet.dk")

    with pytest.raises(ValidationFailed, match="mangler noget") as refused:
        chosen(session, grant, mentor, coordinator, law, choice_reason="Haster.")

    assert list(refused.value.errors) == ["mentor"]
    assert grant.mentor_id is None


def test_a_change_of_mentor_needs_a_reason_and_keeps_the_history(session, coordinator, law):
    grant, first, second = a_waiting_grant(session), a_mentor(session), a_mentor(session)
    chosen(session, grant, first, coordinator, law)

    with pytest.raises(ValidationFailed, match="mangler noget"):
        chosen(session, grant, second, coordinator, law)
    chosen(session, grant, second, coordinator, law, choice_reason="Borgeren beder om en anden.")

    assert [match.mentor_id for match in service.list_matches(session, grant.id)] == [second.id, first.id]


def test_a_suppliers_mentor_owes_the_reports_of_the_frame_contract(session, coordinator, law):
    supplier = Supplier(name="Lysning Mentor")
    supplier.frames.append(
        FrameContract(
            title="2014/7", valid_from=date(2014, 1, 1), valid_to=date(2015, 12, 31), report_weeks=8, report_days=7
        )
    )
    supplier.contracts.append(Contract(valid_from=date(2014, 1, 1), hourly_price=30000))
    session.add(supplier)
    session.flush()
    mentor = a_mentor(session, mentor_type="EKST", supplier_id=supplier.id)
    grant = a_waiting_grant(session, mentor_type="EKST")

    chosen(session, grant, mentor, coordinator, law)
    owed = followups.open_days(session, grant.id, "report")
    own = a_mentor(session, mentor_type="EKST")
    own.prices.append(MentorPrice(valid_from=date(2014, 1, 1), hourly_price=30000))
    chosen(session, grant, own, coordinator, law, choice_reason="leverandøren har opsagt")

    assert owed == [date(2014, 12, 21), date(2015, 2, 15), date(2015, 4, 12), date(2015, 4, 24)]
    assert followups.open_days(session, grant.id, "report") == [
        date(2014, 11, 20),
        date(2014, 12, 20),
        date(2015, 1, 20),
        date(2015, 2, 20),
        date(2015, 3, 20),
    ]


def test_the_same_mentor_twice_is_a_conflict(session, coordinator, law):
    grant, mentor = a_waiting_grant(session), a_mentor(session)
    chosen(session, grant, mentor, coordinator, law)

    with pytest.raises(Conflict, match="allerede mentor"):
        chosen(session, grant, mentor, coordinator, law)


def test_a_choice_on_a_stale_page_is_a_conflict(session, coordinator, law):
    grant, first, second = a_waiting_grant(session), a_mentor(session), a_mentor(session)
    seen = grant.version
    chosen(session, grant, first, coordinator, law, version=seen)

    with pytest.raises(Conflict, match="ændret af en anden"):
        chosen(session, grant, second, coordinator, law, version=seen, choice_reason="Bedre.")


def test_a_place_is_taken_until_all_are(session, coordinator, law):
    mentor = a_mentor(session, mentor_type="VIRK")
    session.add(
        MentorFunction(
            mentor_id=mentor.id, workplace="Kantinen", minutes_per_week=300, places=1, valid_from=date(2014, 1, 1)
        )
    )
    place = {"form": "place", "place_share": 4, "mentor_type": "VIRK"}
    first, second = (a_waiting_grant(session, **place) for _ in range(2))
    chosen(session, first, mentor, coordinator, law, beyond_normal=True)

    with pytest.raises(ValidationFailed) as refused:
        chosen(session, second, mentor, coordinator, law, choice_reason="alligevel")

    assert "alle pladser hos Kantinen er optaget" in refused.value.errors["mentor"][0]

    assert first.mentor_function_id is not None


def test_a_course_of_another_team_is_not_found(session):
    other = a_user(session, "SB", team=a_team(session, "Team Job"))
    grant = a_waiting_grant(session)

    with pytest.raises(NotFound):
        service.get_case(session, grant.public_id, actor=Actor(other, WORKING_DAY))


def test_two_coordinators_at_once_never_book_the_same_hours_twice(app, session, coordinator, law):
    mentor = a_mentor(session, minutes_per_week=120)
    grants = [a_waiting_grant(session).id for _ in range(2)]
    mentor_id, by_id = mentor.id, coordinator.id
    session.commit()
    together = Barrier(2)

    def place(grant_id):
        with app.app_context():
            together.wait()
            try:
                with transaction() as own:
                    chosen(own, own.get(Grant, grant_id), own.get(Mentor, mentor_id), own.get(User, by_id), law)
            except ValidationFailed as refused:
                return list(refused.errors)
            return "placed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(place, grants))

    assert sorted(outcomes, key=str) == [["choice_reason"], "placed"]
