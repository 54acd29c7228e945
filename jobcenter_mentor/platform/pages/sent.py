"""What a browser sends (det, der sendes): read so that a value of any length or signs is at most a wrong value."""

from flask import Flask, Request
from werkzeug.routing import IntegerConverter

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.pages.door import MOST_DIGITS
from jobcenter_mentor.platform.pages.typed import in_the_words_of_the_form

NOT_KEPT = "\0"
"""The sign that no database keeps in a text."""


class SmallNumbers(IntegerConverter):
    """The number in an address (løbenummer): one of more digits is no address of ours."""

    regex = rf"\d{{1,{MOST_DIGITS}}}"


def register(app: Flask) -> None:
    """Let the app know the numbers of its addresses. Before its routes."""
    app.url_map.converters["int"] = SmallNumbers


def refuse_what_no_database_keeps(request: Request) -> None:
    """Raise ValidationFailed, naming the field, where a form holds the sign that can't be kept."""
    wrong = [(name, "") for name, text in request.form.items(multi=True) if NOT_KEPT in text or NOT_KEPT in name]
    wrong += [(name, "") for name, file in request.files.items(multi=True) if NOT_KEPT in (file.filename or "")]
    if wrong:
        labels = [label.replace(NOT_KEPT, "") for label, _ in in_the_words_of_the_form(wrong)]
        told = {label: [f"{label}: Har et skjult tegn, der ikke kan gemmes. Skriv det igen."] for label in labels}
        raise ValidationFailed("Formularen har et tegn, der ikke kan gemmes.", errors=told)
