"""Handlingerne: what it takes to carry out one writing route, and the form of a page as a browser would send it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Body = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Act:
    """One writing route, and a valid sending of it in the seeded municipality (handling).

    `who` is a user name, empty for who has only a link. `ids` is a query for the parts of the address and the names in
    `{}` of the body. `page` is where the form stands, whose own values the body is laid over; with `ask` it is asked by
    POST, with `fill` its empty questions are answered. `before` are acts that go first, by their names, `setup` is a
    statement before them. `opposite` is an act that can't be done as well. `again` says why two different people may
    both do it: then only the same form sent four times must have one effect. `looks` are names under which the log also
    keeps that the form's page was shown.
    """

    endpoint: str
    who: str
    ids: str = ""
    body: Body = field(default_factory=dict)
    page: str = ""
    query: str = ""
    before: tuple[str, ...] = ()
    setup: str = ""
    ask: Body = field(default_factory=dict)
    fill: bool = False
    file: str = ""
    content: tuple[str, bytes] = ("papir.pdf", PDF)
    opposite: str = ""
    again: str = ""
    looks: tuple[str, ...] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """What the act is called in the table: its route, or a name of its own where a route is asked in two ways."""
        return self.name or self.endpoint


@dataclass
class Field:
    """What a browser would send of one field."""

    name: str
    value: str
    kind: str = ""


class _Forms(HTMLParser):
    """Reads the fields of each form of a page: hidden, typed, ticked and chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[Field]]] = []
        self.is_inside = False
        self.select = self.area = ""
        self.options: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
            self.is_inside = True
        elif self.is_inside:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        is_off = kind in {"checkbox", "radio"} and "checked" not in given
        if tag == "input" and name and kind not in {"submit", "file", "button"} and not is_off:
            self._add(name, given.get("value", ""), kind)
        elif tag == "input" and kind == "radio":
            self._add(name, given.get("value", ""), "offered")
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option":
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select" and self.options:
            chosen = [value for value, is_chosen in self.options if is_chosen] or [self.options[0][0]]
            self._add(self.select, chosen[0])
        elif tag == "textarea":
            self._add(self.area, self.text.lstrip("\n"))

    def _add(self, name: str, value: str, kind: str = "") -> None:
        self.forms[-1][1].append(Field(name, value, kind))


def form_on(page: str, action: str, page_address: str, *, fill: bool) -> dict[str, str | list[str]]:
    """Return what a browser would send of the form on a page that goes to the action, its tokens left out.

    With `fill` what is empty is answered: the first of the offered, or 1.
    """
    reader = _Forms()
    reader.feed(page)
    wanted, here = action.partition("?")[0], page_address.partition("?")[0]
    found = [fields for goes_to, fields in reader.forms if (goes_to.partition("?")[0] or here) == wanted]
    assert found, f"no form on {page_address} goes to {action}, but to {[goes_to for goes_to, _ in reader.forms]}"
    sent: dict[str, list[str]] = {}
    for one in found[-1]:
        is_left_out = one.kind == "offered" and (one.name in sent or not fill)
        if one.name not in {"csrf_token", "form_token"} and not is_left_out:
            value = one.value or ("1" if fill and one.kind == "text" else "")
            sent[one.name] = [value] if one.kind == "radio" else [*sent.get(one.name, []), value]
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def filled(text: str, ids: Mapping[str, object]) -> str:
    """Put the names in `{}` in."""
    return re.sub(r"\{(\w+)\}", lambda match: str(ids[match[1]]), text)
