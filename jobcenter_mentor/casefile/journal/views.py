"""Pages under /journal: a citizen's journal, also for print, a note by hand, and a note on health."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.journal import service
from jobcenter_mentor.casefile.journal.forms import JournalFilterForm, NoteForm
from jobcenter_mentor.casefile.journal.service import KINDS, JournalFilter
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.service import reader_of, shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may, requires
from jobcenter_mentor.platform.database.db import read_transaction, reading, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, reason_is_given, working_day

bp = Blueprint("journal", __name__, url_prefix="/journal")


@bp.get("/<public_id>")
@requires("note.read")
def show(public_id: str) -> str:
    """Show the journal, newest first."""
    return _page(public_id, NoteForm(formdata=None))


@bp.get("/<public_id>/udskrift")
@requires("note.read")
def printed(public_id: str) -> str:
    """Show the whole journal on one page, to be printed."""
    return _page(public_id, NoteForm(formdata=None), replace(_chosen(), page=0))


@bp.post("/<public_id>")
@requires("note.write")
def create(public_id: str) -> ResponseReturnValue:
    """Store the note."""
    form, actor = NoteForm(), acting()
    with transaction() as session:
        citizens.get_citizen(session, public_id, actor=actor, action="note.write")
    form.grant.choices = {"": "", (form.grant.data or ""): ""}
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = citizens.get_citizen(session, public_id, actor=actor, action="note.write")
                service.add_note(session, citizen, **form.told(), actor=actor)
            flash("Notatet er skrevet i journalen.", "success")
            return redirect(url_for("journal.show", public_id=public_id), 303)
    return _page(public_id, form), 422


@bp.get("/notat/<public_id>")
@requires("citizen.health.read")
def note(public_id: str) -> ResponseReturnValue:
    """Show a note on health; a colleague's citizen's only with a written reason."""
    actor = acting()
    with reading() as session:
        must_tell = service.asks_why(session, public_id, actor=actor)
    if must_tell and not reason_is_given():
        return redirect(url_for("auth.reason", next=request.path), 303)
    with read_transaction() as session:
        entry, citizen = service.get_note(session, public_id, actor=actor)
    return render_template("casefile/journal/note.html", entry=entry, citizen=citizen)


def _chosen() -> JournalFilter:
    form = JournalFilterForm(request.args)
    kind = form.kind.data if form.kind.data in KINDS else ""
    return JournalFilter(kind=kind, grant=(form.grant.data or "")[:36], page=max(1, form.page.data or 1))


def _page(public_id: str, form: NoteForm, asked: JournalFilter | None = None) -> str:
    by, on, chosen = acting_user(), working_day(), asked or _chosen()
    with read_transaction() as session:
        journal = service.show(session, public_id, chosen, actor=Actor(by, on))
    names = JournalFilterForm(request.args).apart("filter")
    names.kind.choices = {"": "Alt"} | KINDS
    names.grant.choices = {"": "Alle sager"} | journal.courses
    form.grant.choices = {"": "Borgeren, ingen bestemt sag"} | journal.courses
    if not form.is_submitted():
        form.grant.data = chosen.grant
    shown = {"journal": journal, "form": form, "names": names, "chosen": chosen, "kinds": KINDS}
    name = shown_name(journal.citizen, reader_of(by, on=on))
    return render_template("casefile/journal/show.html", **shown, name=name, may_write=may(by, "note.write", on=on))
