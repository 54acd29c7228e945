"""Svar, ændringer og to på én gang: who answered how and when, before and after, and nobody's text lost."""

from datetime import date

import pytest

from jobcenter_mentor.casework.agreements import service
from jobcenter_mentor.casework.agreements.service import AgreementReply
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.kernel.law_codes import LawCode
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_municipality, a_referral, a_user
from tests.casework.agreements.test_service import a_course, accepted, drafted, filled
from tests.logins import logged_in


@pytest.fixture
def caseworker(session):
    a_municipality(session)
    return a_user(session, "SB")


def test_a_no_is_kept_with_how_and_why_and_may_become_a_yes(session, caseworker, law):
    agreement = drafted(session, a_course(session), caseworker, law)
    no = AgreementReply("declined", "phone", date(2014, 10, 15), "Vil tale med sin mor først")
    service.accept(session, agreement, party="citizen", actor=Actor(caseworker, WORKING_DAY), reply=no)
    assert not service.is_in_force(accepted(session, agreement, caseworker, "jobcentre", "mentor"))

    yes = AgreementReply("accepted", "signed", date(2014, 10, 15), given_by="self")
    service.accept(session, agreement, party="citizen", actor=Actor(caseworker, WORKING_DAY), reply=yes)

    (card,) = service.list_cards(session, agreement.grant, actor=Actor(caseworker, WORKING_DAY))
    assert card.in_force
    told = [(answer.answer, answer.how, name) for answer, name in card.answers["citizen"]]
    assert told == [("accepted", "signed", caseworker.full_name), ("declined", "phone", caseworker.full_name)]


def test_ordinary_support_does_not_start_while_the_citizen_is_not_reached(session, caseworker, law):
    agreement = drafted(session, a_course(session, right_and_duty=False), caseworker, law)
    not_reached = AgreementReply("not_reached", "phone", WORKING_DAY)
    service.accept(session, agreement, party="citizen", actor=Actor(caseworker, WORKING_DAY), reply=not_reached)
    accepted(session, agreement, caseworker, "jobcentre", "mentor")

    assert not service.is_in_force(agreement)
    with pytest.raises(ValidationFailed, match="kun ret og pligt"):
        service.accept(
            session, agreement, party="citizen", actor=Actor(caseworker, WORKING_DAY), absent_reason="Svarer ikke"
        )


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (AgreementReply("maybe", "phone", WORKING_DAY), "answer"),
        (AgreementReply("accepted", "røgsignal", WORKING_DAY, given_by="self"), "how"),
        (AgreementReply("accepted", "phone", date(2014, 10, 16), given_by="self"), "answered_on"),
        (AgreementReply("accepted", "phone", date(2014, 10, 14), given_by="self"), "answered_on"),
        (AgreementReply("declined", "phone", WORKING_DAY), "reason"),
        (AgreementReply("accepted", "phone", WORKING_DAY), "given_by"),
        (AgreementReply("accepted", "phone", given_by="self"), "answered_on"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(session, caseworker, law, reply, field):
    agreement = drafted(session, a_course(session), caseworker, law)

    with pytest.raises(ValidationFailed) as refused:
        service.accept(session, agreement, party="citizen", actor=Actor(caseworker, WORKING_DAY), reply=reply)

    assert list(refused.value.errors) == [field]


def test_an_amendment_shows_before_and_after_and_asks_the_rules_again(session, caseworker, law):
    referral = a_referral(session)
    grant = a_course(session, referral_id=referral.id, citizen=referral.citizen)
    drafted(session, grant, caseworker, law)
    points = filled(session, grant, law).terms | {"payment": "Virksomheden betaler."}

    drafted(session, grant, caseworker, law, minutes_per_week=60, terms=points)

    newest, first = service.list_cards(session, grant, actor=Actor(caseworker, WORKING_DAY))
    shown = {change.name: (change.before, change.now) for change in newest.changes}
    assert shown["Timer om ugen"] == ("2 timer", "1 time")
    assert shown["Hvem der betaler"][1] == "Virksomheden betaler."
    assert len(shown) == 2
    assert newest.said is not None
    assert newest.said.now.law == LawCode.LAB_2014
    assert first.changes == []


def test_two_who_write_at_once_see_both(app, session, caseworker, law):
    grant = a_course(session)
    lone = logged_in(app, session, caseworker)
    opened = {"goal": "Mit eget mål", "minutes_per_week": "1", "based_on": "0"}
    drafted(session, grant, a_user(session, "SB"), law, goal="Den andens mål")

    new = filled(session, grant, law)
    texts = {"mentor_name": new.mentor_name, "mentor_contact": new.mentor_contact, "tasks": list(new.tasks)}
    days = {"start": "20-10-2014", "last_day": "19-04-2015", "complaint_guidance": new.complaint_guidance}
    answer = lone.post(f"/aftaler/{grant.public_id}/ny", data=opened | texts | days)

    assert answer.status_code == 409
    assert "Den andens mål" in answer.text
    assert "Mit eget mål" in answer.text
    again = lone.post(f"/aftaler/{grant.public_id}/ny", data=opened | texts | days | {"based_on": "1"})
    assert again.status_code == 303


def test_writing_on_an_older_number_is_a_conflict(session, caseworker, law):
    grant = a_course(session)
    drafted(session, grant, caseworker, law)

    new = filled(session, grant, law, goal="Nyt")

    with pytest.raises(Conflict, match=r"nr\. 1"):
        service.draft(session, grant, new, actor=Actor(caseworker, WORKING_DAY), law=law, based_on=0)
