"""Overdragelse: three notes, the open dates and the goal, on the page and on paper, and in the journal."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings.handover import service as handover
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_grant, a_mentor, a_municipality, a_user
from tests.logins import logged_in

DUE = Deadline("review", date(2014, 10, 20), "dl.followup", "local", "kommunens standard", "Opfølgning undervejs")


@pytest.fixture
def grant(session: Session) -> Grant:
    """A course with five meetings, the last without a note, and one open deadline."""
    user, grant = a_user(session), a_grant(session, mentor_id=a_mentor(session).id)
    for number, note in enumerate(["Første", "Anden", "Tredje", "Fjerde #* «tegn»", ""]):
        day = WORKING_DAY - timedelta(days=20 - number)
        meeting = Meeting(grant_id=grant.id, mentor_id=grant.mentor_id, met_on=day, minutes=60, form="in_person")
        meeting.held, meeting.note = True, note
        session.add(meeting)
    followups.plan(session, [DUE], case=case_of(grant), actor=Actor(user, WORKING_DAY))
    return grant


def test_the_pack_holds_the_last_three_notes_the_open_dates_and_the_goal(session: Session, grant: Grant) -> None:
    pack = handover.get_pack(session, grant.public_id, actor=Actor(a_user(session), WORKING_DAY))

    assert [note.note for note in pack.notes] == ["Fjerde #* «tegn»", "Tredje", "Anden"]
    assert [what for _, what, _ in pack.dates] == ["Opfølgning undervejs"]
    assert pack.grant.goal.startswith("Tager selv bussen")


@pytest.mark.parametrize(("role", "own"), [("MI", True), ("MI", False), ("MF", True)])
def test_only_the_courses_own_mentor_in_the_municipality_reads_it(
    session: Session, grant: Grant, role: str, own: bool
) -> None:
    reader = a_user(session, role, mentor=grant.mentor if own else a_mentor(session))

    if role == "MI" and own:
        assert handover.get_pack(session, grant.public_id, actor=Actor(reader, WORKING_DAY)).notes
    else:
        with pytest.raises(NotFound):
            handover.get_pack(session, grant.public_id, actor=Actor(reader, WORKING_DAY))


def test_the_sheet_is_a_pdf_and_stands_in_the_journal_once(session: Session, client: FlaskClient, grant: Grant) -> None:
    a_municipality(session)
    session.commit()
    visitor, address = logged_in(client.application, session, a_user(session)), f"/overdragelse/{grant.public_id}"
    session.commit()

    assert "Tredje" in visitor.get(address).text
    sheets = [visitor.post(f"{address}/pdf") for _ in range(2)]

    assert [sheet.data[:5] for sheet in sheets] == [b"%PDF-"] * 2
    assert session.scalars(select(JournalEntry.kind)).all() == ["handover"]
