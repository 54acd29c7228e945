"""Compare and import the mentors of a sheet by e-mail (mentorer), and its meetings by course, day and form (møder)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.contact_deadline import last_day_of
from jobcenter_mentor.casework.meetings.models import Meeting
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.domain.kernel.errors import ImportRejected
from jobcenter_mentor.domain.kernel.identity import NameKey, may_be_same, name_key, same_name
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.mentors import service as mentors
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.mentors.service import NewMentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.sheets.intake.row_check import CHANGED, UNCHANGED, SheetRow
from jobcenter_mentor.sheets.kinds import citizen_rows
from jobcenter_mentor.sheets.kinds.citizen_rows import chunks
from jobcenter_mentor.sheets.kinds.referral_rows import differences


class Mentors:
    """The mentors of a sheet (mentorer)."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on = session, actor.user, actor.day
        self.corps = mentors.whole_corps(session)
        self.found: dict[int, Mentor] = {}

    def compare(self, row: SheetRow) -> None:
        """Compare a mentor with the corps.

        Hours and price are unchanged when the same ones are in force from the same day.
        """
        mentor = self._find(row)
        if mentor is None:
            return
        self.found[id(row)] = mentor
        names = ("mentor_type", "phone", "email", "employer", "cvr", "area", "course_hours")
        kept = {name: getattr(mentor, name) for name in names}
        if not same_name(mentor.name, _name_in(row)):
            kept |= {"first_name": mentor.first_name, "last_name": mentor.last_name}
        spoken = mentors.skill_words(row.get("languages", []))
        for kind, name, told in (("language", "languages", set()), ("competence", "competences", spoken)):
            codes = sorted(skill.code for skill in mentor.skills if skill.kind == kind)
            wished = sorted(mentors.skill_words(row.get(name, [])) - told)
            kept[name] = row.get(name) if codes == wished else codes
        hours = next((period for period in mentor.hours if period.valid_from == row.get("hours_from")), None)
        kept["minutes_per_week"] = hours.minutes_per_week if hours else None
        kept["hours_to"] = hours.valid_to if hours else None
        if row.get("hourly_price") is not None:
            prices = [price for price in mentor.prices if price.valid_from <= row.get("hours_from")]
            kept["hourly_price"] = prices[-1].hourly_price if prices else None
        row.changes = differences(row, kept)
        row.status = CHANGED if row.changes else UNCHANGED

    def take(self, row: SheetRow) -> None:
        """Register the mentor (mentor), or change the one with the same e-mail."""
        mentor, new = self.found.get(id(row)), _new_mentor(row)
        if mentor is None:
            mentors.register(self.session, new, actor=Actor(self.by, self.on))
            return
        if same_name(mentor.name, _name_in(row)):
            new = replace(new, first_name=mentor.first_name, last_name=mentor.last_name)
        mentors.amend(self.session, mentor, new, actor=Actor(self.by, self.on))

    def _find(self, row: SheetRow) -> Mentor | None:
        """Find the mentor. The address of a single mentor is the key of the sheet, whatever the name is now."""
        found = self.corps.find(name=_name_in(row), phone=row.get("phone"), email=row.get("email"))
        if found.doubt is not None:
            row.refuse("phone", "name_conflict", in_doubt(found.doubt))
        if found.mentor is not None or found.doubt is not None:
            return found.mentor
        of_mail = self.corps.only_one_of(row.get("email"))
        if of_mail is not None:
            text = f"E-mailen er registreret for {of_mail.name}. Er det en anden person, så skriv dennes egen e-mail."
            row.warn("email", "name_conflict", text)
        return of_mail


