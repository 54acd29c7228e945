"""Klager: each clock of the order from the day a complaint came until it is changed, given up or sent on."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters.models import Letter, LetterSending
from jobcenter_mentor.casework.complaints import appeal
from jobcenter_mentor.casework.complaints import letters as drafts
from jobcenter_mentor.casework.complaints import service as complaints
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.complaints.service import NewComplaint
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.meetings import deadline_review as by_words
from jobcenter_mentor.casework.notices.models import DelayNotice
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.complaint_deadlines import DECIDE
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_team, a_user
from tests.casework.complaints.cases import a_complaint, a_decision, posted, reviewed, sent_on

DECIDED = date(2014, 9, 1)
DECIDED_2025 = date(2025, 11, 3)
"""Complaints over it are in time until 1 December 2025."""


@pytest.fixture
def law(session: Session) -> Law:
    return law_of(session)


@pytest.fixture
def user(session: Session) -> User:
    return a_user(session)


@pytest.fixture
def decision(session: Session, user: User) -> Decision:
    """An approved grant of 1 September 2014; complaints are in time until 29 September."""
    return a_decision(session, user, DECIDED)


@pytest.fixture
def of_2025(session: Session, user: User) -> Decision:
    return a_decision(session, user, DECIDED_2025)


def clocks(session: Session) -> list[tuple[str, date, bool]]:
    """The clocks of the complaint's own way; that of the new decision has its tests in `test_new_decision`."""
    own = select(FollowUp).where(FollowUp.kind.startswith("complaint_"), FollowUp.kind != DECIDE)
    rows = session.scalars(own.order_by(FollowUp.id))
    return [(row.kind.removeprefix("complaint_"), row.due_on, row.done_on is not None) for row in rows]


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(JournalEntry.title).order_by(JournalEntry.id)))


