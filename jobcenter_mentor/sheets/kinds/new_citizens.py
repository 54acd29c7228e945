"""Register the new citizens of a sheet (nye borgere) many at once, with every status the rows give."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.running_courses import written
from jobcenter_mentor.domain.kernel.identifiers import birth_date_of, sex_of
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.people.citizens.queries import folded
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.sheets.intake.row_check import SheetRow
from jobcenter_mentor.sheets.kinds.citizen_rows import SOURCE, SheetPeople
from jobcenter_mentor.sheets.undo.trace import Trace

Columns = dict[str, Any]


class Registered(NamedTuple):
    """A new citizen as stored (ny borger): the row id, the columns, and the columns of the statuses by day."""

    id: int
    columns: Columns
    statuses: list[Columns]

    def as_citizen(self) -> Citizen:
        """Return the citizen (borger), not tied to the session."""
        citizen = Citizen(id=self.id, **self.columns)
        citizen.statuses = [CitizenStatus(**status) for status in self.statuses]
        return citizen


def register(people: SheetPeople, rows: Sequence[SheetRow], trace: Trace) -> list[Registered]:
    """Register the new citizens of the rows (nye borgere), as columns without entities. Known ones are left out.

    The first row of a citizen opens the case. A later row with another target group gives a new status from its day.
    """
    by_cpr: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        if row.get("cpr") not in people.known:
            by_cpr[row.get("cpr")].append(row)
    values = [_columns(people, cpr, of_one[0]) for cpr, of_one in by_cpr.items()]
    ids = written(people.session, Citizen, values)
    found = [
        Registered(number, columns, list(_statuses(number, of_one)))
        for number, of_one, columns in zip(ids, by_cpr.values(), values, strict=True)
    ]
    statuses = [status for one in found for status in one.statuses]
    trace.note_made(Citizen, ids)
    trace.note_made(CitizenStatus, written(people.session, CitizenStatus, statuses))
    _record(people.session, people.by, ids)
    return found


def _columns(people: SheetPeople, cpr: str, row: SheetRow) -> Columns:
    new = people.new_citizen(row)
    return {
        "cpr": cpr,
        "cpr_index": people.indexes[cpr],
        "search_name": folded(f"{new.first_name} {new.last_name}"),
        "birth_date": birth_date_of(cpr),
        "sex": "K" if sex_of(cpr) == "kvinde" else "M",
        "integration_programme": False,
    } | {
        name: getattr(new, name)
        for name in ("first_name", "last_name", "address", "phone", "email", "language", "team_id", "caseworker_id")
    }


def _statuses(number: int, rows: Sequence[SheetRow]) -> Iterator[Columns]:
    """Yield the statuses of a new citizen by day, only those that differ from the one before."""
    told: dict[date, SheetRow] = {}
    for row in rows:
        told[SheetPeople.status_day(row)] = row
    before: tuple[Any, ...] | None = None
    for day in sorted(told):
        row = told[day]
        said = (row.get("benefit"), row.get("visitation", row.get("match_group")), row.get("has_education"))
        if said != before:
            group = int(row.get("match_group")[-1]) if row.get("match_group") else None
            yield {
                "citizen_id": number,
                "valid_from": day,
                "benefit": said[0],
                "visitation": said[1],
                "match_group": group,
                "has_education": said[2],
                "source": SOURCE,
            }
        before = said


def _record(session: Session, by: User, ids: Sequence[int]) -> None:
    if ids:
        detail = {"citizens": len(ids)}
        audit.record(session, by=by, action="citizen.register", subject="citizen", citizens=ids, detail=detail)
