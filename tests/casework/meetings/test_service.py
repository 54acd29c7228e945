"""Logbogen: what is taken in, what is refused, and what a correction keeps."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.meetings import service
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_mentor, a_user
from tests.casework.meetings.courses import a_course, a_logged_meeting, a_new_meeting, an_absence


def test_a_mentor_logs_a_meeting_of_an_own_course(session: Session) -> None:
    course = a_course(session)

    meeting = a_logged_meeting(session, course, topics=("transport",), progress="closer", note="Tog bussen selv.")

    assert (meeting.mentor_id, meeting.minutes, meeting.topics) == (course.grant.mentor_id, 60, ["transport"])
    assert session.scalar(select(Event.citizen_ids).where(Event.action == "meeting.log")) == [course.grant.citizen_id]


def test_another_mentor_cannot_log_it(session: Session) -> None:
    course = a_course(session)
    stranger = a_user(session, "MI", mentor=a_mentor(session))

    with pytest.raises(NotFound):
        service.log(session, course.grant, a_new_meeting(), actor=Actor(stranger, WORKING_DAY), law=law_of(session))


def test_the_caseworker_logs_a_contact_of_an_own_case(session: Session) -> None:
    course = a_course(session)
    course.grant.caseworker_id = course.caseworker.id

    meeting = service.log(
        session, course.grant, a_new_meeting(), actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session)
    )

    assert meeting.logged_by_id == course.caseworker.id


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"met_on": date(2014, 10, 16)}, "met_on", "fremtiden"),
        ({"met_on": date(2014, 8, 24)}, "met_on", "begynder den 25.08.2014"),
        ({"minutes": 0}, "minutes", "fra 1 til 720"),
        ({"minutes": 721}, "minutes", "fra 1 til 720"),
        ({"form": "brev"}, "form", "Fremmøde"),
        ({"held": False}, "absence_reason", "hvorfor"),
        ({"absence_reason": "citizen"}, "absence_reason", "ingen grund"),
        ({"topics": ("cleaning",)}, "topics", "fra listen"),
        ({"progress": "fine"}, "progress", "mulighederne"),
        ({"note": "x" * 4001}, "note", "4000"),
        ({"next_on": WORKING_DAY}, "next_on", "efter det møde"),
        ({"next_on": date(2100, 12, 31)}, "next_on", "mere end et år frem"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, changes: dict[str, Any], field: str, words: str
) -> None:
    course = a_course(session)

    with pytest.raises(ValidationFailed) as refused:
        a_logged_meeting(session, course, **changes)

    assert words in refused.value.errors[field][0]
    assert session.scalar(select(func.count(Meeting.id))) == 0


def test_twelve_hours_and_one_minute_are_taken(session: Session) -> None:
    course = a_course(session)

    longest = a_logged_meeting(session, course, minutes=720)
    shortest = a_logged_meeting(session, course, minutes=1)

    assert (longest.minutes, shortest.minutes) == (720, 1)


@pytest.mark.parametrize("changes", [{"last_day": date(2014, 10, 10)}, {"ended_on": date(2014, 10, 10)}])
def test_a_meeting_after_the_end_is_refused_with_the_day(session: Session, changes: dict[str, Any]) -> None:
    course = a_course(session, **changes)

    with pytest.raises(ValidationFailed, match=r"Forløbet sluttede den 10\.10\.2014"):
        a_logged_meeting(session, course, date(2014, 10, 11))

    assert a_logged_meeting(session, course, date(2014, 10, 10)).held


def test_without_a_mentor_nothing_is_logged(session: Session) -> None:
    course = a_course(session, mentor_id=None)
    course.grant.caseworker_id = course.caseworker.id

    with pytest.raises(ValidationFailed, match="ikke valgt en mentor"):
        service.log(
            session, course.grant, a_new_meeting(), actor=Actor(course.caseworker, WORKING_DAY), law=law_of(session)
        )


def test_the_same_form_sent_twice_is_one_meeting(session: Session) -> None:
    course, form_id = a_course(session), str(uuid4())

    first = a_logged_meeting(session, course, form_id=form_id)
    again = a_logged_meeting(session, course, form_id=form_id)

    assert again is first
    assert session.scalar(select(func.count(Meeting.id))) == 1


def test_the_same_meeting_from_a_new_form_is_refused_unless_the_time_of_day_tells_them_apart(session: Session) -> None:
    course = a_course(session)
    a_logged_meeting(session, course, form_id=str(uuid4()))

    with pytest.raises(ValidationFailed, match="allerede registreret"):
        a_logged_meeting(session, course, form_id=str(uuid4()))

    assert a_logged_meeting(session, course, began=900).began == 900


def test_the_same_form_with_other_words_is_a_conflict(session: Session) -> None:
    course, form_id = a_course(session), str(uuid4())
    a_logged_meeting(session, course, form_id=form_id)

    with pytest.raises(Conflict, match="allerede gemt"):
        a_logged_meeting(session, course, form_id=form_id, note="Noget andet")


def test_a_form_id_of_another_course_is_a_conflict(session: Session) -> None:
    course, other, form_id = a_course(session), a_course(session), str(uuid4())
    a_logged_meeting(session, course, form_id=form_id)

    with pytest.raises(Conflict):
        a_logged_meeting(session, other, form_id=form_id)


def test_a_correction_keeps_the_old_text_and_takes_its_place_in_the_sums(session: Session) -> None:
    course = a_course(session)
    old = a_logged_meeting(session, course, note="Først skrevet", minutes=60)

    new = a_new_meeting(note="Rettet", minutes=90)
    corrected = service.correct(
        session, old, course.grant, new, actor=Actor(course.mentor, WORKING_DAY), law=law_of(session)
    )

    assert (old.note, old.corrected, corrected.corrects_id) == ("Først skrevet", True, old.id)
    assert service.hours_used(session, [course.grant.id], on=WORKING_DAY)[course.grant.id].total == 90
    assert [meeting.note for meeting in service.list_of_grant(session, course.grant.id)] == ["Rettet", "Først skrevet"]


def test_a_corrected_meeting_is_not_corrected_again(session: Session) -> None:
    course = a_course(session)
    old = a_logged_meeting(session, course)
    service.correct(
        session,
        old,
        course.grant,
        a_new_meeting(minutes=90),
        actor=Actor(course.mentor, WORKING_DAY),
        law=law_of(session),
    )

    with pytest.raises(Conflict, match="rettet af en anden"):
        service.correct(
            session,
            old,
            course.grant,
            a_new_meeting(minutes=30),
            actor=Actor(course.mentor, WORKING_DAY),
            law=law_of(session),
        )


def test_hours_are_summed_in_all_and_in_the_week(session: Session) -> None:
    course, other = a_course(session), a_course(session)
    a_logged_meeting(session, course, date(2014, 10, 12), minutes=30)
    a_logged_meeting(session, course, date(2014, 10, 13), minutes=60)
    a_logged_meeting(session, course, date(2014, 10, 15), minutes=90)
    an_absence(session, course, date(2014, 10, 14))

    used = service.hours_used(session, [course.grant.id, other.grant.id], on=WORKING_DAY)

    assert (used[course.grant.id].total, used[course.grant.id].this_week) == (180, 150)
    assert used[other.grant.id].total == 0


def test_more_hours_than_granted_warn_but_are_not_refused(session: Session) -> None:
    course = a_course(session)
    within = a_logged_meeting(session, course, date(2014, 10, 14), minutes=120)

    assert not any("timer i uge" in words for words in service.warnings_of(session, course.grant, within))
    over = a_logged_meeting(session, course, minutes=1)

    words = "Der er nu registreret flere timer i uge 42, end der er bevilget."
    assert words in service.warnings_of(session, course.grant, over)


def test_two_meetings_on_a_day_are_pointed_out(session: Session) -> None:
    course = a_course(session)
    a_logged_meeting(session, course, minutes=30)

    second = a_logged_meeting(session, course, minutes=45)

    missing, doubled = service.warnings_of(session, course.grant, second)
    assert missing.startswith("Aftalen er ikke indgået endnu")
    assert "2 møder den 15.10.2014" in doubled
