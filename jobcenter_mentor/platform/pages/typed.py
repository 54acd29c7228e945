"""Show the answers of a form that couldn't be taken, in the words the user knows from the page."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import HiddenField
from wtforms.widgets import HiddenInput

from jobcenter_mentor.platform.pages.forms import BaseForm

Answers = list[tuple[str, str]]
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(team|supplier|mentor):\d+")
"""Ids as the values of choices: public ones, and what a role reaches."""
CHOSEN = "valgt på listen"


def in_the_words_of_the_form(sent: Answers) -> Answers:
    """Return label and answer of every field the user could see; the form is the smallest one that has them all.

    The prefix of a form that stands in a list goes. Answers of a form nobody knows are returned as they were sent. An
    id that stood behind a choice was never seen: it is called a choice of the list.
    """
    plain = [(name.rpartition("-")[2], text) for name, text in sent]
    names = {name for name, _ in plain}
    fitting = [fields for fields in map(_fields_of, _forms(BaseForm)) if names <= fields.keys()]
    if not fitting:
        return [(name, _seen(text)) for name, text in sent]
    fields = min(fitting, key=len)
    return [(fields[name][0], _seen(fields[name][1].get(text, text))) for name, text in plain if fields[name][0]]


def _seen(text: str) -> str:
    """Return an answer as the user saw it: never the id of a row."""
    return CHOSEN if ID.fullmatch(text) else text


def _forms(kind: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for below in kind.__subclasses__():
        yield below
        yield from _forms(below)


def _fields_of(form: type[BaseForm]) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Return label and choices of each field of the form by name; the label of a hidden one is empty."""
    found = {name: getattr(form, name) for name in dir(form) if not name.startswith("_")}
    return {name: (_label(field), _choices(field)) for name, field in found.items() if hasattr(field, "field_class")}


def _label(field: Any) -> str:
    hidden = issubclass(field.field_class, HiddenField) or isinstance(field.kwargs.get("widget"), HiddenInput)
    return "" if hidden or not field.args else str(field.args[0] or "")


def _choices(field: Any) -> Mapping[str, str]:
    offered = field.kwargs.get("choices") or {}
    return offered if isinstance(offered, Mapping) else {str(value): str(label) for value, label in offered}
