"""Pages under /spoergeskemaer (spørgeskemaer): rounds, sending, the form by link or interview, the two-sided view."""

from datetime import timedelta
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.exports import download
from jobcenter_mentor.figures.surveys import service, survey_answers, two_sided
from jobcenter_mentor.figures.surveys.forms import RoundForm, answer_form, answers_of
from jobcenter_mentor.figures.surveys.questions import DANISH, PARTIES, POINTS, languages, questionnaires
from jobcenter_mentor.figures.surveys.service import NewRound
from jobcenter_mentor.figures.surveys.sheet import ANSWERS
from jobcenter_mentor.figures.surveys.survey_answers import AnswerPage
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, public_address, small_whole, working_day
from jobcenter_mentor.platform.pages.forms import BaseForm
from jobcenter_mentor.platform.pages.public import behind_link

bp = Blueprint("surveys", __name__, url_prefix="/spoergeskemaer")
USUAL_OPEN = timedelta(days=42)


@bp.get("")
@requires("survey.figures")
def index() -> str:
    """Show the rounds with response rates (runder)."""
    return _index(RoundForm(formdata=None, data={"closes_on": working_day() + USUAL_OPEN}))


@bp.post("")
@requires("survey.send")
def create() -> ResponseReturnValue:
    """Add a round (ny runde)."""
    form, actor = _offered(RoundForm()), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                row = service.add_round(session, NewRound(**form.told()), actor=actor)
            flash("Runden er oprettet. Send skemaet ud her.", "success")
            return redirect(url_for("surveys.sending", public_id=row.public_id), 303)
    return _index(form), 422


@bp.get("/<public_id>")
@requires("survey.figures")
def show(public_id: str) -> ResponseReturnValue:
    """Show the answers of citizens and mentors side by side (tosidet visning)."""
    by, on, team = acting_user(), working_day(), request.args.get("team", "")
    with read_transaction() as session:
        row = service.get_round(session, public_id, actor=Actor(by, on))
        full = survey_answers.boxes_wait(session, row, on=on)
    if full:
        with transaction() as session:
            survey_answers.open_boxes(session, row, on=on)
    with read_transaction() as session:
        view = two_sided.two_sided(session, public_id, team=team, actor=Actor(by, on))
    if download.is_asked_for():
        chosen = f"Team: {view.teams[view.team]}" if view.team in view.teams else ""
        return download.open_as_sheet("Borgere og mentorer", ANSWERS, lambda _: view.rows, chosen=chosen, persons=False)
    may_send = may(by, "survey.send", on=on)
    return render_template("figures/surveys/show.html", view=view, parties=PARTIES, points=POINTS, may_send=may_send)


@bp.get("/<public_id>/udsendelse")
@requires("survey.send")
def sending(public_id: str) -> str:
    """Show who is asked and who has not answered (udsendelse)."""
    return _sending(public_id)


@bp.post("/<public_id>/forloeb")
@requires("survey.send")
def invite(public_id: str) -> ResponseReturnValue:
    """Add the courses that have come to the point since (forløb)."""
    actor = acting()
    with transaction() as session:
        row = service.get_round(session, public_id, actor=actor, action="survey.send")
        added = service.invite(session, row, actor=actor)
    flash(f"{added} nye på listen." if added else "Der er ingen nye forløb.", "success")
    return redirect(url_for("surveys.sending", public_id=public_id), 303)


@bp.post("/udsendelse/<public_id>/link")
@requires("survey.send")
def make_link(public_id: str) -> ResponseReturnValue:
    """Make a link to the respondent (link), which is shown once."""
    actor = acting()
    with transaction() as session:
        row, invitation, token = service.make_link(session, public_id, actor=actor)
    address = public_address("surveys.form", token=token)
    what = "Påmindelse: nyt link til skemaet" if invitation.reminded_on else "Link til skemaet"
    back = url_for(
        "surveys.sending", public_id=row.public_id, page=request.args.get("page"), hvem=request.args.get("hvem")
    )
    shown = {"address": address, "expires_on": row.closes_on, "what": what, "back": ("Tilbage til listen", back)}
    return render_template("platform/links/made.html", **shown)


