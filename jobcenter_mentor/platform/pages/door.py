"""Say who acts and which day it is, for views to give to the services."""

from datetime import date
from typing import Any, cast

from flask import current_app, g, request, session, url_for
from flask_login import AnonymousUserMixin, current_user

from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.clock import danish_day

API = "/api/"
"""The addresses for other systems; everything else is for people."""
MOST_DIGITS = 9
"""Digits of a whole number that every database keeps."""


def working_day() -> date:
    """Return the working day (arbejdsdag): the demo's date where one is set, else the date in Denmark."""
    chosen: date | None = current_app.config["WORKING_DATE"]
    return chosen or danish_day()


def acting_user() -> User:
    """Return the user who is logged in; call it only behind `@requires`."""
    return cast(User, current_user._get_current_object())


def acting() -> Actor:
    """Return who acts and on which day; call it only behind `@requires`."""
    return Actor(acting_user(), working_day())


def is_for_api() -> bool:
    """Tell whether another system asks; true also for an address that doesn't exist."""
    return request.path.startswith(API)


def local_address(address: str | None) -> str:
    """Return an address inside the system to go on to; the front page for any other."""
    own = bool(address) and str(address).startswith("/") and not str(address).startswith(("//", "/\\"))
    return str(address) if own and str(address).isprintable() else "/"


def reason_is_given() -> bool:
    """Tell whether a reason was written for a look at this very page."""
    return session.get("reason") == request.path


def public_address(endpoint: str, **parts: Any) -> str:
    """Return the whole address of a page, for links that leave the system; never made from what a client sent."""
    return f"{current_app.config['PUBLIC_URL']}{url_for(endpoint, **parts)}"


def draw_without_database() -> None:
    """Let the rest of this request ask the database for nothing: it is away, and the visitor counts as a stranger."""
    g.without_database = True
    g._login_user = AnonymousUserMixin()


def has_database() -> bool:
    """Tell whether the database may be asked for what a page's frame shows."""
    return not g.get("without_database")


def small_whole(text: str) -> int:
    """Read a whole number, for `request.args.get(..., type=)`. Raises ValueError for one that no row can have."""
    if len(text) > MOST_DIGITS + 1:
        raise ValueError("too long")
    return int(text)


def chosen_year() -> int:
    """Return the year the address asks for (`aar`), else that of the working day."""
    asked = request.args.get("aar", "")
    return int(asked) if len(asked) == 4 and asked.isdecimal() and 2000 <= int(asked) <= 2100 else working_day().year
