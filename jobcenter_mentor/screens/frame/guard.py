"""The guard at the door (vagten): find before every view who asks and whether a role allows the action.

What a user may see of a list or a case is decided in the queries (`access.policy.visible`), not here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import NotFound, TooManyRequests, Unauthorized

from jobcenter_mentor.domain.kernel.errors import NotAllowed
from jobcenter_mentor.platform.access import api_keys, login_delay, sessions
from jobcenter_mentor.platform.access import service as users
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import matrix, may, needs_reason, roles_on
from jobcenter_mentor.platform.database.db import now, reading, transaction
from jobcenter_mentor.platform.pages.door import acting_user, is_for_api, reason_is_given, working_day
from jobcenter_mentor.platform.pages.proxies import neighbourhood
from jobcenter_mentor.platform.pages.sent import refuse_what_no_database_keeps
from jobcenter_mentor.platform.pages.typed import in_the_words_of_the_form

OPEN = frozenset({"static"})
"""Endpoints of Flask itself, which hold no data."""
LOOKS = frozenset({"GET", "HEAD"})
"""Methods that show a page or its headers."""
NEVER_SHOWN = frozenset({"csrf_token", "form_token", "password"})


def register(app: Flask) -> None:
    """Put the guard at the door."""
    login = LoginManager(app)
    login.session_protection = None
    login.request_loader(_load_user)
    app.before_request(_ask)
    app.after_request(_keep_out_of_caches)


def check_routes(app: Flask) -> None:
    """Raise RuntimeError, naming the route, where one has declared no action of the matrix."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        for view in _views_of(app, rule.endpoint, rule.methods or set()):
            if not hasattr(view, "action") or not (view.action is None or view.action in matrix()):
                raise RuntimeError(f"Ruten {rule.endpoint} ({rule.rule}) har ikke angivet en handling med @requires.")


def action_asked() -> str | None:
    """Return the action of the view of this request; None for an open one or none."""
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    view = next(_views_of(current_app, request.endpoint, {request.method}), None)
    action: str | None = getattr(view, "action", None)
    return action


def typed() -> list[tuple[str, str]]:
    """Return what was typed in a form that was not accepted, in the form's own words; never a password or token."""
    sent = [(name, text) for name, text in request.form.items(multi=True) if text.strip() and name not in NEVER_SHOWN]
    return in_the_words_of_the_form(sent)


def _views_of(app: Flask, endpoint: str, methods: set[str]) -> Iterator[Callable[..., Any]]:
    """Return the function behind a route, or for a class of views those of the methods."""
    view = app.view_functions[endpoint]
    kind = getattr(view, "view_class", None)
    if kind is None:
        yield view
        return
    for method in methods - {"HEAD", "OPTIONS"} or {"GET"}:
        yield getattr(kind, method.lower())


def _load_user(_request: Any) -> User | None:
    """Find who asks, detached: another system by its key alone, a person by the session cookie alone."""
    return _user_of_key() if is_for_api() else _user_of_cookie()


def _user_of_key() -> User | None:
    """Find the user of an API key, and note at most once a day that the key is in use.

    An address that sends unknown keys is answered later and later; a key that has only run out is no guess.
    """
    sent, at = request.authorization, now()
    if sent is None or sent.type != "bearer" or not sent.token:
        return None
    counted = login_delay.of_system(neighbourhood(request.remote_addr))
    with reading() as own_session:
        has_failed, g.heard_again = login_delay.standing(own_session, counted, at=at)
        active = None if g.heard_again else api_keys.find_active(own_session, sent.token, on=working_day())
        is_guess = not (g.heard_again or active or api_keys.is_known(own_session, sent.token))
    if is_guess:
        with transaction() as own_session:
            login_delay.fail(own_session, counted, at=at)
    if active is not None and (has_failed or active.is_due(at)):
        with transaction() as own_session:
            api_keys.touch(own_session, active, at=at)
            login_delay.forget(own_session, counted, at=at)
    return active.user if active else None


def _user_of_cookie() -> User | None:
    """Find the user of the session cookie, and note at most once a minute that the session is in use."""
    token, at = session.get("login"), now()
    if not token:
        return None
    with reading() as own_session:
        active = sessions.find_active(own_session, token, at=at)
    if active is None:
        return None
    if at - active.seen_at >= sessions.SEEN_EVERY:
        with transaction() as own_session:
            sessions.touch(own_session, active, at=at)
    return active.user


def _ask() -> ResponseReturnValue | None:
    """Let the request through, send it to the log-in or to the reason box, or raise NotAllowed.

    An address with the character that no database stores is no address.
    """
    if "\0" in request.path or any("\0" in text for _, text in request.args.items(multi=True)):
        raise NotFound
    if not is_for_api():
        refuse_what_no_database_keeps(request)
    action = action_asked()
    if action is None:
        return None
    if not current_user.is_authenticated:
        return _ask_to_log_in()
    if not is_for_api() and not roles_on(acting_user(), working_day()):
        return _without_a_role()
    if not may(acting_user(), action, on=working_day()):
        raise NotAllowed("Din rolle giver ikke adgang til det. Spørg din teamleder, hvis opgaven er din.")
    if not needs_reason(acting_user(), action, on=working_day()):
        return None
    if is_for_api():
        raise NotAllowed("Det kræver en skriftlig begrundelse. Slå det op på systemets sider.")
    if request.method in LOOKS and not reason_is_given():
        return _go(url_for("auth.reason", next=request.full_path.rstrip("?")))
    return None


def _without_a_role() -> ResponseReturnValue:
    """Tell a user without a role that day whom to ask for one: the front page has nothing else to show."""
    with reading() as session:
        found = users.administrators(session, on=working_day())
    return render_template("screens/frame/no_role.html", administrators=found), 403


def _ask_to_log_in() -> ResponseReturnValue:
    """Send a page to the log-in and back; show what was typed in a form whose session has ended."""
    if is_for_api():
        if g.get("heard_again"):
            raise TooManyRequests(retry_after=g.heard_again)
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    if request.method == "GET":
        if session.pop("login", None):
            flash("Du er logget ud, fordi du ikke har brugt systemet i et stykke tid.", "warning")
        return _go(url_for("auth.login", next=request.full_path.rstrip("?")))
    return render_template("screens/frame/ended.html", typed=typed(), back=request.path), Unauthorized.code or 401


def _go(address: str) -> ResponseReturnValue:
    """Redirect the page; htmx moves the whole page, not the piece it asked for."""
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _keep_out_of_caches(response: Response) -> Response:
    """Keep everything but the style sheets and scripts out of browser caches."""
    if request.endpoint not in OPEN:
        response.headers["Cache-Control"] = "no-store"
    return response
