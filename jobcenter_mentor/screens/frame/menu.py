"""The frame of the pages: the menu, the municipality, the demo's banner and the user's roles, for `layout.html`."""

from datetime import date
from time import monotonic
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from jobcenter_mentor.casefile.exports.download import sheet_url
from jobcenter_mentor.casework.frames.service import kinds_of
from jobcenter_mentor.platform.access.policy import ROLES, may, roles_on
from jobcenter_mentor.platform.database.db import reading
from jobcenter_mentor.platform.law_figures.service import get_municipality
from jobcenter_mentor.platform.pages.door import acting_user, has_database, working_day
from jobcenter_mentor.screens.frame.law_card import answer_words, card_of
from jobcenter_mentor.screens.guide.guides import PLACES

MENTOR_MENU = (("Mine borgere", "meetings.index"),)

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "SB": (
        ("Min dag", "followups.my_day"),
        ("Borgere", "citizens.index"),
        ("Forløb", "grants.index"),
        ("Rapporter", "reports.index"),
    ),
    "TL": (
        ("Rammen", "claims.frame"),
        ("Godkendelser", "grants.waiting"),
        ("Frister", "late.index"),
        ("Forløb", "grants.index"),
        ("Rapporter", "reports.index"),
    ),
    "MK": (
        ("Mentorkorps", "mentors.corps"),
        ("Venteliste", "matching.index"),
        ("Mentorer", "mentors.index"),
        ("Rapporter", "reports.index"),
        ("Fakturaer", "accounting.index"),
    ),
    "MI": MENTOR_MENU,
    "MV": MENTOR_MENU,
    "ML": MENTOR_MENU,
    "MF": MENTOR_MENU,
    "LK": (("Vores forløb", "suppliers.home"), ("Fakturaer", "accounting.index")),
    "ØK": (
        ("Refusion og fakturaer", "accounting.index"),
        ("Rammen", "claims.frame"),
        ("Refusionsopgørelser", "accounting.claims"),
        ("Rapporter", "reports.index"),
    ),
    "AD": (("Drift", "auth.users"),),
    "RE": (("Hændelseslog", "audit.index"), ("Rapporter", "reports.index")),
}
"""The menu of each role: label and endpoint."""


MORE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Sager",
        (
            ("Min dag", "followups.my_day"),
            ("Borgere", "citizens.index"),
            ("Henvisninger", "referrals.index"),
            ("Forløb", "grants.index"),
            ("Godkendelser", "grants.waiting"),
            ("Frister", "followups.index"),
            ("Frister i teamet", "late.index"),
            ("Breve, der ikke er sendt", "letters.unsent"),
            ("Klager", "complaints.index"),
            ("Aktindsigt", "access_requests.index"),
            ("Stikprøver", "changes.checks"),
        ),
    ),
    (
        "Mentorer",
        (
            ("Mentorkorps", "mentors.corps"),
            ("Venteliste", "matching.index"),
            ("Flaskehalse", "matching.bottlenecks"),
            ("Mentorer", "mentors.index"),
            ("Mentortyper", "mentors.types"),
            ("Supervision og kurser", "training.index"),
            ("Leverandører", "suppliers.index"),
            ("Virksomheder", "suppliers.companies_index"),
        ),
    ),
    (
        "Penge",
        (
            ("Rammen", "claims.frame"),
            ("Refusion og fakturaer", "accounting.index"),
            ("Fra bevilling til refusion", "accounting.chain_of_month"),
            ("Timesedler", "accounting.sheets"),
            ("Uden registreret møde", "claims.unproven"),
            ("Refusionsopgørelser", "accounting.claims"),
        ),
    ),
    (
        "Tal og kontrol",
        (
            ("Rapporter", "reports.index"),
            ("Spørgeskemaer", "surveys.index"),
            ("Hændelseslog", "audit.index"),
        ),
    ),
)
"""The lists behind »Mere« in the menu, by subject: each is shown to those who may open it."""


FOOT = (
    ("Hjælp og genveje", "guide.index"),
    ("Mine opgaver", "background.index"),
    ("Fravær og kalender", "absences.index"),
    ("Sagsstammer", "caseloads.index"),
    ("Importér regneark", "imports.index"),
    ("Regler og kilder", "rules.index"),
)
"""The links at the foot of each page: label and endpoint."""


def register(app: Flask) -> None:
    """Give the frame what it shows."""
    app.context_processor(_shown)
    app.jinja_env.globals |= {"may_open": _may_open, "opened": opened, "opens_files": _opens_files}
    app.jinja_env.globals |= {"card_of": card_of, "answer_words": answer_words}