@bp.get("/udsendelse/<public_id>/samtale")
@requires("survey.send")
def interview(public_id: str) -> str:
    """Fill in the form together with the respondent (samtale)."""
    page = _interview(public_id)
    return _form_page(page, answer_form(page.asked, page.words)(formdata=None), public_id)


@bp.post("/udsendelse/<public_id>/samtale")
@requires("survey.send")
def keep_interview(public_id: str) -> ResponseReturnValue:
    """Store the answers of an interview (samtale)."""
    page, actor = _interview(public_id), acting()
    form = answer_form(page.asked, page.words)()
    if form.validate_on_submit():
        with transaction() as session:
            kept = survey_answers.interview(session, public_id, answers_of(form, page.asked), actor=actor)
        flash("Svaret er gemt.", "success")
        return redirect(url_for("surveys.sending", public_id=kept), 303)
    return _form_page(page, form, public_id), 422


@bp.get("/svar/<token>")
@behind_link
def form(token: str) -> str:
    """Show the form on the phone (skema). Opening never spends the link; a spent one shows its receipt."""
    page = _open(token)
    values = {"form_id": str(uuid4()), "respondent": page.respondent}
    return _form_page(page, answer_form(page.asked, page.words)(formdata=None, data=values))


@bp.post("/svar/<token>")
@behind_link
def keep(token: str) -> ResponseReturnValue:
    """Store the answer (svar). The same form again shows the same receipt."""
    questions = _questions(token)
    made = answer_form(questions.asked, questions.words)()
    if made.validate_on_submit():
        told = {"respondent": made["respondent"].data or "", "form_id": made["form_id"].data or ""}
        with made.refusals_shown():
            with transaction() as session:
                said = answers_of(made, questions.asked)
                survey_answers.answer(session, token, said, **told, language=_language(), on=working_day())
            return redirect(url_for("surveys.form", token=token, sprog=_language()), 303)
    return _form_page(_open(token), made), 422


def _index(form: RoundForm) -> str:
    actor = acting()
    with read_transaction() as session:
        rounds = service.list_rounds(session, actor=actor)
    shown = {
        "may_send": actor.may("survey.send"),
        "titles": questionnaires(),
        "points": POINTS,
        "on": actor.day,
    }
    return render_template("figures/surveys/index.html", rounds=rounds, form=_offered(form), parties=PARTIES, **shown)


def _offered(form: RoundForm) -> RoundForm:
    form.offer({code: one.title for code, one in questionnaires().items()}, POINTS)
    return form


def _sending(public_id: str) -> str:
    by, on, waiting = acting_user(), working_day(), request.args.get("hvem") != "alle"
    page = request.args.get("page", 1, type=small_whole)
    with read_transaction() as session:
        row = service.get_round(session, public_id, actor=Actor(by, on), action="survey.send")
        found = service.list_sendings(session, row, waiting=waiting, actor=Actor(by, on), page=page)
        rates = service.rates(session, row, actor=Actor(by, on))
    shown = {"round": row, "found": found, "rates": rates, "waiting": waiting, "parties": PARTIES}
    return render_template("figures/surveys/sending.html", **shown, is_open=row.closes_on >= on)


def _interview(public_id: str) -> AnswerPage:
    actor = acting()
    with read_transaction() as session:
        return survey_answers.open_interview(session, public_id, language=_language(), actor=actor)


def _open(token: str) -> AnswerPage:
    with read_transaction() as session:
        return survey_answers.open_page(session, token, language=_language(), on=working_day())


def _questions(token: str) -> AnswerPage:
    with read_transaction() as session:
        return survey_answers.questions_of(session, token, language=_language(), on=working_day())


def _form_page(page: AnswerPage, form: BaseForm, together: str = "") -> str:
    """Show the form, or the receipt. `together` is the invitation it is filled in for in an interview."""
    shown = {"languages": languages(), "language": _language(), "together": together}
    return render_template("figures/surveys/form.html", page=page, form=form, **shown)


def _language() -> str:
    """Return the language asked for, Danish for an unknown one."""
    asked = request.args.get("sprog", DANISH)
    return asked if asked in languages() else DANISH
