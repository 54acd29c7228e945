"""Hver skrivende rute fire gange på én gang: one effect, one success, a clear answer to the others, one audit row."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import url_for
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from jobcenter_mentor.accounts.invoices import approval
from jobcenter_mentor.app import create_app
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.screens.frame import once
from tests.at_once.acts import Act, Body, filled, form_on
from tests.at_once.crowd import at_once
from tests.at_once.table import ONLY_LOOKS, RACED_ELSEWHERE, TABLE
from tests.at_once.town import Town, on_postgresql, on_sqlite
from tests.databases import SqliteFiles, a_config
from tests.logins import Visitor, a_stranger, logged_in

PEOPLE = 4
LINK = re.compile(r"/(?:logbog/link|logbog/bekraeft|spoergeskemaer/svar)/([\w.~-]+)")


@pytest.fixture(scope="session")
def town_of(demo_file: Path, sqlite_files: SqliteFiles, request: pytest.FixtureRequest) -> Any:
    """Return the municipality on either database, made once."""
    towns: dict[str, Town] = {}

    def made(engine_name: str) -> Town:
        if engine_name not in towns:
            towns[engine_name] = (
                on_sqlite(demo_file, sqlite_files.folder)
                if engine_name == "sqlite"
                else on_postgresql(demo_file, request.getfixturevalue("postgresql_server"))
            )
        return towns[engine_name]

    return made


@pytest.fixture
def town(engine_name: str, town_of: Callable[[str], Town]) -> Iterator[Town]:
    """Return a municipality that no race has touched."""
    found = town_of(engine_name)
    found.without = ""
    found.fresh()
    yield found
    with found.app.app_context():
        db.session.remove()
        db.engine.dispose()


class Sending:
    """One act as it is sent: its address and body in the municipality as it stands, and a visitor for each who acts."""

    def __init__(self, town: Town, act: Act) -> None:
        self.app, self.act = town.app, act
        with self.app.app_context():
            row = db.session.execute(text(act.ids)).mappings().first() if act.ids else {}
            assert row is not None, f"the municipality has no row for {act.key}: {act.ids}"
            self.ids = {"token": town.token} | {name: str(value) for name, value in dict(row).items()}
            db.session.rollback()
        self.address = self._address()
        self.body = self._body()

    def visitor(self) -> Visitor:
        """Log the one who acts in, once more; who has only a link comes as a stranger."""
        if not self.act.who:
            return a_stranger(self.app)
        with self.app.app_context():
            user = db.session.scalars(select(User).where(User.username == self.act.who)).one()
            found = logged_in(self.app, db.session(), user)
            db.session.remove()
        return found

    def token(self) -> str:
        """Return a token as a page would have given it to the one who acts."""
        if not self.act.who:
            with self.app.app_context():
                return once.token_of("")
        with self.app.app_context():
            user = db.session.scalars(select(User).where(User.username == self.act.who)).one()
            return once.token_of(user.public_id)

    def _address(self) -> str:
        rule = next(rule for rule in self.app.url_map.iter_rules(self.act.endpoint) if "POST" in (rule.methods or ()))
        parts = {name: self.ids[name] for name in rule.arguments}
        with self.app.test_request_context():
            return url_for(self.act.endpoint, **parts) + filled(self.act.query, self.ids)

    def _body(self) -> Body:
        own = {filled(name, self.ids): self._put_in(value) for name, value in self.act.body.items()}
        if not self.act.page:
            return own
        address = filled(self.act.page, self.ids)
        asker = self.visitor()
        page = asker.post(address, data=self.act.ask) if self.act.ask else asker.get(address)
        assert page.status_code == 200, f"{address}: {page.status_code}"
        return form_on(page.text, self.address, address, fill=self.act.fill) | own

    def _put_in(self, value: str | list[str]) -> str | list[str]:
        return [filled(one, self.ids) for one in value] if isinstance(value, list) else filled(value, self.ids)


def answer_of(visitor: Visitor, sending: Sending, **more: str) -> tuple[TestResponse, tuple[Any, ...]]:
    """Send the act; return the answer, and what makes it a success: its status and what it tells the user."""
    name, content = sending.act.content
    files = {sending.act.file: (BytesIO(content), name)} if sending.act.file else {}
    answer = visitor.post(sending.address, data={**sending.body, **more, **files})
    with visitor.session_transaction() as cookie:
        told = tuple(tuple(one) for one in cookie.get("_flashes", ()))
    return answer, (answer.status_code, told)


def prepared(town: Town, act: Act) -> None:
    """Carry out what goes before."""
    if act.setup:
        with town.app.app_context(), db.engine.begin() as connection:
            connection.execute(text(act.setup))
    for name in act.before:
        before = TABLE[name]
        prepared(town, before)
        sending = Sending(town, before)
        answer, _ = answer_of(sending.visitor(), sending)
        assert answer.status_code in {200, 303}, f"{name}, before {act.key}: {answer.status_code} {words_of(answer)}"
        town.token = "".join(LINK.findall(answer.text)[:1])


def words_of(answer: TestResponse) -> str:
    """Return what a page says of its errors, else what it says at all."""
    told = re.search(r'<div class="errors".*?</div>', answer.text, re.DOTALL)
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    shown = (told or main)[0] if told or main else answer.text  # type: ignore[index]
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())[:1500]


def changed(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return what an act has changed; looks are left out, for each who is refused has looked."""
    both = {what for what in before.keys() | after.keys() if not what.endswith(".read")}
    return {what: after.get(what, 0) - before.get(what, 0) for what in both if after.get(what) != before.get(what)}


