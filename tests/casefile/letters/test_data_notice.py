"""Borgerens oplysninger: the first letter tells how they are used, by the law of the day; so does a page for all."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service
from jobcenter_mentor.casefile.letters.letterhead import head_of
from jobcenter_mentor.domain.law.data_notice import notice_on
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_citizen, a_municipality, a_user
from tests.casefile.letters.samples import DECISIONS, GRANT, pages_of, words_of
from tests.casefile.letters.test_paper import lix

OLD, NEW = date(2018, 5, 24), date(2018, 5, 25)


def noticed(day: date) -> tuple[tuple[str, str], ...]:
    return notice_on(day, municipality="Sønderå Kommune", reach="00 10 20 30")


def test_the_first_letter_holds_the_notice_and_the_next_one_does_not(session: Session, law: Law) -> None:
    a_municipality(session)
    citizen, by = a_citizen(session), a_user(session, "SB")
    told = {"by_id": by.id, "on": WORKING_DAY}

    first = head_of(session, citizen, "2014-0001", **told)["data_notice"]
    draft = service.decision_draft("decision", replace(GRANT, data_notice=first))
    letter = service.keep(session, draft, service.render(draft), citizen_id=citizen.id, actor=Actor(by, WORKING_DAY))

    assert first
    assert letter.data_notice
    assert head_of(session, citizen, "2014-0001", **told)["data_notice"] == ()
    assert head_of(session, a_citizen(session), "2014-0002", **told)["data_notice"] == first


def test_a_letter_without_the_notice_leaves_it_to_the_next(session: Session, law: Law) -> None:
    a_municipality(session)
    citizen, by = a_citizen(session), a_user(session, "SB")
    draft = service.decision_draft("decision", GRANT)

    service.keep(session, draft, service.render(draft), citizen_id=citizen.id, actor=Actor(by, WORKING_DAY))

    assert head_of(session, citizen, "2014-0001", by_id=by.id, on=WORKING_DAY)["data_notice"]


@pytest.mark.parametrize("kind", sorted(DECISIONS))
def test_the_notice_is_a_page_of_its_own_behind_the_letter(kind: str) -> None:
    pdf = service.render(service.decision_draft(kind, replace(DECISIONS[kind], data_notice=noticed(NEW))))

    letter, _, notice = words_of(pdf).partition("Sådan bruger vi dine oplysninger")

    assert pages_of(pdf) == 2
    assert "Venlig hilsen" in letter
    assert "Datatilsynet" in notice


def test_the_notice_cites_the_act_of_its_day() -> None:
    before, after = (" ".join(words for _, words in noticed(day)) for day in (OLD, NEW))

    assert "persondatalovens § 6, stk. 1, nr. 6" in before
    assert "databeskyttelse" not in before
    assert "artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra f" in after
    assert "databeskyttelsesrådgiver" in after
    assert "persondataloven" not in after


@pytest.mark.parametrize("day", [OLD, NEW])
def test_the_notice_tells_all_that_must_be_told_in_plain_words(day: date) -> None:
    text = " ".join(f"{heading} {words}" for heading, words in noticed(day))

    for part in (
        "Sønderå Kommune har ansvaret",
        "00 10 20 30",
        "til at afgøre, om du kan få en mentor",
        "De kommer fra dig",
        "fem år efter",
        "få fejl rettet",
        "gøre indsigelse",
        "Datatilsynet",
        "den, der afgør klagen",
        "aldrig en maskine",
    ):
        assert part in text
    assert lix(text) < 40


def test_the_page_is_open_to_everybody(client: FlaskClient, session: Session) -> None:
    a_municipality(session)
    session.commit()

    page = client.get("/dine-oplysninger")

    assert page.status_code == 200
    assert "Sønderå Kommune har ansvaret for dine oplysninger" in page.text
    assert "Datatilsynet" in page.text
