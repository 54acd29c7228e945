"""The municipality's headings (overskrifter): taught once, used by the next sheet, forgotten on request."""

import io
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.jobs.models import Job
from jobcenter_mentor.sheets.runs import views
from jobcenter_mentor.sheets.runs.models import ImportHeading, ImportRun, ImportValue
from tests.builders import a_frame
from tests.logins import Visitor
from tests.sheets.runs import hostile
from tests.sheets.runs.sheets import HEADINGS, a_course, xlsx
from tests.sheets.runs.test_views import sent

OTHER = {"CPR-nr": "Personnummer", "Formål": "Mål med støtten"}
ROW = {OTHER.get(heading, heading): value for heading, value in a_course().items()}


@pytest.fixture(autouse=True)
def frame(session: Session) -> None:
    a_frame(session)


def foreign(row: dict[str, Any] | None = None) -> bytes:
    return xlsx([row or ROW], headings=[OTHER.get(heading, heading) for heading in HEADINGS])


def test_headings_are_taught_once_used_again_and_forgotten(as_caseworker: Visitor, session: Session) -> None:
    place = sent(as_caseworker, foreign()).location
    page = as_caseworker.get(place).text
    meanings = {"betyder:Personnummer": "cpr", "betyder:Mål med støtten": "goal"}

    as_caseworker.post(f"{place}/overskrifter", data=meanings)
    after = as_caseworker.get(place).text
    next_sheet = as_caseworker.get(sent(as_caseworker, foreign()).location).text
    for heading in session.scalars(select(ImportHeading)).all():
        as_caseworker.post(f"/import/overskrifter/{heading.public_id}/glem")
    last_sheet = as_caseworker.get(sent(as_caseworker, foreign()).location).text

    assert "Kolonner mangler: CPR-nr, Formål" in page
    assert "1 ny," in after
    assert "1 ny," in next_sheet
    assert "Kolonner mangler" in last_sheet


def test_two_headings_may_not_mean_the_same(as_caseworker: Visitor, session: Session) -> None:
    place = sent(as_caseworker, foreign()).location

    as_caseworker.post(f"{place}/overskrifter", data={"betyder:Personnummer": "cpr", "betyder:Mål med støtten": "cpr"})

    assert session.scalars(select(ImportHeading)).all() == []


def test_a_file_that_waits_is_encrypted_and_goes_when_it_is_taken_in(as_caseworker: Visitor, session: Session) -> None:
    place = sent(as_caseworker, xlsx()).location
    kept = session.scalar(text("SELECT content FROM import_run"))
    as_caseworker.post(place)

    assert b"PK" not in bytes(kept)[:40]
    assert session.scalar(text("SELECT content FROM import_run")) is None


def test_a_long_sheet_is_checked_and_taken_in_by_jobs(
    as_caseworker: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LONG_FILE", 10)
    monkeypatch.setattr(views, "LONG_SHEET", 1)

    checked = sent(as_caseworker, xlsx([a_course(), a_course(1)])).location
    run = session.scalars(select(ImportRun)).one()
    taken = as_caseworker.post(f"/import/{run.public_id}").location

    assert ("/opgaver/" in checked, "/opgaver/" in taken) == (True, True)
    assert [job.message.partition(":")[0] for job in session.scalars(select(Job).order_by(Job.id))] == [
        "Filen kan importeres; læs bemærkningerne først. 2 rækker læst",
        "2 rækker læst",
    ]
    assert len(session.scalars(select(Grant.id)).all()) == 2


def test_corrections_undo_and_discard_from_the_page(as_caseworker: Visitor, session: Session) -> None:
    faulty = sent(as_caseworker, xlsx([a_course(Fornavn="")])).location
    corrections = as_caseworker.get(f"{faulty}/rettelser.xlsx").data
    as_caseworker.post(f"{faulty}/slet")
    sound = sent(as_caseworker, xlsx()).location
    as_caseworker.post(sound)

    undone = as_caseworker.post(f"{sound}/fortryd", follow_redirects=True).text

    assert corrections.startswith(b"PK")
    assert "er fortrudt" in undone
    assert session.scalars(select(Grant)).all() == []


def test_unlawful_content_is_logged_as_refused(as_caseworker: Visitor, session: Session) -> None:
    _, content, _, code = hostile.files()["entities"]
    as_caseworker.post("/import", data={"kind": "courses", "file": (io.BytesIO(content), "a.xlsx")})

    event = session.scalars(select(Event).where(Event.action == "import.check")).one()
    assert (event.refused, event.detail["codes"]) == (True, [code])


def test_the_sheets_of_a_workbook_are_chosen_on_the_page(as_caseworker: Visitor, session: Session) -> None:
    place = sent(as_caseworker, xlsx(sheets=2)).location
    asked = as_caseworker.get(place).text

    as_caseworker.post(f"{place}/ark", data={"ark": "Ark2"})
    chosen = as_caseworker.get(place).text

    assert "Vælg dem, der skal læses" in asked
    assert ("ark »Ark2«" in chosen, "1 række læst: 1 ny" in chosen) == (True, True)


def test_a_value_is_taught_once_used_again_and_forgotten(as_caseworker: Visitor, session: Session) -> None:
    rows = [a_course(Mentortype="Coach")]
    place = sent(as_caseworker, xlsx(rows)).location
    asked = as_caseworker.get(place).text

    as_caseworker.post(f"{place}/overskrifter", data={"svarer:mentor_type:Coach": "INT"})
    after = as_caseworker.get(place).text
    value = session.scalars(select(ImportValue)).one()
    listed = as_caseworker.get("/import").text
    as_caseworker.post(f"/import/vaerdier/{value.public_id}/glem")

    assert "Mentortype: »Coach«" in asked
    assert ("1 ny," in after, "Værdier, vi husker" in listed) == (True, True)
    assert "Mentortype: »Coach«" in as_caseworker.get(sent(as_caseworker, xlsx(rows)).location).text
