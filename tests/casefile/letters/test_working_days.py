"""Arbejdsdage i brevene: the office promises nothing on a day it is closed, and asks for nothing then."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment, hearing, letters, queries
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.models import Decision, Hearing
from jobcenter_mentor.domain.kernel.periods import is_working_day, last_working_day, next_working_day
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.pages.filters import dk_date_words
from tests.builders import WORKING_DAY, a_referral, a_user
from tests.casework.changes.test_service import FEWER, a_course, proposed
from tests.casework.grants.cases import KNOWN, people, the_frames

MONTHS = [dk_date_words(date(2014, month, 1)).split()[1] for month in range(1, 13)]
STARTS = [date(2014, 10, 15) + timedelta(days=number) for number in range(7)] + [date(2014, 12, 24), date(2015, 4, 3)]


def day_of(words: str) -> date:
    day, month, year = words.replace(".", "").split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_letter_of_a_grant_promises_working_days(session: Session, law: Law, start: date) -> None:
    the_frames(session)
    referral, by = a_referral(session, start=start, weeks=26), people(session).caseworker
    decision = Decision(
        kind="grant", case_number=referral.case_number, proposed_by_id=by.id, reason="", considerations=""
    )
    decision.citizen, decision.referral = referral.citizen, referral
    appraisal = case_assessment.appraise(session, referral, law, on=WORKING_DAY)

    said = letters.draft(session, decision, appraisal, on=WORKING_DAY, law=law).values

    promised = [said["call_by"], *(day for day, _words in said["follow_ups"])]
    assert [day for day in map(day_of, promised) if not is_working_day(day)] == []
    assert len(promised) > 1


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_a_start_on_a_day_off_is_pointed_out_and_stops_nothing(session: Session, start: date) -> None:
    referral = a_referral(session)

    told = [words for words in queries.watch(referral, SimpleNamespace(start=start)) if "ikke en arbejdsdag" in words]

    assert bool(told) is not is_working_day(start)


@pytest.mark.parametrize("on", [date(2014, 12, 10), date(2014, 12, 11), date(2014, 10, 18), date(2014, 4, 4)], ids=str)
def test_the_citizen_answers_a_hearing_by_a_working_day(session: Session, law: Law, on: date) -> None:
    decision = proposed(session, a_course(session, law), FEWER, law)
    facts.add(session, decision, KNOWN, actor=Actor(a_user(session, "SB"), WORKING_DAY))

    asked = a_letter_on(session, decision, law, on)

    assert is_working_day(asked)
    assert asked >= on + timedelta(days=14)


def a_letter_on(session: Session, decision: Decision, law: Law, on: date) -> date:

    draft = hearing.draft(session, decision, planned="Vi overvejer.", legal_basis=("LAB § 93",), on=on, law=law)
    return day_of(draft.values["answer_by"])


def test_a_letter_that_is_sent_late_moves_the_last_day_to_a_working_day() -> None:
    letter = SimpleNamespace(posted_on=date(2014, 10, 18), sent_on=date(2014, 10, 15))
    sent = SimpleNamespace(letter=letter, answer_by=date(2014, 10, 29))

    assert Hearing.last_day.fget(sent) == date(2014, 11, 3)


def test_over_christmas_and_easter() -> None:
    assert next_working_day(date(2014, 12, 24)) == date(2014, 12, 29)
    assert last_working_day(date(2014, 4, 21)) == date(2014, 4, 16)
