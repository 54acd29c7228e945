"""Journalen: what the acts write in it, what a person may add, and who may read it."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.journal.service import JournalFilter
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.people.citizens.models import FormerNumber
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_municipality, a_team, a_user
from tests.logins import logged_in

NOTE = {"title": "Samtale om bolig", "text": "Vil gerne flytte tættere på VUC.", "is_health": False, "grant": ""}


def test_a_logged_meeting_is_in_the_journal_at_once_and_so_is_its_correction(session: Session) -> None:
    user, grant = a_user(session), a_grant(session, mentor_id=a_mentor(session).id)
    grant.caseworker_id = user.id
    new = NewMeeting(met_on=date(2014, 10, 14), minutes=60, form="in_person", held=True, note="Hemmelig note")
    meeting = meetings.log(session, grant, new, actor=Actor(user, WORKING_DAY), law=law_of(session))
    longer = NewMeeting(met_on=date(2014, 10, 14), minutes=90, form="in_person", held=True, note="x", concern=True)

    meetings.correct(session, meeting, grant, longer, actor=Actor(user, WORKING_DAY), law=law_of(session))

    titles = session.scalars(select(JournalEntry.title).order_by(JournalEntry.id)).all()
    assert titles == [
        "Fremmøde, 1 time den 14.10.2014",
        "Fremmøde, 1 time og 30 minutter den 14.10.2014, rettet. Mentoren er bekymret",
    ]


def test_the_text_of_a_note_is_not_readable_in_the_database(session: Session) -> None:
    citizen = a_citizen(session)

    journal.add_note(session, citizen, **NOTE, actor=Actor(a_user(session), WORKING_DAY))

    stored = session.execute(text("SELECT text FROM journal_entry")).scalar_one()
    assert b"VUC" not in bytes(stored)


def test_the_same_note_sent_twice_is_one_and_an_empty_one_is_refused_at_its_fields(session: Session) -> None:
    citizen, user = a_citizen(session), a_user(session)

    first = journal.add_note(session, citizen, **NOTE, actor=Actor(user, WORKING_DAY))

    assert journal.add_note(session, citizen, **NOTE, actor=Actor(user, WORKING_DAY)) is first
    with pytest.raises(ValidationFailed) as refused:
        journal.add_note(session, citizen, **NOTE | {"title": " ", "text": ""}, actor=Actor(user, WORKING_DAY))
    assert set(refused.value.errors) == {"title", "text"}


def test_a_note_can_not_be_put_on_another_citizens_course(session: Session) -> None:
    citizen, other = a_citizen(session), a_grant(session)

    with pytest.raises(NotFound):
        journal.add_note(
            session, citizen, **NOTE | {"grant": other.public_id}, actor=Actor(a_user(session), WORKING_DAY)
        )


def test_the_journal_is_filtered_counted_and_closed_to_other_teams(session: Session) -> None:
    grant, user = a_grant(session), a_user(session)
    citizen = grant.citizen
    journal.add_note(session, citizen, **NOTE | {"grant": grant.public_id}, actor=Actor(user, WORKING_DAY))
    journal.add_note(session, citizen, **NOTE | {"title": "Andet"}, actor=Actor(user, WORKING_DAY))
    case = journal.JournalCase(citizen.id)
    journal.record(session, "letter", "Brev", case, about=("letter", "x"), by=user, on=date(2014, 10, 1))

    def titles(chosen: JournalFilter) -> list[str]:
        found = journal.show(session, citizen.public_id, chosen, actor=Actor(user, WORKING_DAY)).page
        assert found.count == len(found.rows)
        return [row.title for row in found.rows]

    assert titles(JournalFilter()) == ["Andet", "Samtale om bolig", "Brev"]
    assert titles(JournalFilter(kind="letter")) == ["Brev"]
    assert titles(JournalFilter(grant=grant.public_id)) == ["Samtale om bolig"]
    stranger = a_user(session, "SB", team=a_team(session, "Team Job"))
    with pytest.raises(NotFound):
        journal.show(session, citizen.public_id, JournalFilter(), actor=Actor(stranger, WORKING_DAY))


def test_a_note_on_health_is_read_on_its_own_page_and_the_reading_is_logged(
    session: Session, client: FlaskClient
) -> None:
    a_municipality(session)
    user, citizen = a_user(session), a_citizen(session)
    citizen.caseworker_id = user.id
    session.commit()
    visitor = logged_in(client.application, session, user)
    told = {"title": "Fra egen læge", "text": "Ny medicin siden maj", "is_health": "y"}

    written = visitor.post(f"/journal/{citizen.public_id}", data=told)
    shown = visitor.get(f"/journal/{citizen.public_id}").text
    note = session.scalars(select(JournalEntry)).one()

    assert written.status_code == 303
    assert "Fra egen læge" in shown
    assert "Ny medicin" not in shown
    assert "Ny medicin" in visitor.get(f"/journal/notat/{note.public_id}").text
    read = "SELECT count(*) FROM event WHERE action = 'citizen.health.read'"
    assert session.execute(text(read)).scalar_one() == 1
    assert "Fra egen læge" in visitor.get(f"/journal/{citizen.public_id}/udskrift").text


def test_a_note_on_health_of_a_colleagues_citizen_takes_a_written_reason(session: Session, client: FlaskClient) -> None:
    a_municipality(session)
    colleague, citizen = a_user(session), a_citizen(session)
    told = NOTE | {"is_health": True}
    path = f"/journal/notat/{journal.add_note(session, citizen, **told, actor=Actor(colleague, WORKING_DAY)).public_id}"
    session.commit()
    visitor = logged_in(client.application, session, a_user(session))

    asked = visitor.get(path)
    visitor.post("/begrundelse", data={"next": path, "reason": "Vikar for kollegaen i dag"})

    assert (asked.status_code, asked.headers["Location"]) == (303, f"/begrundelse?next={path}")
    assert NOTE["text"] in visitor.get(path).text


def test_the_journal_of_a_citizen_who_was_merged_into_another_is_not_found(session: Session) -> None:
    citizen, user = a_citizen(session), a_user(session)
    gone = a_citizen(session)
    former = FormerNumber(
        citizen_id=citizen.id,
        old_citizen_id=gone.id,
        cpr=gone.cpr,
        cpr_index=gone.cpr_index,
        replaced_on=WORKING_DAY,
        reason="Lagt sammen",
        by_id=user.id,
    )
    session.add(former)
    session.flush()

    with pytest.raises(NotFound):
        journal.show(session, gone.public_id, JournalFilter(), actor=Actor(user, WORKING_DAY))
