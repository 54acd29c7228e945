"""Dårligt input: whatever is sent, the answer is {code, message, errors} in Danish and never 500."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access.policy import requires
from tests.api.callers import Caller

ADDRESSES = ("/assessments", "/referrals", "/meetings")
DEEP = b'{"id": ' + b"[" * 21 + b"]" * 21 + b"}"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"id": "\xe6"}',
        b"\xef\xbb\xbf{}",
        b'{"id": NaN}',
        b'{"id": -Infinity}',
        b'{"id": 1e999}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        DEEP,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_body_that_cannot_be_read_is_a_bad_request(caller: Caller, address: str, body: bytes) -> None:
    answer = caller.post(address, data=body, content_type="application/json")

    assert (answer.status_code, answer.json["code"], answer.json["errors"]) == (400, "bad_request", {})


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_body_above_two_megabytes_is_too_big(caller: Caller, address: str) -> None:
    answer = caller.post(address, data=b" " * 10_000_000, content_type="application/json")

    assert (answer.status_code, answer.json["code"]) == (413, "too_big")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_type_than_json_is_refused(caller: Caller, kind: str | None) -> None:
    answer = caller.post("/referrals", data=b"{}", content_type=kind)

    assert (answer.status_code, answer.json["code"]) == (415, "not_json")


@pytest.mark.parametrize("text", ["a\u0000b", "\ud800", "\u001b[0m"])
def test_characters_that_cannot_be_kept_are_named_by_path(caller: Caller, text: str) -> None:
    body = {"goal": text, "tasks": ["transport", text], "deep": [{"inner": text}]}

    answer = caller.post("/referrals", json=body)

    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"goal", "tasks[1]", "deep[0].inner"}


@pytest.mark.parametrize("body", ["[]", '"x"', "5", "null", '[{"cpr": "x"}]'])
def test_a_body_of_another_shape_is_refused(caller: Caller, body: str) -> None:
    answer = caller.post("/referrals", data=body, content_type="application/json")

    assert (answer.status_code, answer.json["code"]) == (422, "validation_failed")


def test_an_unknown_field_is_named(caller: Caller) -> None:
    errors = caller.post("/meetings", json={"hemmelig": 1}).json["errors"]

    assert errors["hemmelig"] == ["Feltet kendes ikke."]
    assert errors["course"] == errors["met_on"] == ["Mangler."]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("course", 5, "Skal være tekst."),
        ("met_on", "31.02.2014", "Skal være en dato, der findes, skrevet som ÅÅÅÅ-MM-DD."),
        ("held", "måske", "Skal være true eller false."),
        ("minutes", [60], "Skal være et helt tal."),
        ("minutes", None, "Mangler."),
        ("minutes", 721, "Fra 0 til 720 minutter (12 timer)."),
        ("topics", "transport", "Skal være en liste."),
        ("form", "brevdue", "Ukendt kontaktform."),
        ("note", {"a": 1}, "Skal være tekst."),
    ],
)
def test_a_wrong_value_is_named_in_danish(caller: Caller, field: str, value: object, message: str) -> None:
    answer = caller.post("/meetings", json={field: value})

    assert answer.status_code == 422
    assert answer.json["errors"][field] == [message]


def test_an_item_of_a_list_is_named_by_its_place(caller: Caller) -> None:
    errors = caller.post("/meetings", json={"topics": ["transport", "rumfart"]}).json["errors"]

    assert errors["topics[1]"] == ["Ukendt emne."]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "1.5", "1&side=2", ""])
def test_a_page_that_cannot_be_is_refused_by_name(caller: Caller, page: str) -> None:
    assert caller.get(f"/referrals?page={page}").status_code in {200, 422}


@pytest.mark.parametrize("address", ["/findes-ikke", "/referrals/x", "/referrals/%00", "/referrals/%F0%9F"])
def test_what_is_not_there_is_the_same_everywhere(caller: Caller, address: str) -> None:
    answer = caller.get(address)

    assert (answer.status_code, answer.content_type) == (404, "application/json")
    assert (answer.json["code"], answer.json["errors"]) == ("not_found", {})


def test_a_wrong_method_says_which_are_right(caller: Caller) -> None:
    answer = caller.delete("/referrals")

    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IntegrityError("INSERT", {}, Exception()), 409, "conflict"),
        (OperationalError("BEGIN", {}, Exception()), 503, "busy"),
        (ZeroDivisionError("hemmelig detalje"), 500, "internal_error"),
    ],
)
def test_what_goes_wrong_inside_has_the_same_shape(
    app: Flask, session: Session, caller: Caller, error: Exception, status: int, code: str
) -> None:
    app.testing = False
    _with_route(app, requires("home")(lambda: _raise(error)))

    answer = caller.get("/probe")

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert "hemmelig" not in answer.text


@pytest.fixture
def apps() -> dict[str, Flask]:
    """Each test here has an app of its own, as addresses are added to it."""
    return {}


def _raise(error: Exception) -> str:
    raise error


def _with_route(app: Flask, view: Callable[[], str]) -> None:
    app.add_url_rule("/api/v1/probe", "probe", view)