def test_the_clock_runs_four_weeks_from_the_day_it_came(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    a_complaint(session, decision, user, law, date(2014, 9, 20), WORKING_DAY)

    assert clocks(session) == [("review", date(2014, 10, 18), False)]
    assert titles(session) == ["Klage modtaget: Bevilling"]
    assert session.scalars(select(FollowUp.section)).one() == "BEK nr. 722 af 19. juni 2013 § 12, stk. 1"


@pytest.mark.parametrize(("day", "is_late"), [(date(2014, 9, 29), False), (date(2014, 9, 30), True)])
def test_a_late_complaint_of_2014_is_looked_at_again_first(
    session: Session, decision: Decision, user: User, law: Law, day: date, is_late: bool
) -> None:
    complaint = a_complaint(session, decision, user, law, day, WORKING_DAY)

    assert (complaint.is_late, complaint.status) == (is_late, "review")
    assert clocks(session) == [("review", day + timedelta(weeks=4), False)]


def test_a_late_complaint_from_2024_on_is_sent_at_once_and_never_looked_at_again(
    session: Session, of_2025: Decision, user: User, law: Law
) -> None:
    day = date(2025, 12, 23)
    complaint = a_complaint(session, of_2025, user, law, day)
    told: dict[str, Any] = {
        "outcome": "changed",
        "reviewed_on": day,
        "note": "Enig.",
        "actor": Actor(user, day),
        "law": law,
    }

    with pytest.raises(InvalidTransition, match="genvurderes ikke her"):
        complaints.review(session, complaint, **told)
    sent_on(session, complaint, user, law, day)

    assert clocks(session) == [("late", day, True)]
    assert (complaint.status, complaint.outcome) == ("board", "")
    assert "Klagefristen er ikke overholdt" in titles(session)[-1]
    assert session.scalars(select(FollowUp.section)).one() == "BEK nr. 861 af 19. juni 2025 § 13, stk. 1"


@pytest.mark.parametrize(
    ("decided", "came", "due"),
    [
        (date(2025, 11, 3), date(2025, 12, 25), date(2025, 12, 29)),
        (date(2025, 11, 3), date(2026, 1, 1), date(2026, 1, 2)),
        (date(2026, 2, 2), date(2026, 4, 2), date(2026, 4, 7)),
    ],
    ids=["on Christmas Day", "on New Year's Day", "on Maundy Thursday"],
)
def test_at_once_is_the_first_working_day(
    session: Session, user: User, law: Law, decided: date, came: date, due: date
) -> None:
    complaint = a_complaint(session, a_decision(session, user, decided), user, law, came)

    assert (complaint.status, complaint.due_on) == ("late", due)


def test_a_complaint_on_the_last_day_is_in_time(session: Session, of_2025: Decision, user: User, law: Law) -> None:
    assert a_complaint(session, of_2025, user, law, date(2025, 12, 1)).status == "review"
    assert a_complaint(session, of_2025, user, law, date(2025, 12, 2)).status == "late"


@pytest.mark.parametrize(
    ("sent", "last"),
    [(date(2014, 9, 12), date(2014, 10, 10)), (date(2014, 9, 13), date(2014, 10, 13)), (None, date(2014, 9, 29))],
    ids=["from the day it was sent", "a Saturday moves to Monday", "from the letter's date until it is marked"],
)
def test_the_four_weeks_of_a_complaint_run_from_the_day_the_letter_was_sent(
    session: Session, decision: Decision, user: User, law: Law, sent: date | None, last: date
) -> None:
    letter = Letter(
        citizen_id=decision.citizen_id,
        grant_id=decision.grant_id,
        kind="grant",
        title="Bevilling",
        pdf=b"%PDF",
        sha256="",
        template="",
        sent_on=DECIDED,
        sent_by_id=user.id,
    )
    session.add(letter)
    session.flush()
    decision.letter_id = letter.id
    if sent:
        session.add(LetterSending(letter_id=letter.id, channel="paper", sent_on=sent, by_id=user.id))

    session.flush()
    session.expire(letter)

    assert complaints.last_day_of(session, decision, law) == last


@pytest.mark.parametrize(
    ("group", "more", "due"),
    [
        ("dagpenge", {"short_case": "offer"}, date(2025, 11, 15)),
        ("dagpenge", {}, date(2025, 12, 8)),
        ("kontanthjaelp", {"urgent": True}, date(2025, 11, 10)),
    ],
    ids=["five days for what the order names", "four weeks for mentor support alone", "at once where it can't wait"],
)
def test_the_order_of_the_day_gives_the_first_clock(
    session: Session, user: User, law: Law, monkeypatch: pytest.MonkeyPatch, group: str, more: dict[str, Any], due: date
) -> None:
    monkeypatch.setattr(complaints, "group_of", lambda *_: 1 if group == "dagpenge" else 3)
    decision = a_decision(session, user, DECIDED_2025)

    assert a_complaint(session, decision, user, law, date(2025, 11, 10), **more).due_on == due


def test_a_short_deadline_outside_group_1_is_refused(session: Session, of_2025: Decision, user: User, law: Law) -> None:
    with pytest.raises(ValidationFailed) as refused:
        a_complaint(session, of_2025, user, law, date(2025, 11, 10), short_case="offer")

    assert set(refused.value.errors) == {"short_case"}


def test_full_agreement_stops_the_clock(session: Session, decision: Decision, user: User, law: Law) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)

    reviewed(session, complaint, "changed", user, law, WORKING_DAY)

    assert [done for *_, done in clocks(session)] == [True]
    assert (complaint.status, complaint.due_on) == ("changed", None)
    with pytest.raises(InvalidTransition):
        sent_on(session, complaint, user, law, WORKING_DAY)


