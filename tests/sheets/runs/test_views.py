"""The pages under /import (indlæsning): upload, preview, import; and what the wrong file, user or order gets."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.sheets.runs.models import ImportRun
from tests.builders import a_frame
from tests.sheets.runs.sheets import a_course, xlsx


def sent(client, content, name="a.xlsx", kind="courses"):
    """Upload a file."""
    return client.post("/import", data={"kind": kind, "file": (io.BytesIO(content), name)})


def grants(session):
    return session.scalar(select(func.count()).select_from(Grant))


@pytest.fixture(autouse=True)
def frame(session):
    return a_frame(session)


def test_a_sheet_is_previewed_and_then_taken_in(as_caseworker, session):
    place = sent(as_caseworker, xlsx([a_course(), a_course(1)])).location
    page = as_caseworker.get(place).text
    before = grants(session)

    receipt = as_caseworker.post(place, follow_redirects=True).text

    assert "Nye rækker" in page
    assert "140587-****" in page
    assert "25.08.2014 · 19.12.2014 · 2,5 · 412,50" in page
    assert a_course()["CPR-nr"] not in page
    assert (before, grants(session)) == (0, 2)
    assert "Importeret" in receipt


def test_wrong_rows_stand_with_their_cells_and_keep_the_rest_out(as_caseworker, session):
    place = sent(as_caseworker, xlsx([a_course(), a_course(1, Fornavn="")])).location
    page = as_caseworker.get(place).text

    as_caseworker.post(place)
    without = grants(session)
    as_caseworker.post(place, data={"valid_rows_only": "y"})

    assert "B3" in page
    assert (without, grants(session)) == (0, 1)


def test_a_refused_file_says_why_and_is_not_kept(as_caseworker, session):
    place = sent(as_caseworker, b"CPR-nr;Fornavn").location

    page = as_caseworker.get(place).text

    assert "Filen er ikke en Excel-fil" in page
    assert session.scalars(select(ImportRun)).one().content is None


def test_no_file_is_told_at_the_field(as_caseworker):
    answer = as_caseworker.post("/import", data={"kind": "courses"})

    assert answer.status_code == 422
    assert "Vælg en fil." in answer.text


def test_taking_in_twice_or_deleting_what_was_taken_in_is_a_conflict(as_caseworker, session):
    place = sent(as_caseworker, xlsx()).location

    answers = [as_caseworker.post(address).status_code for address in (place, place, f"{place}/slet")]

    assert answers == [303, 409, 409]
    assert grants(session) == 1


def test_markup_in_a_cell_stays_text(as_caseworker):
    place = sent(as_caseworker, xlsx([a_course(Formål="<script>alert(1)</script>{{ 7*7 }}")])).location

    page = as_caseworker.get(place).text

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_a_changed_course_is_shown_field_by_field(as_caseworker):
    as_caseworker.post(sent(as_caseworker, xlsx()).location)

    page = as_caseworker.get(
        sent(as_caseworker, xlsx([a_course(**{"Timer pr. uge": 4, "Timepris": 99})])).location
    ).text

    assert "Timer pr. uge: 2,5 → 4" in page
    assert "Timepris: 412,50 → 99,00" in page


def test_the_blank_workbook_is_served_and_an_unknown_kind_is_not_found(as_caseworker):
    assert as_caseworker.get("/import/skabelon/courses.xlsx").data.startswith(b"PK")
    assert as_caseworker.get("/import/skabelon/cats.xlsx").status_code == 404


def test_the_list_shows_ones_own_imports(as_caseworker):
    sent(as_caseworker, xlsx(), "mine forløb.xlsx")

    assert "mine forløb.xlsx" in as_caseworker.get("/import").text


def test_a_mentor_may_not_come_in(as_mentor):
    assert as_mentor.get("/import").status_code in {403, 404}


def test_what_stands_in_the_way_of_an_undo_is_told_in_words(as_caseworker):
    place = sent(as_caseworker, xlsx()).location
    as_caseworker.post(place)
    meeting = {"CPR-nr": a_course()["CPR-nr"], "Mentor": "Samira Haddad", "Dato": date(2014, 10, 1), "Minutter": 30}
    meeting |= {"Kontaktform": "Telefon", "Afholdt": "Ja"}
    as_caseworker.post(sent(as_caseworker, xlsx([meeting], headings=list(meeting)), kind="meetings").location)

    page = as_caseworker.get(place).text

    assert "kan ikke fortrydes, for oplysningerne er brugt siden" in page
    assert "Linjer i journalen på sag 2014-" in page
    assert "Andre oplysninger" not in page
