"""Hvad som helst: requests to every route by every role, with values that nobody thought of."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import may
from jobcenter_mentor_demo.staff import LOGINS
from tests.api.callers import Caller, a_caller
from tests.builders import WORKING_DAY
from tests.crawling import KINDS, ROWS, UNKNOWN
from tests.logins import Visitor, logged_in

VALUES: tuple[str, ...] = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "7",
    "2014",
    "9" * 5000,
    "9" * 19,
    "2147483648",
    "9223372036854775808",
    "-" * 9,
    "1e999",
    "NaN",
    "Infinity",
    "-0",
    "0x10",
    "²",
    "½",
    "٣",
    "１２",
    "٢٠١٤",
    "1,5",
    "1.234,56",
    "999999999999,99",
    "-5,00",
    "0,004",
    "a\0b",
    "\0",
    "\x01\x02",
    "\ud7ff",
    "\uffff",
    "\U0010ffff",
    "\u202eabc",
    "a\u0301" * 50,
    "👩‍👩‍👧",
    "ZWJ\u200d",
    "Å" * 300,
    "x" * 41,
    "x" * 81,
    "x" * 201,
    "x" * 500,
    "x" * 5000,
    "x" * 100_000,
    "\n" * 300,
    "\r\n",
    "\t",
    "'",
    '"',
    "' OR 1=1 --",
    "%",
    "_",
    "%%%",
    "\\",
    "{{7*7}}",
    "${7}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "//evil.example",
    "None",
    "null",
    "true",
    "[]",
    "{}",
    "15-10-2014",
    "2014-10-15",
    "31-02-2014",
    "01-01-1900",
    "31-12-2100",
    "00-00-0000",
    "29-02-2015",
    "01-01-0001",
    "31-12-9999",
    "99-99-9999",
    "151014",
    "2014-W42",
    "24:00",
    "9.30",
    "25.99",
    "kl. ²",
    "12:60",
    "0403841234",
    "040384-1234",
    "040384 1234",
    "3204841234",
    "team:1",
    "team:",
    "team:x",
    "team:99999999999999999999",
    "mentor:²",
    "a@b",
    "ø@æ.dk",
    "x@" + "y" * 300 + ".dk",
    "+45 12 34 56 78",
    "12345678901234567890",
    UNKNOWN,
    "x" * 36,
    "grant:" + UNKNOWN,
)
WORST = ("9" * 5000, "9" * 19, "a\0b", "²", "-1", "x" * 5000, "x" * 100_000, "a\u0301" * 500, "1e999", "31-12-9999")
"""What most often goes wrong; half of what is sent."""
BYTES = (
    b"",
    b"PK\x03\x04",
    b"\xff\xfe\x00",
    b"%PDF-1.4\n",
    b"a;b\n1;2\n" * 50,
    b"\0" * 1000,
    "æøå;ÆØÅ\n".encode("latin-1"),
)
NAMES = ("ark.xlsx", "ark.csv", "brev.pdf", "", "x" * 300 + ".xlsx", "a\0b.pdf", "../x.pdf", "æ ø.docx", "CON", ".")
BODIES: tuple[Any, ...] = (
    None,
    1,
    "x",
    [],
    {},
    [{}],
    {"a": 1},
    {"": ""},
    [[[[[[]]]]]],
    {"citizen": None},
    {"citizen": []},
    {"citizen": {"cpr": 1}},
    {"items": 7},
    {"date": "9999-99-99"},
    {"date": 10**30},
    {"x": "\0"},
    {"x": "\ud800"},
    {"hours": 1e308},
    {"hours": -1},
    {"met_on": "2014-10-15", "minutes": 10**12},
    {"request": {"start": "0001-01-01", "weeks": 10**9}},
    "x" * 5000,
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {},
    {"HX-Request": "true"},
    {"Accept-Language": "xx-" + "y" * 500},
    {"Referer": "http://[::1"},
    {"Cookie": "session=x; browser=y"},
    {"If-None-Match": '"' * 50},
    {"X-Forwarded-For": "," * 1000},
    {"Range": "bytes=a-b"},
    {"Authorization": "Bearer " + "x" * 5000},
    {"Idempotency-Key": "x" * 500},
    {"If-Modified-Since": "aldrig"},
)
PATHS = (
    "/%00",
    "/%ff%fe",
    "/borgere/%ff",
    "/a" * 2000,
    "/drift/../drift",
    "//drift",
    "/;",
    "/borgere/%2e%2e",
    "/%F0%9F%91%A9",
)
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE")
ENDS_SOMEBODY = frozenset({"auth.close_user", "auth.end_role", "auth.new_password", "auth.logout", "auth.log_in"})
"""Routes that would take the walkers' own log-in or role from them; they are asked with unknown ids only."""
NOT_SENT = frozenset({"csrf_token", "form_token"})
MOST_FORMS, MOST_ALIKE = 400, 2
"""Forms that one walker keeps, and those of them that go to the same route."""

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """A form as a page showed it."""

    action: str
    method: str
    fields: Fields
    files: set[str]


