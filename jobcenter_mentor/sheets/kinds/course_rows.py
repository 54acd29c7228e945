"""Compare the courses of a sheet (forløb i ark) by CPR number, first day and mentor, and import them.

Citizens and mentors are registered where they are new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.course_change import cost_lines
from jobcenter_mentor.casework.grants.models import IMPORTED, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.running_course import NewCourse
from jobcenter_mentor.casework.grants.running_courses import take_in_courses
from jobcenter_mentor.domain.kernel.identity import may_be_same, same_name
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors import service as mentors
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.audit.lawful_change import ranges_of, within
from jobcenter_mentor.sheets.intake.occupied_days import PeriodDays
from jobcenter_mentor.sheets.intake.row_check import CHANGED, UNCHANGED, SheetRow, tell
from jobcenter_mentor.sheets.kinds import citizen_rows
from jobcenter_mentor.sheets.kinds.citizen_rows import SheetPeople, chunks, same
from jobcenter_mentor.sheets.kinds.mentor_rows import in_doubt
from jobcenter_mentor.sheets.kinds.new_citizens import register
from jobcenter_mentor.sheets.undo.trace import Trace

DECIDED_HERE = "Forløbet er bevilget her i systemet og kan ikke ændres fra et ark."


class CourseSheet:
    """The courses of a sheet (forløb i et ark), with what is known of their citizens."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on, self.law = session, actor.user, actor.day, law
        self.people: SheetPeople = citizen_rows.load(session, rows, actor=actor, law=law)
        self.grants: dict[tuple[int, date], list[Grant]] = defaultdict(list)
        self.days: dict[int, PeriodDays[Grant]] = defaultdict(PeriodDays)
        self.corps = mentors.whole_corps(session)
        self.framed = set(session.scalars(select(Frame.year).distinct()))
        self.phones: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self.phones[row.get("email", "").casefold()].add(row.get("phone", ""))
        for chunk in chunks([citizen.id for citizen in self.people.known.values()]):
            of_citizens = select(Grant).where(Grant.citizen_id.in_(chunk)).options(joinedload(Grant.mentor))
            for grant in session.scalars(of_citizens.order_by(Grant.id)):
                self.grants[grant.citizen_id, grant.start].append(grant)
                if grant.form == "individual":
                    last_day = min(grant.last_day, grant.ended_on or grant.last_day)
                    self.days[grant.citizen_id].take(grant.start, last_day, grant)

    def compare(self, row: SheetRow) -> None:
        """Compare the row with what is registered. Sets its status and changes, or refuses it."""
        citizen = self.people.find(row)
        self.people.check_caseworker(row)
        if not {row.get("start").year, row.get("last_day").year} <= self.framed:
            row.warnings = [warning for warning in row.warnings if warning.code != "year_shift"]
        if citizen is None:
            self.people.check_new(row)
            self._check_mentor(row)
            return
        grant = self._find(row)
        self._check_mentor(row)
        self.people.keeps(row, citizen, grant.caseworker_id if grant else None)
        if grant is None:
            self._refuse_overlap(row, citizen.id)
            return
        row.changes = list(self._changes(row, grant))
        row.status = CHANGED if row.changes else UNCHANGED
        if row.changes and grant.origin != IMPORTED:
            row.refuse("start", "cross_field", DECIDED_HERE)

    def _check_mentor(self, row: SheetRow) -> None:
        """Refuse a row whose mentor may be a known one, and warn where the name is written differently."""
        name = row.get("mentor")
        found = self.corps.find(name=name, phone=row.get("phone"), email=row.get("email"))
        if found.doubt is not None:
            row.refuse("mentor", "name_conflict", in_doubt(found.doubt))
        elif found.mentor is not None and not same_name(found.mentor.name, name):
            row.warn("mentor", "name_conflict", f"Læst som {found.mentor.name}, der har samme e-mail.")

    def take(self, row: SheetRow) -> None:
        """Correct an imported course (forløb) to what the row says."""
        grant = self._find(row)
        if grant is not None:
            self._correct(grant, row)

    def take_new(self, rows: list[SheetRow], trace: Trace, progress: Callable[[int, int], None] | None) -> None:
        """Import the new courses (nye forløb) all at once, with new citizens and mentors first."""
        citizens = {one.columns["cpr"]: one.as_citizen() for one in register(self.people, rows, trace)}
        courses = [self._course(row, citizens.get(row.get("cpr")) or self.people.ensure(row)) for row in rows]
        self.session.flush()
        ids = take_in_courses(self.session, courses, actor=Actor(self.by, self.on), law=self.law, progress=progress)
        trace.note_made(Grant, ids)
        trace.note_made(GrantPeriod, self.session.scalars(select(GrantPeriod.id).where(_of(ids))))

    def _course(self, row: SheetRow, citizen: Citizen) -> NewCourse:
        return NewCourse(
            citizen=citizen,
            start=row.get("start"),
            last_day=row.get("last_day"),
            minutes_per_week=row.get("minutes_per_week", 0),
            hourly_price=row.get("hourly_price", 0),
            mentor_type=row.get("mentor_type"),
            goal=row.get("goal"),
            mentor=self._mentor(row),
            caseworker_id=self.people.caseworker_of(row),
            form=row.get("form", "individual"),
        )

    def _find(self, row: SheetRow) -> Grant | None:
        citizen = self.people.known.get(row.get("cpr"))
        begun = self.grants.get((citizen.id if citizen else 0, row.get("start")), [])
        with_mentor = [(grant.mentor.name, grant) for grant in begun if grant.mentor is not None]
        same = next((grant for name, grant in with_mentor if same_name(name, row.get("mentor"))), None)
        return same or next((grant for name, grant in with_mentor if may_be_same(name, row.get("mentor"))), None)

    def _refuse_overlap(self, row: SheetRow, citizen_id: int) -> None:
        if row.get("form", "individual") != "individual" or citizen_id not in self.days:
            return
        grant = self.days[citizen_id].row_on(row.get("start"), row.get("last_day"))
        if grant is not None:
            row.refuse("start", "overlap", f"Overlapper sag {grant.case_number} her i systemet. Ret datoerne.")

    def _changes(self, row: SheetRow, grant: Grant) -> list[tuple[str, str, str]]:
        """Return heading, old and new of each field that differs. Only fields of the sheet are compared."""
        columns = {column.field: column for column in row.profile.columns}
        changes = []
        for name, old in self._kept(row, grant).items():
            new = row.get(name)
            if name in row.places and not same(old, new):
                column = columns[name]
                changes.append((column.heading, tell(old, column), tell(new, column)))
        return changes

    def _kept(self, row: SheetRow, grant: Grant) -> dict[str, Any]:
        """Return what is stored of a course, by the sheet's fields."""
        visitation, mentor = grant.visitation, grant.mentor
        matched = visitation if (visitation or "").startswith("match") else None
        kept = {
            "last_day": grant.last_day,
            "hourly_price": grant.hourly_price,
            "mentor_type": grant.mentor_type,
            "goal": grant.goal,
            "form": grant.form if row.get("form") else None,
            "benefit": grant.benefit,
            "visitation": None if matched else visitation,
        }
        if len(grant.periods) == 1:
            kept["minutes_per_week"] = grant.periods[0].minutes_per_week
        if mentor is not None and mentor.email.casefold() != row.get("email", "").casefold():
            kept["email"] = mentor.email
        elif mentor is not None and len(self.phones[mentor.email.casefold()]) == 1:
            kept["phone"] = mentor.phone
        return kept

    def _correct(self, grant: Grant, row: SheetRow) -> None:
        """Correct an imported course to what the sheet says. The reservation follows without refusal."""
        grant.mentor = self._mentor(row)
        grant.last_day, grant.mentor_type, grant.goal = row.get("last_day"), row.get("mentor_type"), row.get("goal")
        grant.hourly_price, grant.form = row.get("hourly_price", 0), row.get("form", grant.form)
        grant.approved_price = grant.hourly_price
        grant.benefit = row.get("benefit")
        grant.visitation = row.get("visitation", row.get("match_group"))
        for period in grant.periods:
            period.last_day = min(period.last_day, grant.last_day)
        grant.periods[-1].last_day = grant.last_day
        if len(grant.periods) == 1:
            grant.periods[0].minutes_per_week = row.get("minutes_per_week", 0)
        self.session.flush()
        lines = cost_lines(self.session, grant)
        frames.resize(self.session, grant_id=grant.id, lines=lines, may_go_beyond=True)
        month_sums.keep(self.session, grant.id)
        subcourses.keep(self.session, [grant.id])
        audit.record(
            self.session,
            by=self.by,
            action="grant.correct",
            subject="grant",
            subject_id=grant.public_id,
            citizens=[grant.citizen_id],
            detail={"case_number": grant.case_number, "fields": [heading for heading, _, _ in row.changes]},
        )

    def _mentor(self, row: SheetRow) -> Mentor:
        """Return the mentor by e-mail and name, registered if new. A course gives no hours to the corps."""
        name, email = row.get("mentor"), row.get("email")
        mentor = self.corps.find(name=name, phone=row.get("phone"), email=email).mentor
        if mentor is None:
            first, _, last = name.rpartition(" ")
            mentor = Mentor(
                first_name=(first or last)[:100],
                last_name=(last if first else "")[:100],
                search_name=name.casefold(),
                mentor_type=row.get("mentor_type"),
                phone=row.get("phone"),
                email=email,
                active_from=row.get("start"),
            )
            self.session.add(mentor)
            self.session.flush()
            self.corps.add(mentor)
            audit.record(
                self.session, by=self.by, action="mentor.register", subject="mentor", subject_id=mentor.public_id
            )
        if len(self.phones[email.casefold()]) == 1:
            mentor.phone = row.get("phone")
        mentor.active_from = min(mentor.active_from, row.get("start"))
        return mentor


def _of(grants: Iterable[int]) -> ColumnElement[bool]:
    return within(GrantPeriod.__table__.c.grant_id, ranges_of(grants))
