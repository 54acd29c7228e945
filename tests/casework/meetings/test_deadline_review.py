"""Egen kontrol: no mentor settles the review of the own course, and no contact deadline is closed with words."""

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.meetings import deadline_review, outside_links
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import RoleAssignment, User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_mentor, a_municipality, a_user
from tests.casework.meetings.courses import Course, a_course, a_logged_meeting, a_new_meeting
from tests.logins import logged_in

JUDGING = ("review", "end_review", "absences", "concern", "confirmation", "agreement", "new_offer", "period_end")


@pytest.fixture
def course(session: Session) -> Course:
    a_municipality(session)
    return a_course(session)


def a_deadline(session: Session, course: Course, kind: str) -> FollowUp:
    due = Deadline(kind, WORKING_DAY, "dl.followup", "law", "LAB § 93", "Noget skal gøres")
    return followups.plan(session, [due], case=case_of(course.grant), actor=Actor(course.caseworker, WORKING_DAY))[0]


def also_a_caseworker(session: Session, user: User, course: Course) -> User:
    """The mentor of the course who has the role of a caseworker as well."""
    role = RoleAssignment(role="SB", team_id=course.grant.team_id, valid_from=date(2012, 1, 1))
    user.roles.append(role)
    course.grant.caseworker_id = user.id
    session.flush()
    return user


@pytest.mark.parametrize("kind", JUDGING)
def test_the_mentor_settles_nothing_that_looks_at_her_own_course(session: Session, course: Course, kind: str) -> None:
    row = a_deadline(session, course, kind)

    for by in (course.mentor, also_a_caseworker(session, course.mentor, course)):
        with pytest.raises(NotAllowed, match="Du er mentor i forløbet"):
            deadline_review.settle(session, row, result="Alt går fint.", actor=Actor(by, WORKING_DAY))

    assert row.done_on is None


def test_a_mentor_who_was_replaced_settles_no_review_of_the_old_course(session: Session, course: Course) -> None:
    a_logged_meeting(session, course)
    course.grant.mentor_id = a_mentor(session).id
    row = a_deadline(session, course, "review")

    with pytest.raises(NotAllowed):
        deadline_review.settle(session, row, result="Alt gik fint.", actor=Actor(course.mentor, WORKING_DAY))


def test_the_mentor_settles_the_own_report_and_a_colleague_the_review(session: Session, course: Course) -> None:
    report, talk = a_deadline(session, course, "report"), a_deadline(session, course, "review")
    colleague = a_user(session, "MI", mentor=a_mentor(session))

    deadline_review.settle(session, report, result="Rapporten er sendt.", actor=Actor(course.mentor, WORKING_DAY))
    deadline_review.settle(session, talk, result="Talt med begge.", actor=Actor(colleague, WORKING_DAY))

    assert (report.done_by_id, talk.done_by_id) == (course.mentor.id, colleague.id)


@pytest.mark.parametrize("kind", sorted(deadline_review.ONLY_BY_CONTACT))
@pytest.mark.parametrize("role", ["SB", "TL", "MK"])
def test_nobody_closes_a_contact_deadline_with_words(
    app: Flask, session: Session, course: Course, role: str, kind: str
) -> None:
    row = a_deadline(session, course, kind)
    visitor = logged_in(app, session, a_user(session, role))
    address = f"/opfoelgning/{row.public_id}"

    page = visitor.get(address).text
    answer = visitor.post(address, data={f"{row.public_id}-result": "Kontakten var der nok."})

    assert "Afslut</button>" not in page
    assert (f"/logbog/{course.grant.public_id}" in page) is (role != "TL")
    assert answer.status_code in {409, 422}
    assert "når kontakten står i logbogen" in answer.text
    session.refresh(row)
    assert row.done_on is None
    with pytest.raises(InvalidTransition):
        deadline_review.settle(session, row, result="Kontakten var der nok.", actor=Actor(visitor.user, WORKING_DAY))


def test_a_logged_contact_closes_it_and_the_case_tells_by_whom_when_and_with_what(
    app: Flask, session: Session, course: Course
) -> None:
    contact, talk = a_deadline(session, course, "contact"), a_deadline(session, course, "review")
    a_logged_meeting(session, course)
    leader = logged_in(app, session, a_user(session, "TL", full_name="Bodil Leder"))
    leader.post(f"/opfoelgning/{talk.public_id}", data={f"{talk.public_id}-result": "Talt med begge i telefonen."})

    page = leader.get(f"/bevillinger/{course.grant.public_id}?fane=opfoelgning").text

    session.refresh(contact)
    assert contact.done_on == WORKING_DAY
    told = ["Fremmøde den 15.10.2014", course.mentor.full_name, "Talt med begge i telefonen.", "Bodil Leder"]
    assert [words for words in told if words not in page] == []
    assert page.count("Afsluttet 15.10.2014") == 2


@pytest.mark.parametrize("kind", sorted(deadline_review.ONLY_BY_CONTACT))
def test_the_database_itself_closes_no_contact_deadline_with_words(session: Session, course: Course, kind: str) -> None:
    row = a_deadline(session, course, kind)
    session.commit()

    with pytest.raises(IntegrityError, match="contact_not_by_words"):
        followups.settle(session, row, result="Kontakten var der nok.", actor=Actor(course.caseworker, WORKING_DAY))


def test_what_a_link_has_closed_names_nobody_as_the_one_who_did(session: Session, course: Course) -> None:
    row = a_deadline(session, course, "contact")
    leader = a_user(session, "MK")
    _, token = outside_links.make_log_link(
        session, course.grant.public_id, expires_on=WORKING_DAY, actor=Actor(leader, WORKING_DAY)
    )

    outside_links.log(session, token, a_new_meeting(form_id=str(uuid4())), on=WORKING_DAY, law=law_of(session))

    assert (row.done_on, row.done_by_id, row.by_act) == (WORKING_DAY, None, True)


def test_the_list_offers_to_settle_only_what_can_be(app: Flask, session: Session, course: Course) -> None:
    rows = {kind: a_deadline(session, course, kind).public_id for kind in ("contact", "review", "report")}
    pages = {
        "mentor": logged_in(app, session, course.mentor).get("/opfoelgning?hvem=team").text,
        "leader": logged_in(app, session, a_user(session, "TL")).get("/opfoelgning?hvem=team").text,
        "auditor": logged_in(app, session, a_user(session, "RE")).get("/opfoelgning?hvem=team").text,
    }

    offered = {
        who: [kind for kind, key in rows.items() if f'href="/opfoelgning/{key}"' in page] for who, page in pages.items()
    }

    assert offered == {"mentor": ["report"], "leader": ["review", "report"], "auditor": []}
