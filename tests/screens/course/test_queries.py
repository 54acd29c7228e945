"""Siden Forløb: what a reader may see of a course, told by the one statement that reads it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import GrantPeriod
from jobcenter_mentor.casework.meetings.contact_deadline import LogEntry
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.screens.course import queries
from jobcenter_mentor.screens.course.timeline import LONGEST, timeline
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_team, a_user


@pytest.mark.parametrize("role", ["SB", "TL", "MK", "MI", "MV", "MF", "ØK", "RE"])
@pytest.mark.parametrize("own", [True, False])
def test_the_rights_read_with_the_course_are_those_asked_for_one_by_one(session: Session, role: str, own: bool) -> None:
    mentor = a_mentor(session)
    user = a_user(session, role, mentor=mentor if role in {"MI", "MV", "MF"} else None)
    grant = a_grant(session, a_citizen(session, caseworker_id=user.id if own else None), mentor_id=mentor.id)

    page = queries.show(session, grant.public_id, actor=Actor(user, WORKING_DAY))

    of_the_course = {action for action in queries.SECTIONS if may(user, action, on=WORKING_DAY, subject=page.grant)}
    of_the_agreement = {"agreement.read"} if may(user, "agreement.read", on=WORKING_DAY) else set()
    assert page.rights == of_the_course | of_the_agreement


def test_a_course_of_another_team_is_not_found(session: Session) -> None:
    stranger = a_user(session, "TL", team=a_team(session, "Team Job"))

    with pytest.raises(NotFound):
        queries.show(session, a_grant(session).public_id, actor=Actor(stranger, WORKING_DAY))


def test_the_course_page_reads_no_more_of_the_citizen_than_it_shows(session: Session) -> None:
    grant, reader = a_grant(session), a_user(session, "TL")
    session.commit()
    session.expunge_all()

    shown = queries.show(session, grant.public_id, actor=Actor(reader, WORKING_DAY)).grant.citizen

    assert {"cpr", "address", "phone"}.isdisjoint(vars(shown))


def test_the_time_line_tells_the_notes_and_each_change_of_hours_and_nothing_of_letters(session: Session) -> None:
    grant, reader = a_grant(session, decided_on=date(2014, 8, 22)), a_user(session, "TL")
    first = grant.periods[0]
    last_day, first.last_day = first.last_day, date(2014, 9, 30)
    changed = GrantPeriod(first_day=date(2014, 10, 1), last_day=last_day, minutes_per_week=60, reason="Aftrapning")
    grant.periods.append(changed)
    session.flush()
    met = LogEntry(date(2014, 10, 2), 90, "in_person", True, "", False, "Kørte  bussen\nsammen. " + "x" * 100)

    page = queries.show(session, grant.public_id, actor=Actor(reader, WORKING_DAY))
    told = {moment.title: moment.small for moment in timeline(page, [met], [], on=WORKING_DAY, law=law_of(session))}

    assert told["Bevilling"] == "2 t/uge"
    assert told["Timer ændret til 1 t/uge"] == "Aftrapning"
    assert told["Møde, 1,5 t"].startswith("Kørte bussen sammen. x")
    assert len(told["Møde, 1,5 t"]) == LONGEST
