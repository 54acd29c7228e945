"""Hver side for hver rolle: it has a door, its links lead somewhere, its fields have names, its title is its own."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from jobcenter_mentor.platform.access.policy import ROLES
from jobcenter_mentor.platform.access.service import HOMES
from jobcenter_mentor.platform.database.db import db
from tests.crawling import UNKNOWN, Town
from tests.logins import Visitor
from tests.screens.frame.pages import Page
from tests.screens.frame.test_every_route import REASON, asked, begun

NO_LINK = {
    "auth.login",
    "auth.reason",
    "healthz",
    "livez",
    "readyz",
    "meetings.link",
    "meetings.confirmation",
    "surveys.form",
    "meetings.edit_by_link",
    "meetings.receipt",
    "late.badge",
    "followups.badge",
}
"""Pages whose door is no link: the log-in, the box of reasons, the operator's signs of life, links sent by mail, what a
form leads to, and the figures that the menu fetches for itself."""
IN_ITS_TURN = {"hearings.show", "hearings.letter", "grants.preview", "corrections.new"}
"""Pages that a decision, or a paid line with something left to correct, leads to only while they are the next step."""
NAMELESS = {"surveys.interview", "citizens.show", "journal.show"}
"""Pages that may share a title: a survey tells of nobody, and a citizen is called by initials alone."""
MENTOR_ROLES = ("MI", "MV", "ML", "MF")
UNSURE = re.compile(
    r"ikke læst|ikke bekræftet|uafklaret|ikke kendt endnu|unconfirmed|lovtekst|fortolkning|anden kilde"
    r"|\b(lab20\d\d|ref20\d\d|proc|dl|local|office|citizen|request|reimbursement|citation)\.[a-z]\w+",
    re.I,
)
"""Words on how sure a reading is, and keys of our own: for nobody but the office."""
EACH = 2
"""How many addresses of each page a walk asks for."""
CASES = {
    "citizen": ("/borgere/{}", "/journal/{}"),
    "grant": ("/bevillinger/{}", "/logbog/{}/alle"),
    "decision": ("/bevillinger/afgoerelse/{}", "/aendringer/afgoerelse/{}", "/aendringer/hoering/{}"),
    "referral": ("/henvisninger/{}",),
    "pay_line": ("/refusion/linjer/{}",),
}
"""The pages of a case that lists and searches lead to, and that lead on to what is kept in it."""


@dataclass(repr=False)
class Tour:
    """What one role met: the endpoints it found links to, the pages it saw, and what led nowhere."""

    doors: set[str] = field(default_factory=set)
    pages: dict[str, tuple[str, Page]] = field(default_factory=dict)
    dead: list[tuple[str, int]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


@dataclass(repr=False)
class Walker:
    """Follows links from the front page, those to pages it has seen least of first."""

    visitor: Visitor
    places: MapAdapter
    wanted: set[str]
    tour: Tour
    waiting: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    met: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)

    def walk(self, home: str) -> None:
        """Walk until each wanted page has been seen, or no link is left."""
        self.note(home, home)
        while ready := [name for name, some in self.waiting.items() if some and self.seen[name] < EACH]:
            endpoint = min(ready, key=lambda name: self.seen[name])
            self.seen[endpoint] += 1
            self.look(endpoint, self.waiting[endpoint].pop(0))

    def look_around(self, cases: list[str]) -> None:
        """Open the pages of a case, all its tabs: what is kept in the case has its door there."""
        dead = len(self.tour.dead)
        for case in cases:
            endpoint, _ = self.places.match(case, method="GET")
            if endpoint in self.tour.doors:
                self.look(endpoint, case)
                for tab in [
                    link for link in self.tour.pages.get(case, (endpoint, Page("")))[1].links if "?fane=" in link
                ]:
                    self.look(endpoint, tab)
        del self.tour.dead[dead:]

    def note(self, link: str, here: str) -> None:
        """Put a link's address among those that wait, once."""
        address = urlsplit(urljoin(here, link))
        asked_for = f"{address.path}?{address.query}" if address.query else address.path
        if address.scheme or address.netloc or asked_for in self.met:
            return
        self.met.add(asked_for)
        try:
            endpoint, _ = self.places.match(address.path, method="GET")
        except HTTPException as error:
            self.tour.dead.append((asked_for, error.code or 404))
            return
        if endpoint != "static":
            self.tour.doors.add(endpoint)
            self.waiting[endpoint].append(asked_for)

    def look(self, endpoint: str, address: str) -> None:
        """Open an address; a reason is given where one is asked."""
        answer = self.visitor.get(address)
        if (answer.location or "").startswith("/begrundelse"):
            self.visitor.post("/begrundelse", data={"next": address, "reason": REASON})
            answer = self.visitor.get(address)
        if answer.status_code >= 400:
            self.tour.dead.append((address, answer.status_code))
        elif answer.location:
            self.note(answer.location, address)
        elif answer.mimetype == "text/html":
            page = Page(answer.text)
            self.tour.pages[address] = (endpoint, page)
            for link in page.links:
                self.note(link, address)


