"""Fejlsider: each error a clear page, the same for what is hidden as for what isn't there, and never details."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, InvalidTransition, NotAllowed, NotFound
from jobcenter_mentor.domain.kernel.errors import ValidationFailed as Invalid
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.sheets.intake.gate import MOST_BYTES
from tests.builders import a_mentor
from tests.logins import Visitor


@pytest.fixture
def apps() -> dict[str, Flask]:
    """Each test here has an app of its own, as addresses are added to it."""
    return {}


def raising(app: Flask, error: Exception) -> None:
    """Add a route that fails."""

    def probe(**_: str) -> str:
        raise error

    app.add_url_rule("/prøve/<public_id>", "probe", requires("home")(probe), methods=["GET", "POST"])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("x"), 404),
        (NotAllowed("x"), 403),
        (Conflict("x"), 409),
        (InvalidTransition("x"), 409),
        (Invalid("x"), 422),
        (DomainError("x"), 422),
        (StaleDataError(), 409),
        (IntegrityError("INSERT", {}, Exception()), 409),
        (OperationalError("BEGIN", {}, Exception()), 503),
    ],
)
def test_each_error_has_its_status(app: Flask, as_admin: Visitor, error: Exception, status: int) -> None:
    raising(app, error)

    assert as_admin.get("/prøve/1").status_code == status


@pytest.mark.parametrize("path", ["/findes-ikke", "/drift/findes-ikke"])
def test_a_page_that_is_not_there_says_so_in_danish(as_admin: Visitor, path: str) -> None:
    page = as_admin.get(path)

    assert page.status_code == 404
    assert "Siden findes ikke" in page.text


def test_what_is_hidden_and_what_is_unknown_look_the_same(app: Flask, as_admin: Visitor) -> None:
    raising(app, NotFound("Sagen hører til et andet team"))

    pages = [as_admin.get(path).text.partition("<main")[2] for path in ("/prøve/1", "/drift/findes-ikke")]

    assert pages[0] == pages[1]


def test_a_look_at_something_hidden_is_logged_as_refused(app: Flask, as_admin: Visitor, session: Session) -> None:
    raising(app, NotFound("x"))

    as_admin.get("/prøve/7f3a")

    event = session.scalars(select(Event).where(Event.refused)).one()
    assert (event.user_id, event.action, event.subject_id) == (as_admin.user.id, "home", "7f3a")


def test_a_strangers_wrong_address_is_not_logged(app: Flask, session: Session) -> None:
    app.test_client().get("/findes-ikke")

    assert session.scalars(select(Event)).all() == []


def test_the_message_and_the_fields_of_a_refusal_are_shown(app: Flask, as_admin: Visitor) -> None:
    raising(app, Invalid("Kan ikke gemmes.", errors={"start": ["Slutdato ligger før startdato."]}))

    page = as_admin.get("/prøve/1").text

    assert "Kan ikke gemmes." in page
    assert "Slutdato ligger før startdato." in page


def test_a_form_without_token_shows_what_was_typed(as_admin: Visitor) -> None:
    del as_admin.environ_base["HTTP_X_CSRFTOKEN"]

    page = as_admin.post("/drift/ny-bruger", data={"full_name": "Henrik Dahl", "password": "hemmelig"})

    assert page.status_code == 400
    assert "Du har haft siden åben for længe" in page.text
    assert "Henrik Dahl" in page.text
    assert "hemmelig" not in page.text


def test_a_mistake_of_ours_shows_a_number_and_no_details(
    app: Flask, as_admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False
    raising(app, ZeroDivisionError("the secret detail"))

    page = as_admin.get("/prøve/1")

    assert page.status_code == 500
    assert "the secret detail" not in page.text
    number = page.text.partition("Fejlens nummer: ")[2].partition("<")[0]
    assert number
    assert number in caplog.text


def test_a_request_too_large_is_refused(app: Flask, as_admin: Visitor) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000

    page = as_admin.post("/drift/ny-bruger", data={"full_name": "x" * 2000})

    assert page.status_code == 413
    assert "Filen er for stor" in page.text
    assert f"højst fylde {MOST_BYTES // (1024 * 1024)} MB" in page.text


def test_a_method_a_page_does_not_know_is_refused(as_admin: Visitor) -> None:
    assert as_admin.post("/drift").status_code == 405


@pytest.mark.parametrize("letter", ["x", "1", "å "])
@pytest.mark.parametrize("address", ["/borgere", "/bevillinger", "/mentorer"])
def test_a_search_of_any_length_finds_nobody(
    as_coordinator: Visitor, session: Session, address: str, letter: str
) -> None:
    """SQLite refuses a pattern of 50,000 signs as soon as it compares one row with it."""
    a_mentor(session)
    session.commit()
    typed = letter * 60_000

    assert as_coordinator.get(address, query_string={"q": typed, "text": typed}).status_code in (200, 422)
    assert as_coordinator.post("/borgere/soeg", data={"q": typed}, follow_redirects=True).status_code == 200
