"""Open as Excel (åbn som Excel): all pages of a list as shown, under the same address with `format=xlsx`.

A list that names persons goes only to those who may export persons, within the reach of that right, and where the
right asks for a reason, with one for each export; who was on the list is logged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from flask import redirect, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotAllowed
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.policy import may, needs_reason, teams_on, visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import read_transaction
from jobcenter_mentor.platform.law_figures.service import get_municipality
from jobcenter_mentor.platform.pages.door import acting, acting_user, working_day
from jobcenter_mentor.platform.pages.forms import BaseForm
from jobcenter_mentor.platform.workbook import XLSX, SheetColumn, workbook_of

EXPORT = "export.persons"
FORMAT = "xlsx"
Row = TypeVar("Row", covariant=True)


class Listed(Protocol[Row]):
    """A page of a list: its rows, and how many pages there are."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of the page."""

    @property
    def pages(self) -> int:
        """The number of pages."""


def is_asked_for() -> bool:
    """Return whether the address asks for the list as a sheet."""
    return request.args.get("format") == FORMAT


def sheet_url(*, persons: bool = True) -> str:
    """Return the address of the list at hand as a sheet, its filter kept; empty for who may not export it."""
    if not current_user.is_authenticated or (persons and not may(acting_user(), EXPORT, on=working_day())):
        return ""
    asked = {key: value for key, value in request.args.to_dict(flat=False).items() if key not in {"page", "format"}}
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **asked, "format": FORMAT})


def every_page(list_page: Callable[[int], Listed[Row]]) -> Iterator[Row]:
    """Give all pages of a list; `list_page` is called with the number of the page, from 1."""
    number = 1
    while True:
        page = list_page(number)
        yield from page.rows
        if number >= page.pages or not page.rows:
            return
        number += 1


def open_as_sheet(
    title: str,
    columns: Sequence[SheetColumn],
    rows: Callable[[Session], Iterable[Any]],
    *,
    form: BaseForm | None = None,
    chosen: str = "",
    person: Callable[[Any], int | None] | None = None,
    persons: bool = True,
) -> ResponseReturnValue:
    """Send listen som projektmappe; `person` tells which citizen a row is about.

    What the list holds is told by `chosen`, in words, and by its filter `form`.

    Without `persons` the list holds none and the right to the page is enough. Raises NotAllowed for who may not export.
    """
    actor = acting()
    if persons and not actor.may(EXPORT):
        raise NotAllowed("Din rolle må ikke hente lister med personer.")
    if persons and needs_reason(actor.user, EXPORT, on=actor.day) and session.pop("reason", None) != request.path:
        return redirect(url_for("auth.reason", next=request.full_path), 303)
    with read_transaction() as own:
        found = list(rows(own))
        if person is not None:
            found = _within_reach(own, found, person)
        words = [
            ("Kommune", get_municipality(own).name),
            ("Udvalg", _told(chosen, _filter_words(form)) or "Hele listen, som brugeren har adgang til."),
            ("Lavet", f"{actor.day:%d.%m.%Y} af {actor.user.full_name}"),
        ]
        content = workbook_of(title, columns, found, words)
        audit.record(
            own,
            by=actor.user,
            action=EXPORT if persons else "export.list",
            subject="list",
            subject_id=str(request.endpoint)[:36],
            citizens={key for row in found if person is not None and (key := person(row)) is not None},
            detail={"page": request.path, "rows": len(found)},
        )
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{_file_name(title)}-{actor.day}.xlsx")


def _within_reach(own: Session, rows: list[Any], person: Callable[[Any], int | None]) -> list[Any]:
    """Leave out whom the reader may see but not export, as where one role may read all and another export its team."""
    actor = acting()
    if teams_on(actor.user, EXPORT, on=actor.day) is None:
        return rows
    allowed = set(own.scalars(visible(select(Citizen.id), Citizen, actor.user, EXPORT, actor.day)))
    return [row for row in rows if person(row) in allowed]


def _told(*words: str) -> str:
    return ", ".join(filter(None, words))


def _filter_words(form: BaseForm | None) -> str:
    """Return the filter as the page words it."""
    return ", ".join(
        f"{field.label.text}: {_chosen(field)}" for field in form or () if field.data and field.name != "page"
    )


def _chosen(field: Any) -> str:
    """Return what a field of a filter says, in the words of its choices."""
    words = dict(field.choices if isinstance(getattr(field, "choices", None), dict) else ())
    if field.data is True:
        return "ja"
    return str(words.get(field.data, field.data.strftime("%d.%m.%Y") if isinstance(field.data, date) else field.data))


def _file_name(title: str) -> str:
    folded = title.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return "-".join("".join(sign if sign.isalnum() else " " for sign in folded).split())
