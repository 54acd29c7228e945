"""Mentoraftaler: six items, a lawful period, three parties in any order."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import select

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.agreements import service
from jobcenter_mentor.casework.agreements.service import AgreementLetter
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_municipality, a_user


@pytest.fixture
def caseworker(session):
    a_municipality(session)
    return a_user(session, "SB")


def a_course(session, **changes):
    mentor = changes.pop("mentor", None) or a_mentor(session, phone="20304050")
    values = {"mentor_id": mentor.id, "start": date(2014, 10, 20), "last_day": date(2015, 4, 19)} | changes
    grant = a_grant(session, **values)
    session.refresh(grant, ["mentor"])
    return grant


def filled(session, grant, law, **changes):
    return replace(service.prefill(session, grant, on=WORKING_DAY, law=law), **changes)


def drafted(session, grant, by, law, letter=None, **changes):
    new = filled(session, grant, law, **changes)
    return service.draft(session, grant, new, actor=Actor(by, WORKING_DAY), law=law, letter=letter)


def said(party):
    return service.AgreementReply("accepted", "in_person", WORKING_DAY, given_by="self" if party == "citizen" else "")


def accepted(session, agreement, by, *parties, **told):
    for party in parties:
        spoken = told if told or party == "jobcentre" else {"reply": said(party)}
        service.accept(session, agreement, party=party, actor=Actor(by, WORKING_DAY), **spoken)
    return agreement


def test_the_draft_is_filled_from_grant_and_match(session, caseworker, law):
    grant = a_course(session)

    new = filled(session, grant, law)

    assert (new.goal, new.minutes_per_week, new.contact_interval_days) == (grant.goal, 120, 7)
    assert (new.mentor_name, new.mentor_contact) == (grant.mentor.name, f"20304050, {grant.mentor.email}")
    assert (new.start, new.last_day) == (date(2014, 10, 20), date(2015, 4, 19))
    assert "4 uger" in new.complaint_guidance


def test_a_draft_is_number_one_and_logged(session, caseworker, law):
    grant = a_course(session)

    agreement = drafted(session, grant, caseworker, law)
    session.flush()

    assert (agreement.number, agreement.mentor_id) == (1, grant.mentor_id)
    assert not service.is_in_force(agreement)
    assert "agreement.draft" in session.scalars(select(Event.action)).all()


def test_every_missing_item_is_named_and_nothing_is_kept(session, caseworker, law):
    grant = a_course(session)

    with pytest.raises(ValidationFailed) as refused:
        drafted(session, grant, caseworker, law, goal="", tasks=(), complaint_guidance=" ")

    assert refused.value.message == "Aftalen mangler målet med støtten, opgaverne og klagevejledningen."
    assert set(refused.value.errors) == {"goal", "tasks", "complaint_guidance"}
    assert service.find_current(session, grant.id) is None


@pytest.mark.parametrize(
    "contact", [{"phone": "00000000"}, {"email": ""}, {"first_name": "Call", "last_name": "Center"}]
)
def test_placeholder_contact_is_refused(session, caseworker, law, contact):
    grant = a_course(session, mentor=a_mentor(session, **{"phone": "20304050"} | contact))

    with pytest.raises(ValidationFailed) as refused:
        drafted(session, grant, caseworker, law)

    assert list(refused.value.errors) == ["mentor_contact"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"start": date(2014, 10, 19)}, "start", "skal ligge i bevillingen"),
        ({"last_day": date(2015, 4, 20)}, "last_day", "skal ligge i bevillingen"),
        ({"last_day": date(2014, 10, 19)}, "last_day", "før startdato"),
        ({"minutes_per_week": 121}, "minutes_per_week", "højere end det, der er bevilget"),
    ],
)
def test_period_and_hours_stay_inside_the_grant(session, caseworker, law, changes, field, words):
    with pytest.raises(ValidationFailed) as refused:
        drafted(session, a_course(session), caseworker, law, **changes)

    assert words in refused.value.errors[field][0]


@pytest.mark.parametrize(("last_day", "lawful"), [(date(2015, 4, 19), True), (date(2015, 4, 20), False)])
def test_an_agreement_lasts_six_months_at_most(session, caseworker, law, last_day, lawful):
    grant = a_course(session, last_day=date(2015, 6, 30))
    new = filled(session, grant, law, last_day=last_day)

    if lawful:
        service.check(grant, new, on=WORKING_DAY, law=law)
    else:
        with pytest.raises(ValidationFailed) as refused:
            service.check(grant, new, on=WORKING_DAY, law=law)
        assert "højst vare 6 måneder" in refused.value.errors["last_day"][0]


def test_a_course_without_mentor_has_no_agreement(session, caseworker, law):
    grant = a_grant(session, start=date(2014, 10, 20))

    with pytest.raises(ValidationFailed) as refused:
        drafted(session, grant, caseworker, law)

    assert "Vælg en mentor først" in refused.value.errors["mentor_name"][0]


@pytest.mark.parametrize("order", list(permutations(["jobcentre", "citizen", "mentor"])))
def test_it_is_in_force_when_all_three_have_accepted_in_any_order(session, caseworker, law, order):
    agreement = drafted(session, a_course(session), caseworker, law)

    accepted(session, agreement, caseworker, *order[:2])
    before = service.is_in_force(agreement)
    accepted(session, agreement, caseworker, order[2])

    assert (before, service.is_in_force(agreement)) == (False, True)
    assert agreement.jobcentre_accepted_by_id == caseworker.id


def test_the_last_acceptance_settles_the_deadline(session, caseworker, law):
    grant = a_course(session)
    due = FollowUp(
        citizen_id=grant.citizen_id,
        grant_id=grant.id,
        case_number=grant.case_number,
        team_id=grant.team_id,
        kind="agreement",
        what="Aftale underskrives",
        rule="dl.agreement",
        section="§ 31 c",
        authority="law",
        due_on=grant.start,
    )
    session.add(due)
    agreement = drafted(session, grant, caseworker, law)

    accepted(session, agreement, caseworker, "jobcentre", "mentor")
    still_open = due.done_on is None
    accepted(session, agreement, caseworker, "citizen")

    assert (still_open, due.done_on, due.result) == (True, WORKING_DAY, "Aftale nr. 1 er accepteret.")


def test_right_and_duty_may_begin_without_the_citizen_with_a_reason(session, caseworker, law):
    agreement = drafted(session, a_course(session), caseworker, law)

    accepted(session, agreement, caseworker, "jobcentre", "mentor")
    accepted(session, agreement, caseworker, "citizen", absent_reason="Borgeren mødte ikke op den 13.10.")

    assert service.is_in_force(agreement)
    assert agreement.citizen_accepted_on is None


def test_ordinary_support_never_begins_without_the_citizen(session, caseworker, law):
    agreement = drafted(session, a_course(session, right_and_duty=False), caseworker, law)

    with pytest.raises(ValidationFailed) as refused:
        accepted(session, agreement, caseworker, "citizen", absent_reason="Mødte ikke op.")

    assert list(refused.value.errors) == ["absent_reason"]
    assert agreement.citizen_absent_reason == ""


def test_a_party_accepts_once(session, caseworker, law):
    agreement = drafted(session, a_course(session), caseworker, law)
    accepted(session, agreement, caseworker, "mentor")

    with pytest.raises(InvalidTransition, match="Mentor har allerede accepteret"):
        accepted(session, agreement, caseworker, "mentor")


def test_a_mentor_accepts_for_the_mentor_only(session, caseworker, law):
    grant = a_course(session)
    agreement = drafted(session, grant, caseworker, law)
    mentor_user = a_user(session, "MI", mentor=grant.mentor)

    accepted(session, agreement, mentor_user, "mentor")

    with pytest.raises(NotAllowed):
        accepted(session, agreement, mentor_user, "citizen")


def test_a_mentor_does_not_accept_what_is_written_with_another(session, caseworker, law):
    grant = a_course(session)
    agreement = drafted(session, grant, caseworker, law)
    mentor = a_mentor(session)
    grant.mentor_id, newcomer = mentor.id, a_user(session, "ML", mentor=mentor)

    with pytest.raises(NotAllowed, match="en anden mentor"):
        service.accept(session, agreement, party="mentor", actor=Actor(newcomer, WORKING_DAY))

    assert agreement.mentor_accepted_on is None


def test_an_unknown_party_is_refused(session, caseworker, law):
    agreement = drafted(session, a_course(session), caseworker, law)

    with pytest.raises(ValidationFailed):
        accepted(session, agreement, caseworker, "kommunen")


def test_an_amendment_is_a_new_number_and_the_old_one_counts_until_it_is_accepted(session, caseworker, law):
    grant = a_course(session)
    first = accepted(session, drafted(session, grant, caseworker, law), caseworker, "jobcentre", "citizen", "mentor")

    second = drafted(session, grant, caseworker, law, minutes_per_week=60)
    meanwhile = service.find_current(session, grant.id)
    accepted(session, second, caseworker, "jobcentre", "citizen", "mentor")

    assert (first.minutes_per_week, second.number) == (120, 2)
    assert (meanwhile, service.find_current(session, grant.id)) == (first, second)


def test_a_form_sent_twice_is_one_agreement(session, caseworker, law):
    grant = a_course(session)

    first, again = (drafted(session, grant, caseworker, law) for _ in range(2))

    assert (again, again.number) == (first, 1)


def test_an_agreement_that_has_been_replaced_is_not_accepted_any_more(session, caseworker, law):
    grant = a_course(session)
    first = drafted(session, grant, caseworker, law)
    drafted(session, grant, caseworker, law, minutes_per_week=60)

    with pytest.raises(InvalidTransition, match=r"afløst af nr\. 2"):
        accepted(session, first, caseworker, "jobcentre")

    cards = service.list_cards(session, grant, actor=Actor(caseworker, WORKING_DAY))
    assert [card.may_accept for card in cards] == [["jobcentre", "citizen", "mentor"], []]


@pytest.mark.parametrize(("law_says", "days"), [(7, -1), (7, 0), (7, 8), (None, 999)])
def test_days_between_contacts_are_never_more_than_the_law_allows(session, caseworker, law, law_says, days):
    grant = a_course(session, contact_interval_days=law_says)

    with pytest.raises(ValidationFailed) as refused:
        drafted(session, grant, caseworker, law, contact_interval_days=days)

    assert list(refused.value.errors) == ["contact_interval_days"]


def test_the_letter_is_kept_with_the_agreement(session, caseworker, law):
    grant = a_course(session)
    draft = service.letter_of(
        session, grant, filled(session, grant, law), actor=Actor(caseworker, WORKING_DAY), law=law
    )

    agreement = drafted(session, grant, caseworker, law, letter=AgreementLetter(draft, letters.render(draft)))

    letter = session.get_one(Letter, agreement.letter_id)
    assert (letter.kind, letter.grant_id, letter.pdf[:5]) == ("agreement", grant.id, b"%PDF-")


def test_a_protected_citizens_letter_needs_a_second_confirmation(session, caseworker, law):
    grant = a_course(session, citizen=a_citizen(session, protected=True))
    draft = service.letter_of(
        session, grant, filled(session, grant, law), actor=Actor(caseworker, WORKING_DAY), law=law
    )

    with pytest.raises(ValidationFailed, match="navne- og adressebeskyttelse"):
        drafted(session, grant, caseworker, law, letter=AgreementLetter(draft, b"%PDF-"))


def test_a_mentor_outside_reads_the_agreement_once_the_jobcentre_has_accepted(session, caseworker, law):
    grant = a_course(session, mentor=a_mentor(session, phone="20304050", mentor_type="FRIV"))
    agreement = drafted(session, grant, caseworker, law)
    volunteer = a_user(session, "MF", mentor=grant.mentor)
    session.flush()

    before = service.list_agreements(session, grant, actor=Actor(volunteer, WORKING_DAY))
    accepted(session, agreement, caseworker, "jobcentre")

    assert before == []
    assert service.list_agreements(session, grant, actor=Actor(volunteer, WORKING_DAY)) == [agreement]


def test_another_mentor_does_not_find_it(session, caseworker, law):
    agreement = drafted(session, a_course(session), caseworker, law)
    stranger = a_user(session, "MI", mentor=a_mentor(session))

    with pytest.raises(NotFound):
        service.get_agreement(
            session, agreement.public_id, actor=Actor(stranger, WORKING_DAY), action="agreement.accept"
        )
    with pytest.raises(NotFound):
        service.get_course(session, agreement.grant.public_id, actor=Actor(stranger, WORKING_DAY))
