"""Forsendelse: a letter is sent when somebody has marked it, by the channel and to whom the citizen's facts say."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters import dispatch
from jobcenter_mentor.casefile.letters.models import Letter, LetterSending
from jobcenter_mentor.casework.matching.offers import needs_of
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.people.citizens import considerations
from jobcenter_mentor.people.citizens.considerations import NewConsideration
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_team, a_user

ON = WORKING_DAY
SINCE = date(2014, 9, 1)


@pytest.fixture
def lone(session):
    return a_user(session)


@pytest.fixture
def emil(session, lone):
    return a_citizen(session, caseworker_id=lone.id, address="Åvej 3, 9999 Sønderå")


def a_letter(session, citizen, by):
    letter = Letter(
        citizen_id=citizen.id,
        kind="decision",
        title="Bevilling",
        pdf=b"x",
        sha256="0" * 64,
        template="t@1",
        sent_on=ON - timedelta(days=1),
        sent_by_id=by.id,
    )
    session.add(letter)
    session.flush()
    return letter


def given(session, citizen, by, kind, **changes):
    values = {"valid_from": SINCE} | changes
    return considerations.record(session, citizen, NewConsideration(kind, **values), actor=Actor(by, ON))


def test_a_letter_waits_until_it_is_marked_and_a_later_mark_corrects_it(session, lone, emil):
    letter = a_letter(session, emil, lone)

    waiting = dispatch.list_unsent(session, mine=True, actor=Actor(lone, ON))
    dispatch.mark(session, letter, channel="digital", sent_on=ON, actor=Actor(lone, ON))
    dispatch.mark(session, letter, channel="digital", sent_on=ON, actor=Actor(lone, ON))
    dispatch.mark(session, letter, channel="handed", sent_on=ON, actor=Actor(lone, ON))

    assert [row.public_id for row in waiting] == [letter.public_id]
    assert dispatch.list_unsent(session, mine=False, actor=Actor(lone, ON)) == []
    assert (letter.channel, letter.posted_on) == ("handed", ON)
    assert session.scalar(select(func.count()).select_from(LetterSending)) == 2
    titles = session.scalars(select(JournalEntry.title).order_by(JournalEntry.id)).all()
    assert titles == ["Bevilling, sendt 15.10.2014 (Digital Post)", "Bevilling, rettet: sendt 15.10.2014 (Udleveret)"]


@pytest.mark.parametrize(("channel", "days"), [("duebrev", 0), ("digital", 1), ("digital", -2)])
def test_an_unknown_channel_or_an_impossible_day_is_refused(session, lone, emil, channel, days):
    letter = a_letter(session, emil, lone)

    with pytest.raises(ValidationFailed) as refused:
        dispatch.mark(session, letter, channel=channel, sent_on=ON + timedelta(days=days), actor=Actor(lone, ON))

    assert len(refused.value.errors) == 1


def test_another_teams_letter_can_not_be_marked(session, lone, emil):
    letter = a_letter(session, emil, lone)
    stranger = a_user(session, team=a_team(session, "Team Voksen"))

    with pytest.raises(NotFound):
        dispatch.get_letter(session, letter.public_id, actor=Actor(stranger, ON))


def test_the_exempt_get_paper_while_it_lasts(session, lone, emil):
    given(session, emil, lone, "post_exempt", valid_to=ON)
    a_letter(session, emil, lone)

    assert [row.channel for row in dispatch.list_unsent(session, mine=True, actor=Actor(lone, ON))] == ["paper"]
    assert considerations.channel(emil, ON + timedelta(days=1)) == "digital"


def test_letters_follow_who_acts_for_the_citizen_on_the_day(session, lone, emil):
    acting = {"name": "Poul Dam", "address": "Torvet 3, 9999 Sønderå"}
    given(session, emil, lone, "guardian", letters="instead", valid_to=ON, **acting)
    given(session, emil, lone, "representative", letters="copy", **acting)

    now, later = (considerations.addressee(emil, day) for day in (ON, ON + timedelta(days=1)))

    assert now.lines == ("Emil Krogh", "v/ værge Poul Dam", "Torvet 3", "9999 Sønderå")
    assert now.copy_to == "Poul Dam (partsrepræsentant)"
    assert later.lines == ("Emil Krogh", "Åvej 3", "9999 Sønderå")


def test_an_interpreter_is_a_language_the_mentor_must_speak(session, lone, emil, law):
    grant = a_grant(session, emil)
    given(session, emil, lone, "interpreter", language="arabisk")

    need = needs_of(session, [grant], on=ON)[grant.id]

    assert (need.language, need.language_needed) == ("arabisk", True)
    assert considerations.at_meetings(session, emil, "staff", ON) == [("Tolk", "arabisk")]


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("guardian", {}, "name"),
        ("guardian", {"name": "Poul Dam", "letters": "copy"}, "address"),
        ("interpreter", {}, "language"),
        ("no_calls", {}, "note"),
        ("post_exempt", {"valid_to": SINCE - timedelta(days=1)}, "valid_to"),
    ],
)
def test_what_a_fact_needs_is_asked_at_the_field(session, lone, emil, kind, changes, field):
    with pytest.raises(ValidationFailed) as refused:
        given(session, emil, lone, kind, **changes)

    assert refused.value.errors.keys() == {field}


def test_a_fact_is_ended_once_and_stays_and_one_by_mistake_was_never_in_force(session, lone, emil):
    first = given(session, emil, lone, "post_exempt")
    with pytest.raises(ValidationFailed):
        given(session, emil, lone, "post_exempt", valid_from=ON)

    considerations.end(session, first, emil, last_day=None, because="Forkert borger", actor=Actor(lone, ON))
    second = given(session, emil, lone, "post_exempt")

    assert not first.is_in_force(SINCE)
    assert second.is_in_force(ON)
    assert len(considerations.list_of(session, emil, actor=Actor(lone, ON))) == 2
    with pytest.raises(Conflict):
        considerations.end(session, first, emil, last_day=None, because="Igen", actor=Actor(lone, ON))
