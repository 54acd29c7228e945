"""Pages of log-in and log-out, the way home, the reason for a look, and users (Drift)."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.followups import reminders
from jobcenter_mentor.platform.access import api_keys, service, sessions
from jobcenter_mentor.platform.access.policy import ROLES, public, requires
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import now, read_transaction, reading, transaction
from jobcenter_mentor.platform.jobs import nightly
from jobcenter_mentor.platform.jobs import service as background
from jobcenter_mentor.platform.pages.door import acting, acting_user, local_address, working_day
from jobcenter_mentor.platform.pages.proxies import neighbourhood
from jobcenter_mentor.screens.frame.known_browser import known_browser, remembered
from jobcenter_mentor.screens.users.forms import (
    EmailForm,
    LoginForm,
    LookupReasonForm,
    PasswordForm,
    RoleForm,
    TeamForm,
    TokenForm,
    UserForm,
)

bp = Blueprint("auth", __name__)

WRONG = "Brugernavn eller adgangskode er forkert."


@bp.get("/log-ind")
@public
def login() -> ResponseReturnValue:
    """Show the log-in; `next` is the page to go on to."""
    return render_template("screens/users/login.html", form=LoginForm(formdata=None, next=request.args.get("next", "")))


@bp.post("/log-ind")
@public
def log_in() -> ResponseReturnValue:
    """Log in: the same answer for an unknown user and a wrong password; hashing holds no transaction open."""
    form, at = LoginForm(), now()
    if not form.validate():
        return render_template("screens/users/login.html", form=form), 422
    with reading() as session:
        here, browser = neighbourhood(request.remote_addr), known_browser(form.username.data)
        attempt = sessions.attempt_by(session, form.username.data, here, browser=browser, at=at)
    if attempt.wait_until is not None:
        return render_template("screens/users/login.html", form=form, heard_again=attempt.heard_again), 429
    right = sessions.password_right(attempt, form.password.data)
    with transaction() as session:
        token = sessions.answer(session, attempt, form.password.data, right=right, at=at)
    if token is None:
        form.form_errors.append(WRONG)
        return render_template("screens/users/login.html", form=form), 422
    cookie.clear()
    cookie["login"] = token
    return remembered(redirect(local_address(form.next.data), 303), form.username.data)


@bp.post("/log-ud")
@public
def logout() -> ResponseReturnValue:
    """Log out: empty the cookie whatever happens, then end the session in the database.

    It asks for no token, so that an old page logs out too; a strange page's form brings no cookie to empty.
    """
    token = cookie.get("login")
    if token:
        cookie.clear()
        with reading() as session:
            active = sessions.find_active(session, token, at=now())
        if active is not None:
            with transaction() as session:
                sessions.end(session, token, by=active.user, at=now())
        flash("Du er logget ud.", "success")
    return redirect(url_for("auth.login"), 303)


@bp.get("/")
@requires("home")
def home() -> ResponseReturnValue:
    """Go to the home of the user's first role."""
    return redirect(service.home_of(acting_user(), on=working_day()), 303)


@bp.route("/begrundelse", methods=["GET", "POST"])
@requires("home")
def reason() -> ResponseReturnValue:
    """Ask for the reason before a page that the role sees only with a written one; it holds for that page."""
    form = LookupReasonForm(next=request.args.get("next", "/"))
    if not form.validate_on_submit():
        asked = local_address(form.next.data)
        return render_template("screens/users/reason.html", form=form, next=asked), 422 if form.is_submitted() else 200
    address = local_address(form.next.data)
    path = address.partition("?")[0]
    with transaction() as session:
        detail = {"page": path, "reason": form.reason.data}
        audit.record(session, by=acting_user(), action="reason", subject="page", detail=detail)
    cookie["reason"] = path
    return redirect(address, 303)


@bp.get("/drift")
@requires("user.write")
def users() -> ResponseReturnValue:
    """Show users with their roles; no citizen data."""
    with read_transaction() as session:
        listed, teams = service.list_users(session, on=working_day()), service.list_teams(session)
        failed = reminders.list_failed(session, on=working_day())
        workers, nights = background.list_workers(session, at=now()), nightly.list_newest(session)
        audit.record(session, by=acting_user(), action="user.read", subject="user")
    return render_template(
        "screens/users/users.html",
        users=listed,
        teams=teams,
        role_names_of=ROLES,
        failed=failed,
        workers=workers,
        nights=nights,
        titles={one.name: one.title for one in current_app.extensions["nightly"]},
    )


@bp.route("/drift/nyt-team", methods=["GET", "POST"])
@requires("user.write")
def new_team() -> ResponseReturnValue:
    """Add a team, in which roles can be given at once."""
    form = TeamForm()
    if form.validate_on_submit():
        with form.refusals_shown(), transaction() as session:
            team = service.add_team(session, form.name.data, by=acting_user())
            flash(f"{team.name} er oprettet.", "success")
            return redirect(url_for("auth.users"), 303)
    return render_template("screens/users/new_team.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/drift/ny-bruger", methods=["GET", "POST"])
