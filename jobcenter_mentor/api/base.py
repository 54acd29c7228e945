"""Share what the parts of the API under /api/v1 need: errors become `{code, message, errors}` here alone."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from flask_smorest import Api, Blueprint, current_api
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException

from jobcenter_mentor.api.json_body import MOST_MEGABYTES, BodyParser
from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.platform.access.policy import public
from jobcenter_mentor.platform.pages.door import API, acting_user
from jobcenter_mentor.screens.frame.error_pages import log_refusal, noted, status_of

PREFIX = f"{API}v1"
LONGEST_KEY = 200
WORDS = {
    400: ("bad_request", "Indholdet kan ikke læses. Send gyldig JSON i UTF-8, højst 20 niveauer dyb."),
    401: ("not_logged_in", "Nøglen mangler, er udløbet eller afsluttet. Send den som Authorization: Bearer NØGLE."),
    403: ("not_allowed", "Det har brugeren ikke ret til."),
    404: ("not_found", "Det findes ikke, eller brugeren har ikke adgang til det."),
    405: ("method_not_allowed", "Adressen findes, men ikke med den metode."),
    409: ("conflict", "En anden har ændret det samme imens. Hent det igen, og prøv forfra."),
    413: ("too_big", f"Indholdet er for stort (grænse {MOST_MEGABYTES} MB). Del det i flere."),
    415: ("not_json", "Send indholdet som application/json."),
    429: (
        "too_many",
        "Der er sendt for mange ukendte nøgler fra adressen. Vent til tiden i Retry-After, og ret nøglen.",
    ),
    500: ("internal_error", "Der er en fejl i systemet. Intet er gemt."),
    503: ("busy", "Databasen svarer ikke lige nu. Intet er gemt; prøv igen om lidt."),
}
"""The code and message of an HTTP error that the services did not raise."""
HEADERS = {"Allow", "Retry-After", "WWW-Authenticate"}
REPEATABLE: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "schema": {"type": "string", "maxLength": LONGEST_KEY},
            "description": "Samme nøgle igen fra samme bruger giver det, der blev gemt første gang.",
        }
    ]
}
"""How a POST that may safely be sent again is described."""


class ErrorBody(Schema):
    """Describe an error (fejl): `errors` holds the messages of each field by its path, e.g. `request.start`."""

    code = fields.String()
    message = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


def part_of_api(name: str, address: str, about: str) -> Blueprint:
    """Begin a part of the API, for the routes of one feature."""
    part = Blueprint(f"api_{name}", name, url_prefix=f"{PREFIX}{address}", description=about)
    part.ARGUMENTS_PARSER = BodyParser()
    return part


bp = part_of_api("description", "", "Beskrivelsen af API'et")


def register(app: Flask, parts: Iterable[Blueprint]) -> None:
    """Put the parts of the API in the app, each with its description in OpenAPI."""
    app.config.update(API_TITLE="Jobcenter Mentor", API_VERSION="v1", OPENAPI_VERSION="3.0.3")
    api = Api(spec_kwargs={"security": [{"key": []}]})
    api.ERROR_SCHEMA = ErrorBody
    api.init_app(app)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    for part in (bp, *parts):
        api.register_blueprint(part)


@bp.get("/openapi.json")
@public
def openapi() -> dict[str, Any]:
    """Beskrivelse af API'et som OpenAPI; holds no data and needs no key."""
    described: dict[str, Any] = current_api.spec.to_dict()
    return described


def sent_as() -> str:
    """Return an id made from the user, the route and the header Idempotency-Key; empty without the header.

    Raises ValidationFailed for a key over 200 characters.
    """
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST_KEY:
        raise ValidationFailed(
            "Idempotency-Key er for lang.", errors={"Idempotency-Key": [f"Højst {LONGEST_KEY} tegn."]}
        )
    return str(uuid5(NAMESPACE_URL, f"{acting_user().public_id} {request.endpoint} {key}")) if key else ""


def answer(error: Exception) -> ResponseReturnValue:
    """Answer an error (fejlsvar) with the status its page would have, and what is wrong, in Danish.

    What isn't found says no more than that; a mistake of ours says a number to ask about.
    """
    status = status_of(error)
    if isinstance(error, HTTPException) and status < 400:
        return error
    if status in {403, 404}:
        log_refusal()
    if isinstance(error, DomainError) and status != 404:
        return _shaped(status, error.code, error.message, error.errors)
    code, message = WORDS.get(status, ("refused", "Kaldet kan ikke besvares."))
    if status >= 500:
        message = f"{message} Fejlens nummer: {noted(error)}."
    headers = error.get_headers() if isinstance(error, HTTPException) else []
    return _shaped(status, code, message, {}, {name: text for name, text in headers if name in HEADERS})


def _shaped(
    status: int, code: str, message: str, errors: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    return jsonify(code=code, message=message, errors=errors), status, dict(headers or {})