def of_the_act(had: dict[str, int], effect: dict[str, int]) -> dict[str, int]:
    """Leave out what the log says of other acts: who is refused looks at a page, which is logged under its own name."""
    return {what: count for what, count in had.items() if not what.startswith("event ") or what in effect}


def alone(town: Town, act: Act) -> tuple[tuple[Any, ...], dict[str, int]]:
    """Carry the act out alone; return its success and its effect."""
    if act.key not in town.alone:
        town.alone[act.key] = _alone(town, act)
    return town.alone[act.key]


def _alone(town: Town, act: Act) -> tuple[tuple[Any, ...], dict[str, int]]:
    prepared(town, act)
    sending, before = Sending(town, act), town.state()
    answer, success = answer_of(sending.visitor(), sending)
    assert answer.status_code < 400, f"{act.key} alone: {answer.status_code} {sending.body} {words_of(answer)}"
    effect = changed(before, town.state())
    town.fresh()
    return success, {
        what: count for what, count in effect.items() if what not in {f"event {name}" for name in act.looks}
    }


def race(town: Town, sendings: list[Sending], **more: str) -> tuple[list[TestResponse], list[Any], dict[str, int]]:
    """Send all at once; return the answers, what they told, and the effect."""
    ready = [(sending.visitor(), sending) for sending in sendings]
    before = town.state()
    with town.app.app_context():
        engine = db.engine
    told = at_once(engine, [partial(answer_of, *one, **more) for one in ready])
    return [answer for answer, _ in told], [success for _, success in told], changed(before, town.state())


def clear(answers: list[TestResponse]) -> None:
    """Hold that nobody met an error of the system."""
    codes = Counter(answer.status_code for answer in answers)
    assert not [code for code in codes if code >= 500], f"{codes}: {[words_of(one) for one in answers][-1]}"


WRITING = {"POST", "PUT", "PATCH", "DELETE"}
ADD_IT = (
    "{endpoint}: add an Act with a valid body to a table in tests/at_once (see acts.py), so that it is sent four times "
    "at once; or, where it changes nothing, its endpoint to ONLY_LOOKS in tests/at_once/table.py"
)


def test_every_writing_route_stands_in_the_table() -> None:
    app = create_app(a_config("sqlite://"))
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if WRITING & (rule.methods or set())}
    stands = {act.endpoint for act in TABLE.values()}

    assert [ADD_IT.format(endpoint=one) for one in sorted(asked - stands - ONLY_LOOKS - RACED_ELSEWHERE.keys())] == []
    assert (ONLY_LOOKS | RACED_ELSEWHERE.keys() | stands) - asked == set(), "routes that are no more"
    assert (ONLY_LOOKS | RACED_ELSEWHERE.keys()) & stands == set()


@pytest.mark.parametrize("name", [key for key, act in TABLE.items() if not act.again])
def test_four_who_act_at_once_have_one_effect(town: Town, name: str) -> None:
    act = TABLE[name]
    success, effect = alone(town, act)
    prepared(town, act)

    answers, told, had = race(town, [Sending(town, act)] * PEOPLE)

    clear(answers)
    assert of_the_act(had, effect) == effect, had
    assert told.count(success) == 1, told


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_the_race_is_lost_without_the_lock(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "lock", lambda *_rows: None)

    with pytest.raises(AssertionError, match=r"event invoice\.match': 4"):
        test_four_who_act_at_once_have_one_effect(town, "accounting.match")


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_the_race_is_lost_without_the_constraint(town: Town) -> None:
    town.without = "DROP INDEX uq_claim_draft, uq_claim_line_part"
    town.fresh()

    with pytest.raises(AssertionError, match="'claim': 4"):
        test_four_who_act_at_once_have_one_effect(town, "accounting.draft_claim")


@pytest.mark.parametrize("name", list(TABLE))
def test_one_form_sent_four_times_at_once_has_one_effect(town: Town, name: str) -> None:
    act = TABLE[name]
    _, effect = alone(town, act)
    prepared(town, act)
    sending = Sending(town, act)

    answers, _, had = race(town, [sending] * PEOPLE, form_token=sending.token())

    clear(answers)
    assert of_the_act(had, effect) == effect, had
    assert len({(answer.status_code, answer.location) for answer in answers}) == 1, [words_of(one) for one in answers]
    if act.endpoint not in once.LOOKS | once.ANSWERED_BY_COOKIE:
        assert sum("Sent-Before" not in answer.headers for answer in answers) == 1


@pytest.mark.parametrize("name", [key for key, act in TABLE.items() if act.opposite])
def test_two_opposite_acts_at_once_have_one_effect(town: Town, name: str) -> None:
    act, other = TABLE[name], TABLE[TABLE[name].opposite]
    (success, effect), (other_success, other_effect) = alone(town, act), alone(town, other)
    prepared(town, act)

    answers, told, had = race(town, [Sending(town, act), Sending(town, other)] * 2)

    clear(answers)
    assert of_the_act(had, effect | other_effect) in (effect, other_effect), had
    assert told.count(success) + told.count(other_success) == 1, told