class Forms(HTMLParser):
    """Finds the forms of a page, and the addresses of its links."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._inside: Form | None = None
        self._choice: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one tag."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith("/"):
            self.links.append(told["href"])
        elif tag == "form":
            self._inside = Form(told.get("action", ""), told.get("method", "get").upper(), [], set())
            self.forms.append(self._inside)
        elif self._inside is not None:
            self._read_field(tag, told)

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        if tag == "form":
            self._inside = None

    def _read_field(self, tag: str, told: dict[str, str]) -> None:
        assert self._inside is not None
        name = told.get("name", "")
        if tag == "select":
            self._choice = name
        elif tag == "option" and self._choice:
            self._inside.fields.append((self._choice, told.get("value", "")))
        elif name and told.get("type") == "file":
            self._inside.files.add(name)
        elif name and tag in {"input", "textarea", "button"}:
            self._inside.fields.append((name, told.get("value", "")))


@dataclass
class Anything:
    """One who sends anything: draws a request, sends it, and learns forms from the answer."""

    app: Flask
    session: Session
    rng: Random
    visitors: list[Visitor] = field(default_factory=list)
    forms: dict[int, list[tuple[str, Form]]] = field(default_factory=dict)
    seen: dict[tuple[int, str], int] = field(default_factory=dict)
    links: dict[int, list[str]] = field(default_factory=dict)
    open: dict[int, list[Rule]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Log one in of each role, make a key, and note some ids of each kind."""
        users = self.session.scalars(select(User).where(User.username.in_([one.username for one in LOGINS])))
        self.visitors = [logged_in(self.app, self.session, user) for user in users]
        caseworker = self.session.scalars(select(User).where(User.username == "lone")).one()
        self.caller: Caller = a_caller(self.app, self.session, caseworker)
        self.session.commit()
        self.ids = {kind: self._some(statement) for kind, statement in ROWS.items()}
        code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
        self.asked = sorted(set(re.findall(r"args\.get\(\"(\w+)\"", code)) | {"page", "q", "format"})
        self.routes = sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule)

    def send(self) -> tuple[str, TestResponse | Exception]:
        """Send one request; return what it was and what came of it."""
        place = self.rng.randrange(len(self.visitors))
        drawn = self.rng.random()
        if drawn < 0.06:
            return self._send_to_api()
        if drawn < 0.10:
            address, method = self.rng.choice(PATHS), self.rng.choice(("GET", "POST", *METHODS))
            return self._sent(place, method, address, {})
        known = self.forms.setdefault(place, [])
        if drawn < 0.60 and known:
            return self._send_form(place, *self.rng.choice(known))
        links = self.links.get(place, [])
        if drawn < 0.75 and links:
            target = urlsplit(self.rng.choice(links))
            asked = self._mutated(parse_qsl(target.query, keep_blank_values=True))
            return self._sent(place, "GET", f"{target.path}?{urlencode(asked)}", {})
        rule = self.rng.choice(self._open_to(place) if drawn < 0.95 else self.routes)
        method = self.rng.choice(sorted(rule.methods - {"OPTIONS"}) if drawn < 0.98 else METHODS)
        address = self._address(rule)
        if method == "GET" and self.rng.random() < 0.7:
            worst = self.rng.choice(WORST[:-1])
            address += "?" + urlencode([(name, worst[:6000]) for name in self.asked])
        body = (
            {} if method in {"GET", "HEAD"} else {"data": self._body(self._mutated([(self._value()[:30], "")]), set())}
        )
        return self._sent(place, method, address, body)

    def _open_to(self, place: int) -> list[Rule]:
        """Return the routes that a walker's role may use."""
        if place not in self.open:
            user = self.visitors[place].user
            self.open[place] = [rule for rule in self.routes if self._is_open(rule, user)]
        return self.open[place]

    def _is_open(self, rule: Rule, user: User) -> bool:
        action = getattr(self.app.view_functions[rule.endpoint], "action", None)
        return rule.endpoint not in ENDS_SOMEBODY and (action is None or may(user, action, on=WORKING_DAY))

    def _send_form(self, place: int, page: str, form: Form) -> tuple[str, TestResponse | Exception]:
        target = urlsplit(form.action or page)
        fields = self._mutated(self._plausible(form.fields))
        if form.method == "GET":
            query = urlencode([*parse_qsl(target.query), *fields])
            return self._sent(place, "GET", f"{target.path}?{query}", {})
        address = target.path + (f"?{target.query}" if target.query else "")
        return self._sent(place, "POST", address, {"data": self._body(fields, form.files)})

    def _send_to_api(self) -> tuple[str, TestResponse | Exception]:
        rule = self.rng.choice([rule for rule in self.routes if rule.rule.startswith("/api/v1/")])
        method = self.rng.choice(sorted(rule.methods - {"OPTIONS"}))
        address = self._address(rule).removeprefix("/api/v1")
        sent: dict[str, Any] = {"headers": dict(self.rng.choice(HEADERS))}
        sent["headers"].pop("Authorization", None)
        if method == "GET":
            address += "?" + urlencode([(self.rng.choice(("limit", "cursor", "since", "page")), self._value())])
        elif self.rng.random() < 0.2:
            sent |= {"data": self.rng.choice(BYTES), "content_type": "application/json"}
        else:
            sent |= {"data": json.dumps(self.rng.choice(BODIES)), "content_type": "application/json"}
        return f"API {method} {address[:200]} {str(sent)[:300]}", self._answer(self.caller, address, method, sent)

    def _sent(
        self, place: int, method: str, address: str, sent: dict[str, Any]
    ) -> tuple[str, TestResponse | Exception]:
        visitor = self.visitors[place]
        sent = {**sent, "headers": self.rng.choice(HEADERS)}
        answer = self._answer(visitor, address, method, sent)
        if isinstance(answer, TestResponse):
            if (answer.location or "").startswith("/log-ind"):
                self.visitors[place] = logged_in(self.app, self.session, visitor.user)
            self._learn(place, address, answer)
        return f"{visitor.user.username} {method} {address[:300]} {str(sent)[:600]}", answer

    def _answer(self, visitor: Visitor, address: str, method: str, sent: dict[str, Any]) -> TestResponse | Exception:
        try:
            return visitor.open(address, method=method, **sent)
        except Exception as error:
            return error

    def _learn(self, place: int, address: str, answer: TestResponse) -> None:
        """Keep the forms of a page, so that most of what is sent gets past the first look."""
        known = self.forms.setdefault(place, [])
        if answer.mimetype == "text/html" and answer.status_code < 500 and len(known) < MOST_FORMS:
            found = Forms()
            found.feed(answer.get_data(as_text=True))
            ends = ("/log-ud", "/luk", "/fratag", "/adgangskode")
            links = self.links.setdefault(place, [])
            links += [link for link in found.links if "?" in link and link not in links]
            for form in found.forms:
                kind = re.sub(r"[0-9a-f-]{36}", "id", urlsplit(form.action or address).path)
                is_new = self.seen.setdefault((place, kind), 0) < MOST_ALIKE
                if is_new and form.fields and not form.action.endswith(ends):
                    self.seen[place, kind] += 1
                    known.append((address, form))

    def _plausible(self, fields: Fields) -> Fields:
        """Choose one value of each field, as a person would."""
        by_name: dict[str, list[str]] = {}
        for name, value in fields:
            if name not in NOT_SENT:
                by_name.setdefault(name, []).append(value)
        return [(name, self.rng.choice(values)) for name, values in by_name.items()]

    def _mutated(self, fields: Fields) -> Fields:
        """Put anything in one to three fields; now and then leave one out, repeat one or send one nobody has."""
        changed = list(fields)
        for _ in range(self.rng.randint(1, 3)):
            if changed:
                number = self.rng.randrange(len(changed))
                changed[number] = (changed[number][0], self._value())
        drawn = self.rng.random()
        if drawn < 0.1 and changed:
            changed.pop(self.rng.randrange(len(changed)))
        elif drawn < 0.2 and changed:
            changed.append((self.rng.choice(changed)[0], self._value()))
        elif drawn < 0.25:
            changed.append((self._value()[:200], self._value()))
        return [(name.encode("utf-8", "replace").decode(), value) for name, value in changed]

    def _value(self) -> str:
        drawn = self.rng.random()
        if drawn < 0.15:
            return self.rng.choice([one for ids in self.ids.values() for one in ids] or [UNKNOWN])
        return self.rng.choice(WORST if drawn < 0.5 else VALUES)

    def _body(self, fields: Fields, files: set[str]) -> dict[str, list[Any]]:
        body: dict[str, list[Any]] = {}
        for name, value in fields:
            body.setdefault(name, []).append(value)
        for name in files:
            body[name] = [(io.BytesIO(self.rng.choice(BYTES)), self.rng.choice(NAMES))]
        return body

    def _address(self, rule: Any) -> str:
        kind = KINDS.get(rule.endpoint, KINDS.get(rule.endpoint.partition(".")[0], ""))
        ids = [] if rule.endpoint in ENDS_SOMEBODY else self.ids.get(kind, [])
        address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule).replace("<kind>", "courses")
        return re.sub("<[^>]*>", lambda part: self._part(part[0], ids), address)

    def _part(self, part: str, ids: list[str]) -> str:
        if part.startswith("<int:"):
            return self.rng.choice(("1", "0", "7", "9" * 9, "9" * 12, "9" * 5000, "-1", "²"))
        if "public_id" in part and ids and self.rng.random() < 0.8:
            return self.rng.choice(ids)
        return urlencode({"": self.rng.choice((UNKNOWN, "x", *VALUES))})[1:][:3000]

    def _some(self, statement: str) -> list[str]:
        return [str(row[0]) for row in self.session.execute(text(f"{statement} LIMIT 6"))]


def sendings(anything: Anything, times: int) -> Iterator[tuple[int, str, TestResponse | Exception]]:
    """Yield so many sendings with their number."""
    for number in range(times):
        yield (number, *anything.send())
