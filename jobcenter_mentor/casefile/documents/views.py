"""Pages under /dokumenter: add a document, open it, replace it, remove it."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter_mentor.casefile.documents import service
from jobcenter_mentor.casefile.documents.filetypes import MIMETYPES
from jobcenter_mentor.casefile.documents.forms import NO_COURSE, DocumentForm, FileForm, RemoveForm, ReplaceForm
from jobcenter_mentor.casefile.documents.service import NewDocument
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import requires
from jobcenter_mentor.platform.database.db import read_transaction, transaction
from jobcenter_mentor.platform.pages.door import acting, acting_user, reason_is_given, working_day

bp = Blueprint("documents", __name__, url_prefix="/dokumenter")
WRITE = "document.write"


@bp.get("/ny/<public_id>")
@requires(WRITE)
def new(public_id: str) -> str:
    """Show the empty form for a citizen's document, maybe on one course."""
    return _new(DocumentForm(formdata=None, dated=working_day(), course=request.args.get("course", "")), public_id)


@bp.post("/ny/<public_id>")
@requires(WRITE)
def create(public_id: str) -> ResponseReturnValue:
    """Store the document; a file that can't be accepted is named at the field."""
    form, actor = DocumentForm(), acting()
    name, content = form.content()
    form.course.choices = NO_COURSE | _courses(public_id)
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                citizen = citizens.get_citizen(session, public_id, actor=actor, action=WRITE)
                service.add(session, citizen, _told(form, name, content, form.course.data or ""), actor=actor)
            flash("Dokumentet er gemt og skrevet i journalen.", "success")
            return redirect(url_for("citizens.show", public_id=public_id, _anchor="h-dokumenter"), 303)
    return _new(form, public_id), 422


@bp.get("/<public_id>")
@requires("document.read")
def show(public_id: str) -> Response:
    """Return the document; the file name holds no personal data, and the browser may not guess its type."""
    by, on, has_reason = acting_user(), working_day(), reason_is_given()
    with read_transaction() as session:
        document, content = service.read(session, public_id, has_reason=has_reason, actor=Actor(by, on))
    name = f"dokument-{document.dated.isoformat()}-{document.public_id[:8]}.{document.kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype=MIMETYPES[document.kind], headers=headers)


@bp.get("/<public_id>/ret")
@requires(WRITE)
def edit(public_id: str) -> str:
    """Show the two forms that replace or remove a document."""
    return _edit(public_id, None, RemoveForm(formdata=None))


@bp.post("/<public_id>/erstat")
@requires(WRITE)
def replace(public_id: str) -> ResponseReturnValue:
    """Store a new version; the old one can still be read."""
    form, actor = ReplaceForm(), acting()
    name, content = form.content()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                old, citizen = service.get(session, public_id, actor=actor, action=WRITE)
                because, told = form.because.data or "", _told(form, name, content)
                service.replace(session, old, told, because=because, actor=actor)
            flash("Den nye version er gemt. Den gamle kan stadig læses.", "success")
            return redirect(url_for("citizens.show", public_id=citizen.public_id, _anchor="h-dokumenter"), 303)
    return _edit(public_id, form, RemoveForm(formdata=None)), 422


@bp.post("/<public_id>/fjern")
@requires(WRITE)
def remove(public_id: str) -> ResponseReturnValue:
    """Remove the document's content; title, day and reason stay."""
    form, actor = RemoveForm(), acting()
    if form.validate_on_submit():
        with form.refusals_shown():
            with transaction() as session:
                document, citizen = service.get(session, public_id, actor=actor, action=WRITE)
                service.remove(session, document, because=form.because.data or "", actor=actor)
            flash("Dokumentet er fjernet. Det står stadig på listen, at det har været der.", "success")
            return redirect(url_for("citizens.show", public_id=citizen.public_id, _anchor="h-dokumenter"), 303)
    return _edit(public_id, None, form), 422


def _told(form: FileForm, name: str, content: bytes, course: str = "") -> NewDocument:
    told: dict[str, Any] = {"title": form.title.data or "", "dated": form.dated.data, "party": form.party.data or ""}
    told |= {"released": bool(form.released.data), "is_internal": bool(form.is_internal.data)}
    return NewDocument(**told, filename=name, content=content, grant=course)


def _courses(public_id: str) -> dict[str, str]:
    actor = acting()
    with read_transaction() as session:
        citizen = citizens.get_citizen(session, public_id, actor=actor, action=WRITE)
        return service.courses_of(session, citizen.id)


def _new(form: DocumentForm, public_id: str) -> str:
    actor = acting()
    with read_transaction() as session:
        citizen = citizens.view_citizen(session, public_id, actor=actor, action=WRITE)
        form.course.choices = NO_COURSE | service.courses_of(session, citizen.id)
    return render_template("casefile/documents/new.html", form=form, citizen=citizen)


def _edit(public_id: str, form: ReplaceForm | None, removal: RemoveForm) -> str:
    actor = acting()
    with read_transaction() as session:
        document, citizen = service.get(session, public_id, actor=actor, action=WRITE)
        citizens.view_citizen(session, citizen.public_id, actor=actor, action=WRITE)
    if form is None:
        form = ReplaceForm(formdata=None, obj=document)
    return render_template(
        "casefile/documents/edit.html", form=form, removal=removal, document=document, citizen=citizen
    )