def test_an_upheld_decision_keeps_the_clock_running_until_it_is_sent_on_and_then_answered(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint, told = a_complaint(session, decision, user, law, WORKING_DAY), {"actor": Actor(user, WORKING_DAY)}
    reviewed(session, complaint, "upheld", user, law, WORKING_DAY)
    assert [done for *_, done in clocks(session)] == [False]

    sent_on(session, complaint, user, law, WORKING_DAY)
    appeal.answer(session, complaint, board_outcome="annulled", board_on=WORKING_DAY, **told)

    assert [done for *_, done in clocks(session)] == [True]
    assert titles(session)[-1] == "Ankestyrelsens afgørelse: ophævet"
    with pytest.raises(InvalidTransition):
        appeal.answer(session, complaint, board_outcome="changed", board_on=WORKING_DAY, **told)


def test_a_partial_yes_gives_the_citizen_four_weeks_and_then_us_fourteen_days(
    session: Session, user: User, law: Law
) -> None:
    decision = a_decision(session, user, date(2026, 2, 9))
    complaint = a_complaint(session, decision, user, law, date(2026, 2, 16))
    told, answered = date(2026, 3, 5), date(2026, 3, 20)

    reviewed(session, complaint, "partly", user, law, told)
    with pytest.raises(InvalidTransition, match="venter på borgerens svar"):
        sent_on(session, complaint, user, law, told)
    waits = (complaint.status, complaint.due_on)
    complaints.stand(session, complaint, stands="stands", stands_on=answered, actor=Actor(user, answered), law=law)
    now = (complaint.status, complaint.due_on)
    sent_on(session, complaint, user, law, date(2026, 4, 3))

    assert (waits, now) == (("waits", date(2026, 4, 7)), ("forward", date(2026, 4, 3)))
    assert clocks(session) == [
        ("review", date(2026, 3, 16), True),
        ("answer", date(2026, 4, 7), True),
        ("forward", date(2026, 4, 3), True),
    ]
    sections = session.scalars(select(FollowUp.section).where(FollowUp.kind != DECIDE).order_by(FollowUp.id)).all()
    assert sections[1:] == ["BEK nr. 861 af 19. juni 2025 § 12"] * 2


def test_who_is_content_or_silent_ends_the_complaint_but_silence_only_after_the_clock(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)
    reviewed(session, complaint, "partly", user, law, WORKING_DAY)

    def silent(day: date) -> Complaint:
        return complaints.stand(session, complaint, stands="lapsed", stands_on=day, actor=Actor(user, day), law=law)

    with pytest.raises(ValidationFailed) as unsent:
        silent(date(2014, 11, 20))
    posted(session, complaint.stand_letter, user, WORKING_DAY + timedelta(days=5))
    with pytest.raises(ValidationFailed) as early:
        silent(date(2014, 11, 17))
    silent(date(2014, 11, 18))

    assert "ikke markeret som sendt" in unsent.value.errors["stands"][0]
    assert early.value.errors["stands"] == ["Borgeren kan svare til og med 17.11.2014."]
    assert (complaint.status, complaint.due_on) == ("dropped", None)
    with pytest.raises(InvalidTransition):
        complaints.stand(
            session,
            complaint,
            stands="stands",
            stands_on=date(2014, 11, 18),
            actor=Actor(user, date(2014, 11, 18)),
            law=law,
        )


def test_a_notice_moves_the_clock_to_the_day_the_citizen_is_told(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, date(2014, 12, 5), date(2014, 12, 5))

    def told(expected: date, on: date) -> DelayNotice:
        say: dict[str, Any] = {"expected_on": expected, "why": "Vi venter på din læge."}
        delay = complaints.delay_of(session, complaint, **say, on=on)
        letter = (drafts.notice(session, complaint, delay, actor=Actor(user, on), law=law), b"%PDF")
        return complaints.tell_of_delay(session, complaint, **say, letter=letter, actor=Actor(user, on), law=law)

    notice = told(date(2015, 1, 16), date(2014, 12, 30))
    with pytest.raises(InvalidTransition, match="allerede fået brev"):
        told(date(2015, 1, 16), date(2014, 12, 30))
    with pytest.raises(ValidationFailed):
        told(date(2015, 1, 9), date(2014, 12, 30))
    with pytest.raises(ValidationFailed, match="Ret felterne"):
        told(date(2016, 1, 16), date(2014, 12, 30))
    told(date(2015, 1, 30), date(2015, 1, 15))

    assert (notice.due_on, notice.told_on) == (date(2015, 1, 2), date(2014, 12, 30))
    assert complaint.due_on == date(2015, 1, 30)
    assert clocks(session) == [
        ("review", date(2015, 1, 2), True),
        ("review", date(2015, 1, 16), True),
        ("review", date(2015, 1, 30), False),
    ]
    assert session.scalars(select(FollowUp.section)).all()[-1] == "BEK nr. 1221 af 21. november 2014 § 12, stk. 3"


def test_no_notice_where_it_hurries_or_nothing_is_looked_at_again(
    session: Session, decision: Decision, of_2025: Decision, user: User, law: Law
) -> None:
    hurries = a_complaint(session, decision, user, law, WORKING_DAY, urgent=True)
    late = a_complaint(session, of_2025, user, law, date(2025, 12, 23))
    say: dict[str, Any] = {"expected_on": date(2026, 3, 2), "why": "Vi venter.", "on": date(2025, 12, 23)}

    with pytest.raises(InvalidTransition, match="haster"):
        complaints.delay_of(session, hurries, **say)
    with pytest.raises(InvalidTransition, match="skal ikke genvurderes"):
        complaints.delay_of(session, late, **say)


def test_it_can_not_be_sent_on_before_it_is_looked_at_again(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)

    with pytest.raises(InvalidTransition, match="genvurderes først"):
        appeal.check_forward(complaint, WORKING_DAY, WORKING_DAY)


def test_a_step_before_the_one_it_follows_says_which_day_that_was(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)
    before, said = WORKING_DAY - timedelta(days=1), []

    def refused(step: Any, *args: Any, **told: Any) -> None:
        with pytest.raises(ValidationFailed) as refusal:
            step(session, complaint, *args, **told)
        said.extend(text for texts in refusal.value.errors.values() for text in texts)

    refused(reviewed, "upheld", user, law, WORKING_DAY, before)
    reviewed(session, complaint, "upheld", user, law, WORKING_DAY)
    refused(sent_on, user, law, WORKING_DAY, before)
    sent_on(session, complaint, user, law, WORKING_DAY)
    refused(appeal.answer, board_outcome="upheld", board_on=before, actor=Actor(user, WORKING_DAY))

    assert said == [
        "Klagen kom den 15.10.2014 og kan ikke være genvurderet før. Vælg en dag fra 15.10.2014 til i dag.",
        "Klagen kan tidligst være sendt den 15.10.2014. Vælg en dag fra 15.10.2014 til i dag.",
        "Klagen blev sendt den 15.10.2014 og kan ikke være afgjort før. Vælg en dag fra 15.10.2014 til i dag.",
    ]


def test_two_complaints_of_one_day_share_a_clock_that_the_last_one_stops(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    first = a_complaint(session, decision, user, law, WORKING_DAY)
    second = a_complaint(session, decision, user, law, WORKING_DAY, text="Forkert mentor")

    reviewed(session, first, "changed", user, law, WORKING_DAY)
    assert [done for *_, done in clocks(session)] == [False]
    reviewed(session, second, "changed", user, law, WORKING_DAY)

    assert [done for *_, done in clocks(session)] == [True]
    assert a_complaint(session, decision, user, law, WORKING_DAY) is first


def test_the_clock_goes_on_when_the_course_ends_and_no_words_settle_it(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)
    clock = session.scalars(select(FollowUp)).one()

    followups.drop_open(session, complaint.grant_id or 0, reason="Ophør", actor=Actor(user, WORKING_DAY))

    assert clock.dropped_on is None
    with pytest.raises(InvalidTransition, match="på klagens side"):
        by_words.settle(session, clock, result="Gjort.", actor=Actor(user, WORKING_DAY))


@pytest.mark.parametrize("day", [DECIDED - timedelta(days=1), WORKING_DAY + timedelta(days=1)])
def test_a_day_before_the_decision_or_to_come_is_refused(
    session: Session, decision: Decision, user: User, law: Law, day: date
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        complaints.receive(
            session, decision, NewComplaint(day, "For få timer"), actor=Actor(user, WORKING_DAY), law=law
        )

    assert set(refused.value.errors) == {"received_on"}
    assert session.scalars(select(Complaint)).all() == []


def test_another_team_finds_neither_decision_nor_complaint(
    session: Session, decision: Decision, user: User, law: Law
) -> None:
    complaint = a_complaint(session, decision, user, law, WORKING_DAY)
    stranger = a_user(session, team=a_team(session, "Team Job"))

    with pytest.raises(NotFound):
        complaints.get_complaint(session, complaint.public_id, actor=Actor(stranger, WORKING_DAY))
    with pytest.raises(NotFound):
        complaints.get_decision(session, decision.public_id, actor=Actor(stranger, WORKING_DAY))
