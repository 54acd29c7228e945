"""Siden Forløb: what a reader may see of a course, told by the one statement that reads it."""

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.policy import may
from jobcenter_mentor.domain.errors import NotFound
from jobcenter_mentor.grants import course
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_team, a_user


@pytest.mark.parametrize("role", ["SB", "TL", "MK", "MI", "MV", "MF", "ØK", "RE"])
@pytest.mark.parametrize("own", [True, False])
def test_the_rights_read_with_the_course_are_those_asked_for_one_by_one(session: Session, role: str, own: bool) -> None:
    mentor = a_mentor(session)
    user = a_user(session, role, mentor=mentor if role in {"MI", "MV", "MF"} else None)
    grant = a_grant(session, a_citizen(session, caseworker_id=user.id if own else None), mentor_id=mentor.id)

    page = course.show(session, grant.public_id, by=user, on=WORKING_DAY)

    assert page.rights == {
        action for action in course.SECTIONS if may(user, action, on=WORKING_DAY, subject=page.grant)
    }


def test_a_course_of_another_team_is_not_found(session: Session) -> None:
    stranger = a_user(session, "TL", team=a_team(session, "Team Job"))

    with pytest.raises(NotFound):
        course.show(session, a_grant(session).public_id, by=stranger, on=WORKING_DAY)


def test_the_course_page_reads_no_more_of_the_citizen_than_it_shows(session: Session) -> None:
    grant, reader = a_grant(session), a_user(session, "TL")
    session.commit()
    session.expunge_all()

    shown = course.show(session, grant.public_id, by=reader, on=WORKING_DAY).grant.citizen

    assert {"cpr", "address", "phone"}.isdisjoint(vars(shown))