@requires("user.write")
def new_user() -> ResponseReturnValue:
    """Add a user, without role until one is given."""
    form = UserForm()
    if not form.validate_on_submit():
        return render_template("screens/users/new_user.html", form=form), 422 if form.is_submitted() else 200
    with form.refusals_shown(), transaction() as session:
        user = service.add_user(
            session,
            username=form.username.data,
            full_name=form.full_name.data,
            email=form.email.data or "",
            password=form.password.data,
            by=acting_user(),
        )
        flash(f"{user.full_name} er oprettet. Giv brugeren en rolle.", "success")
        return redirect(url_for("auth.user", public_id=user.public_id), 303)
    return render_template("screens/users/new_user.html", form=form), 422


@bp.route("/drift/<public_id>", methods=["GET", "POST"])
@requires("user.write")
def user(public_id: str) -> ResponseReturnValue:
    """Show a user: the roles with their periods, and a form to give one."""
    form = RoleForm(valid_from=working_day())
    with reading() as session:
        found = service.get_user(session, public_id)
        keys = api_keys.list_tokens(session, found)
        form.offer(list(ROLES.items()), service.reach_choices(session))
    if form.validate_on_submit():
        with form.refusals_shown(), transaction() as session:
            service.assign_role(
                session, service.get_user(session, public_id), service.NewRole(**form.role_given()), by=acting_user()
            )
            flash("Rollen er givet.", "success")
            return redirect(url_for("auth.user", public_id=public_id), 303)
    status = 422 if form.is_submitted() else 200
    shown = {"user": found, "form": form, "tokens": keys, "role_names_of": ROLES, "today": working_day()}
    return render_template("screens/users/user.html", **shown), status


@bp.post("/drift/<public_id>/roller/<int:role_id>/fratag")
@requires("user.write")
def end_role(public_id: str, role_id: int) -> ResponseReturnValue:
    """End a role from today on."""
    with transaction() as session:
        user = service.get_user(session, public_id)
        service.end_role(session, user, role_id, actor=acting())
    flash("Rollen er fjernet fra i dag.", "success")
    return redirect(url_for("auth.user", public_id=public_id), 303)


@bp.post("/drift/<public_id>/luk")
@requires("user.write")
def close_user(public_id: str) -> ResponseReturnValue:
    """Close a user: nobody logs in as the user any more."""
    with transaction() as session:
        service.close_user(session, service.get_user(session, public_id), by=acting_user())
    flash("Brugeren er lukket.", "success")
    return redirect(url_for("auth.user", public_id=public_id), 303)


@bp.route("/drift/<public_id>/adgangskode", methods=["GET", "POST"])
@requires("user.write")
def new_password(public_id: str) -> ResponseReturnValue:
    """Set a new password: the old one, and whoever is logged in with it, are out at once."""
    form = PasswordForm()
    with reading() as session:
        found = service.get_user(session, public_id)
    if form.validate_on_submit():
        with form.refusals_shown(), transaction() as session:
            service.set_password(session, service.get_user(session, public_id), form.password.data, by=acting_user())
            flash("Adgangskoden er skiftet. Brugeren skal logge ind igen.", "success")
            return redirect(url_for("auth.user", public_id=public_id), 303)
    return render_template(
        "screens/users/new_password.html", user=found, form=form
    ), 422 if form.is_submitted() else 200


@bp.route("/drift/<public_id>/e-mail", methods=["GET", "POST"])
@requires("user.write")
def email(public_id: str) -> ResponseReturnValue:
    """Store the e-mail that the mail of the morning goes to."""
    with reading() as session:
        found = service.get_user(session, public_id)
    form = EmailForm(email=found.email)
    if form.validate_on_submit():
        with transaction() as session:
            service.set_email(session, service.get_user(session, public_id), form.email.data or "", by=acting_user())
        flash("E-mailen er gemt.", "success")
        return redirect(url_for("auth.user", public_id=public_id), 303)
    return render_template("screens/users/email.html", user=found, form=form), 422 if form.is_submitted() else 200


@bp.route("/drift/<public_id>/noegler/ny", methods=["GET", "POST"])
@requires("user.write")
def new_token(public_id: str) -> ResponseReturnValue:
    """Make an API key: only this answer shows it, and no address shows it again."""
    form = TokenForm(valid_from=working_day())
    with reading() as session:
        found = service.get_user(session, public_id)
    if form.validate_on_submit():
        new = api_keys.NewToken(**form.told())
        with form.refusals_shown(), transaction() as session:
            owner = service.get_user(session, public_id)
            token, key = api_keys.make(session, owner, new, by=acting_user())
            return render_template("screens/users/token.html", user=owner, token=token, key=key)
    return render_template("screens/users/new_token.html", user=found, form=form), 422 if form.is_submitted() else 200


@bp.post("/drift/<public_id>/noegler/<token_id>/afslut")
@requires("user.write")
def stop_token(public_id: str, token_id: str) -> ResponseReturnValue:
    """End an API key from now on."""
    with transaction() as session:
        api_keys.stop(session, service.get_user(session, public_id), token_id, by=acting_user(), at=now())
    flash("Nøglen er afsluttet.", "success")
    return redirect(url_for("auth.user", public_id=public_id), 303)
