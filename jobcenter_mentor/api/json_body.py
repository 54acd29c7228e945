"""Read the JSON sent to the API strictly, and name every wrong field by its path, in Danish."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn

from flask import Request, request
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from jobcenter_mentor.domain.kernel.errors import ValidationFailed

MOST_MEGABYTES = 2
"""Room for a thousand cases."""
DEEPEST = 20
MOST_ERRORS = 200
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of a character, which no database keeps."""
SHEET_CODE = re.compile(r"^[a-z][a-z0-9_]*: ")
"""The code that a schema shared with a sheet puts before its message."""
DANISH = {
    "Missing data for required field.": "Mangler.",
    "Field may not be null.": "Mangler.",
    "Unknown field.": "Feltet kendes ikke.",
    "Invalid input type.": "Skal være et sæt felter med navne.",
    "Not a valid string.": "Skal være tekst.",
    "Not a valid integer.": "Skal være et helt tal.",
    "Not a valid boolean.": "Skal være true eller false.",
    "Not a valid date.": "Skal være en dato, der findes, skrevet som ÅÅÅÅ-MM-DD.",
    "Not a valid list.": "Skal være en liste.",
}
"""marshmallow's own messages."""


class BodyParser(FlaskParser):
    """Parse a body with a schema and raise its refusals as ValidationFailed."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """Read the body."""
        return json_body()

    def handle_error(self, error: ValidationError, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raise ValidationFailed with every wrong field."""
        told = error.messages if isinstance(error.messages, dict) else {"": error.messages}
        errors = {path: texts for place in told.values() for path, texts in _by_path(place)}
        raise ValidationFailed("Oplysningerne har fejl.", errors=errors)


def json_body() -> Any:
    """Return the JSON that was sent.

    Raises RequestEntityTooLarge above 2 MB, UnsupportedMediaType for another type, BadRequest for what isn't JSON in
    UTF-8 or is nested too deep, ValidationFailed for characters that can't be kept.
    """
    request.max_content_length = MOST_MEGABYTES * 1024 * 1024
    content = request.get_data()
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        read = json.loads(content.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    wrong = list(islice(_unreadable(read, "", 0), MOST_ERRORS))
    if wrong:
        text = "Teksten har skjulte tegn. Fjern dem."
        raise ValidationFailed("Oplysningerne har skjulte tegn.", errors={path: [text] for path in wrong})
    return read


def _unreadable(value: Any, path: str, depth: int) -> Iterator[str]:
    """Yield the path of each text that can't be kept. Raises BadRequest where it is nested too deep."""
    if depth > DEEPEST:
        raise BadRequest
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _unreadable(key, path, depth + 1)
            yield from _unreadable(inner, _below(path, key), depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unreadable(inner, _below(path, number), depth + 1)
    elif isinstance(value, str) and UNREADABLE.search(value):
        yield path


def _by_path(messages: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the messages of each field, in Danish."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _by_path(inner, path if key == "_schema" else _below(path, key))
    else:
        yield path, [DANISH.get(text, SHEET_CODE.sub("", text)) for text in messages]


def _below(path: str, key: str | int) -> str:
    """Return the path of a field or an item inside another."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def _no_number(text: str) -> NoReturn:
    """Refuse NaN and Infinity, which aren't JSON."""
    raise ValueError(text)


def _finite(text: str) -> float:
    """Read a number; one too large for any amount is refused."""
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(text)
    return number