class Meetings:
    """The meetings of a sheet (møder), each logged on the citizen's course with the mentor that day."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on, self.law = session, actor.user, actor.day, law
        self.people = citizen_rows.load(session, rows, actor=actor, law=law)
        self.grants: dict[int, dict[NameKey, list[Grant]]] = defaultdict(lambda: defaultdict(list))
        self.logged: dict[tuple[int, date, str], Meeting] = {}
        ids = list[int]()
        for chunk in chunks([citizen.id for citizen in self.people.known.values()]):
            with_mentor = select(Grant).where(Grant.citizen_id.in_(chunk)).options(joinedload(Grant.mentor))
            for grant in session.scalars(with_mentor.order_by(Grant.id)):
                ids.append(grant.id)
                if grant.mentor is not None:
                    self.grants[grant.citizen_id][name_key(grant.mentor.name)].append(grant)
        for chunk in chunks(ids):
            kept = select(Meeting).where(Meeting.grant_id.in_(chunk), ~Meeting.corrected)
            for meeting in session.scalars(kept):
                self.logged[meeting.grant_id, meeting.met_on, meeting.form] = meeting

    def compare(self, row: SheetRow) -> None:
        """Compare a meeting with the log. The citizen must have a course with the mentor on the day."""
        grant = self._course(row)
        if grant is None:
            row.refuse("mentor", "cross_field", "Borgeren har ikke et forløb med mentoren den dag.")
            return
        meeting = self._meeting(row, grant)
        if meeting is not None:
            names = ("held", "absence_reason", "topics", "note", "minutes")
            row.changes = differences(row, {name: getattr(meeting, name) for name in names})
            row.status = CHANGED if row.changes else UNCHANGED

    def take(self, row: SheetRow) -> None:
        """Log the meeting (møde), or correct the logged one. The old text is preserved."""
        grant = self._course(row)
        if grant is None:
            raise ImportRejected("Borgeren har ikke et forløb med mentoren den dag.")
        new = NewMeeting(
            met_on=row.get("met_on"),
            form=row.get("form"),
            held=row.get("held"),
            minutes=row.get("minutes", 0),
            absence_reason=row.get("absence_reason", ""),
            topics=tuple(row.get("topics", ())),
            note=row.get("note", ""),
        )
        assert self.law is not None, "a meeting moves deadlines when it is taken in"  # noqa: S101 - for the type checker
        meeting = self._meeting(row, grant)
        if meeting is None:
            meetings.log(self.session, grant, new, actor=Actor(self.by, self.on), law=self.law)
        else:
            meetings.correct(self.session, meeting, grant, new, actor=Actor(self.by, self.on), law=self.law)

    def _course(self, row: SheetRow) -> Grant | None:
        citizen, day = self.people.known.get(row.get("cpr")), row.get("met_on")
        of_citizen = self.grants[citizen.id] if citizen else {}
        named = of_citizen.get(name_key(row.get("mentor"))) or [
            grant
            for grants in of_citizen.values()
            for grant in grants
            if grant.mentor is not None and may_be_same(grant.mentor.name, row.get("mentor"))
        ]
        return next((grant for grant in named if grant.start <= day <= last_day_of(grant)), None)

    def _meeting(self, row: SheetRow, grant: Grant) -> Meeting | None:
        return self.logged.get((grant.id, row.get("met_on"), row.get("form")))


def in_doubt(mentor: Mentor) -> str:
    """Return the question for a row that may be about a known mentor."""
    return (
        f"Nummeret er registreret for {mentor.name}. Er det samme person, så skriv navnet sådan; er det en anden, "
        "så skriv dennes eget nummer."
    )


def _name_in(row: SheetRow) -> str:
    return f"{row.get('first_name')} {row.get('last_name')}"


def _new_mentor(row: SheetRow) -> NewMentor:
    return NewMentor(
        first_name=row.get("first_name"),
        last_name=row.get("last_name"),
        mentor_type=row.get("mentor_type"),
        phone=row.get("phone"),
        email=row.get("email"),
        minutes_per_week=row.get("minutes_per_week"),
        hours_from=row.get("hours_from"),
        hours_to=row.get("hours_to"),
        hourly_price=row.get("hourly_price"),
        languages=tuple(row.get("languages", ())),
        competences=tuple(row.get("competences", ())),
        employer=row.get("employer", ""),
        cvr=row.get("cvr", ""),
        area=row.get("area", ""),
        course_hours=row.get("course_hours"),
    )