@pytest.fixture(scope="module")
def tours() -> dict[str, Tour]:
    """Return the tours that were made, so that each role walks once."""
    return {}


@pytest.fixture(params=ROLES)
def tour(request: pytest.FixtureRequest, a_town: Callable[[], Town], tours: dict[str, Tour]) -> Tour:
    """Walk the links of a role; then ask for what it found no link to."""
    role = request.param
    if role not in tours:
        town, tours[role] = a_town(), Tour()
        town.release()
        app, who, visitor, _ = begun(town, role)
        near = {
            endpoint: address
            for endpoint, address, which, cell in asked(town, app, who, "GET")
            if which in {"near", "plain"} and cell
        }
        walker = Walker(visitor, app.url_map.bind("localhost"), set(near) - NO_LINK - IN_ITS_TURN, tours[role])
        walker.walk(HOMES[role])
        for endpoint in sorted(walker.wanted - tours[role].doors):
            walker.look_around(cases_of(town, near[endpoint]))
        for endpoint in sorted(walker.wanted - tours[role].doors):
            before = len(tours[role].dead)
            walker.look(endpoint, near[endpoint])
            if len(tours[role].dead) == before:
                tours[role].closed.append(endpoint)
            del tours[role].dead[before:]
        with app.app_context():
            db.engine.dispose()
    return tours[role]


def cases_of(town: Town, address: str) -> list[str]:
    """Return the pages of the cases that hold the thing whose id stands in an address, and that are held by it."""
    found = {part for part in address.split("/") if len(part) == len(UNKNOWN) and part.count("-") == 4}
    columns, with_id = town.columns, [name for name, some in town.columns.items() if "public_id" in some]
    named = [f"SELECT '{name}', id FROM \"{name}\" WHERE public_id = '{key}'" for key in found for name in with_id]
    ids = town.query(" UNION ALL ".join(named)) if named else []
    cases = []
    for name, key in ids:
        for case, pages in CASES.items():
            holder = f'SELECT {case}_id FROM "{name}" WHERE id = {key}' if f"{case}_id" in columns[name] else ""
            held = f'SELECT id FROM "{case}" WHERE {name}_id = {key}' if f"{name}_id" in columns[case] else ""
            own = f"SELECT {key}" if name == case else ""
            for some in filter(None, (own, holder, held)):
                rows = town.query(f'SELECT public_id FROM "{case}" WHERE id IN ({some}) LIMIT 3')
                cases += [page.format(public_id) for (public_id,) in rows for page in pages]
    return list(dict.fromkeys(cases))


def test_every_link_leads_somewhere(tour: Tour) -> None:
    assert tour.dead == []


def test_every_page_that_a_role_may_open_has_a_door(tour: Tour) -> None:
    assert tour.closed == []


def test_every_field_has_a_name_of_its_own(tour: Tour) -> None:
    nameless = {endpoint: page.nameless for endpoint, page in tour.pages.values() if page.nameless}

    assert nameless == {}


def test_no_id_stands_twice_on_a_page(tour: Tour) -> None:
    assert {endpoint: page.twice for endpoint, page in tour.pages.values() if page.twice} == {}


def test_every_page_has_a_title_of_its_own(tour: Tour) -> None:
    titled: dict[str, dict[str, str]] = defaultdict(dict)
    for address, (endpoint, page) in tour.pages.items():
        if page.title:
            titled[page.title.strip()][urlsplit(address).path] = endpoint
    shared = {
        title: sorted(some)
        for title, some in titled.items()
        if len(some) > 1 and not (len(set(some.values())) == 1 and set(some.values()) <= NAMELESS)
    }

    assert shared == {}


def test_the_reader_of_pages_sees_what_is_wrong() -> None:
    page = Page(
        '<title>To formularer</title><label for="a">Team</label><input id="a"><label for="a">Team</label>'
        '<select id="a"></select><label>Navn <input name="n"></label>'
        '<input aria-label="Dag"><textarea name="t"></textarea>'
    )

    assert page.title == "To formularer"
    assert page.twice == ["a"]
    assert len(page.nameless) == 3


@pytest.mark.parametrize("tour", sorted(MENTOR_ROLES), indirect=True)
def test_no_page_for_a_mentor_tells_how_sure_we_are(tour: Tour) -> None:
    told = {endpoint: found[0] for endpoint, page in tour.pages.values() if (found := UNSURE.search(page.text))}

    assert told == {}