UNDER = {"builder": "reports", "surveys": "reports"}
"""Features that lie under another one's item in the menu."""


def menu() -> list[tuple[str, str, bool]]:
    """Return the main menu: label, address and whether this page lies under it, for all roles of the day together."""
    items: list[tuple[str, str]] = []
    for role in roles_on(acting_user(), working_day()):
        items += [item for item in MENUS[role.role] if item not in items]
    there = [(label, endpoint) for label, endpoint in items if endpoint in current_app.view_functions]
    current = _current([endpoint for _, endpoint in there])
    return [(_named(label, endpoint), url_for(endpoint), endpoint == current) for label, endpoint in there]


def more() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the other lists that the user may open (Mere), by subject, without those of the menu."""
    held = {endpoint for role in roles_on(acting_user(), working_day()) for _, endpoint in MENUS[role.role]}
    groups = [
        (subject, [(_named(label, endpoint), opened(endpoint)) for label, endpoint in items if endpoint not in held])
        for subject, items in MORE
    ]
    shown = [(subject, [(label, address) for label, address in items if address]) for subject, items in groups]
    return [(subject, items) for subject, items in shown if items]


def _named(label: str, endpoint: str) -> str:
    """Return the words of an item: the page of the frame is that of the budget in a year whose law has no frame."""
    return "Budget" if endpoint == "claims.frame" and not kinds_of(working_day().year) else label


def opened(endpoint: str, **values: Any) -> str:
    """Return the address of a page for who may open it; empty for others and for who has not logged in."""
    return url_for(endpoint, **values) if current_user.is_authenticated and _may_open(endpoint) else ""


def _current(endpoints: list[str]) -> str | None:
    """Return the menu's endpoint of this page: itself, else the list or the first of the same feature."""
    if request.endpoint in endpoints:
        return request.endpoint
    feature = UNDER.get(request.blueprint or "", request.blueprint)
    near = [endpoint for endpoint in endpoints if endpoint.partition(".")[0] == feature]
    lists = [endpoint for endpoint in near if endpoint.endswith(".index")]
    return next(iter(lists + near), None)


def _shown() -> dict[str, Any]:
    """Return the names that `layout.html` uses."""
    return {
        "menu": menu,
        "more": more,
        "municipality": _municipality()[0],
        "municipality_phone": _municipality()[1],
        "demo_banner": _demo_day(),
        "help_url": _help() if current_user.is_authenticated else "",
        "role_names": _role_names() if current_user.is_authenticated else "",
        "sheet_url": sheet_url,
        "search_url": opened("citizens.search"),
        "footer_links": [(words, address) for words, address in _footer() if address],
    }


def _may_open(endpoint: str) -> bool:
    """Tell whether any role of the user opens a page: no other is linked to."""
    action: str | None = getattr(current_app.view_functions[endpoint], "action", None)
    return action is None or may(acting_user(), action, on=working_day())


def _opens_files(protected: bool) -> bool:
    """Tell whether the user may open letters and documents, also of a protected citizen: else no link to them."""
    return not protected or may(acting_user(), "citizen.protected", on=working_day())


def _footer() -> list[tuple[str, str]]:
    """Return the links of the page's foot; an empty address for what the user may not open."""
    own = [(words, opened(endpoint)) for words, endpoint in FOOT]
    return [*own, ("Borgernes oplysninger", url_for("data_notice.show_data_notice"))]


def _help() -> str:
    """Return the address of the guide's part about this page; empty where no guide covers it."""
    slug, part = PLACES.get(request.endpoint or "", ("", ""))
    return url_for("guide.show", slug=slug, _anchor=part) if slug else ""


def _municipality() -> tuple[str, str]:
    """Return the municipality's name and phone; read again each minute, as a command may change them."""
    told: dict[int, tuple[str, str]] = current_app.extensions.setdefault("municipality", {})
    minute = int(monotonic() // 60)
    if minute not in told and has_database():
        with reading() as session:
            found = get_municipality(session)
        told.clear()
        told[minute] = (found.name, found.phone)
    return told.get(minute, ("", ""))


def _demo_day() -> date | None:
    """Return the working date for the banner of the demo, None in an installation in use."""
    return working_day() if current_app.config["DEMO"] else None


def _role_names() -> str:
    """Return the user's roles and teams, "Sagsbehandler, Team Unge"."""
    names: list[str] = []
    for role in roles_on(acting_user(), working_day()):
        names += [ROLES[role.role]] if role.team is None else [ROLES[role.role], role.team.name]
    return ", ".join(dict.fromkeys(names))
