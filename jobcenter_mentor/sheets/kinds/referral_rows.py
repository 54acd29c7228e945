"""Compare and import the citizens (borgere) and the referrals (henvisninger) of a sheet.

Citizens are found by CPR number, referrals by citizen and day of referral.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.referral_check import NewReferral, problems
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import ContactData
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.sheets.intake.row_check import CHANGED, UNCHANGED, SheetRow, tell
from jobcenter_mentor.sheets.kinds import citizen_rows
from jobcenter_mentor.sheets.kinds.citizen_rows import chunks, same
from jobcenter_mentor.sheets.kinds.new_citizens import register
from jobcenter_mentor.sheets.undo.trace import Trace

PERSONAL = "personlige forhold"
OTHER_OFFERS = {"can_take_other_offers", "cannot_because"}
CODES = {"weeks": "long_period", "minutes_per_week": "number_range", "hours_reason": "number_range"}
"""The contract's code for an error that the referral's own check finds, by field; all others are date_range."""


def differences(row: SheetRow, kept: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return heading, old and new of each field of the sheet that differs from what is stored."""
    columns = {column.field: column for column in row.profile.columns}
    return [
        (columns[name].heading, tell(old, columns[name]), tell(row.get(name), columns[name]))
        for name, old in kept.items()
        if name in row.places and not same(old, row.get(name))
    ]


class Citizens:
    """The citizens of a sheet (borgere)."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on = session, actor.user, actor.day
        self.people = citizen_rows.load(session, rows, actor=actor, law=law)

    def compare(self, row: SheetRow) -> None:
        """Compare a citizen with the stored one. Another name is an error, because the number may be wrong."""
        citizen = self.people.find(row)
        self.people.check_caseworker(row)
        if citizen is None:
            self.people.check_new(row)
            return
        self.people.keeps(row, citizen, citizen.caseworker_id)
        row.changes = differences(row, self._kept(citizen, row))
        row.status = CHANGED if row.changes else UNCHANGED

    def take_new(self, rows: list[SheetRow], trace: Trace, progress: Callable[[int, int], None] | None) -> None:
        """Register the new citizens (nye borgere), all at once."""
        register(self.people, rows, trace)

    def take(self, row: SheetRow) -> None:
        """Store the changed contact data and the new status."""
        citizen = self.people.ensure(row)
        names = ("address", "phone", "email", "language")
        given = {name: row.get(name) for name in names if row.get(name) and row.get(name) != getattr(citizen, name)}
        if given:
            contact = ContactData(**{name: getattr(citizen, name) for name in ContactData.__dataclass_fields__})
            citizens.amend_contact(
                self.session, citizen, replace(contact, **given), version=citizen.version, actor=Actor(self.by, self.on)
            )

    def _kept(self, citizen: Citizen, row: SheetRow) -> dict[str, Any]:
        """Return what is stored of the citizen, by the sheet's fields. An empty cell changes no contact data."""
        status = citizen.status_on(row.get("valid_from"))
        kept: dict[str, Any] = {
            "benefit": status.benefit if status else None,
            "visitation": status.visitation if status else None,
        }
        if row.get("has_education") is not None:
            kept["has_education"] = status.has_education if status else None
        for name in ("phone", "email", "address", "language"):
            if row.get(name):
                kept[name] = getattr(citizen, name)
        return kept


class Referrals:
    """The referrals of a sheet (henvisninger). The first day wished for is the day of referral."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on, self.law = session, actor.user, actor.day, law
        self.people = citizen_rows.load(session, rows, actor=actor, law=law)
        self.known: dict[tuple[int, date], Referral] = {}
        for chunk in chunks([citizen.id for citizen in self.people.known.values()]):
            for referral in session.scalars(select(Referral).where(Referral.citizen_id.in_(chunk))):
                self.known[referral.citizen_id, referral.referred_on] = referral

    def compare(self, row: SheetRow) -> None:
        """Compare a referral with the stored one. A closed case is never changed from a sheet."""
        citizen = self.people.find(row)
        self.people.check_caseworker(row)
        self._check(row)
        if citizen is None:
            self.people.check_new(row)
            return
        referral = self.known.get((citizen.id, row.get("referred_on")))
        self.people.keeps(row, citizen, referral.caseworker_id if referral else None)
        if referral is None:
            return
        new, told = self._new(row), list(self._told(row))
        row.changes = differences(row, {name: getattr(referral, name) for name in told if name not in OTHER_OFFERS})
        if any(getattr(referral, name) != getattr(new, name) for name in told if name in OTHER_OFFERS):
            row.changes.append(("Kan deltage i andre tilbud", "", "ændret"))
        row.status = CHANGED if row.changes else UNCHANGED
        if row.changes and referral.closed_on is not None:
            row.refuse("referred_on", "cross_field", f"Sag {referral.case_number} er afsluttet og kan ikke ændres.")

    def take(self, row: SheetRow) -> None:
        """Refer the citizen (henvisning), or change the open referral."""
        citizen = self.people.ensure(row)
        referral = self.known.get((citizen.id, row.get("referred_on")))
        if referral is None:
            referrals.refer(self.session, citizen, self._new(row), actor=Actor(self.by, self.on), law=self.law)
            return
        kept = {name: getattr(referral, name) for name in NewReferral.__dataclass_fields__ if name != "form_key"}
        told = {name: getattr(self._new(row), name) for name in self._told(row)}
        new = NewReferral(**(kept | told))
        referrals.amend(self.session, referral, new, version=referral.version, actor=Actor(self.by, self.on))

    def _check(self, row: SheetRow) -> None:
        for name, texts in problems(self._new(row), born=date.min, on=self.on).items():
            field = name if row.profile.has(name) else "referred_on" if name == "start" else "minutes_per_week"
            row.refuse(field, CODES.get(name, "date_range"), " ".join(texts))

    def _new(self, row: SheetRow) -> NewReferral:
        without = row.get("can_take_other_offers") is False
        reason = row.get("reason", "").casefold()
        return NewReferral(
            referred_on=row.get("referred_on"),
            goal=row.get("goal"),
            start=row.get("referred_on"),
            weeks=row.get("weeks"),
            minutes_per_week=row.get("minutes_per_week"),
            mentor_type=row.get("mentor_type", "INT"),
            tasks=row.get("tasks", []),
            wishes=row.get("wishes", ""),
            consulted=row.get("consulted", False),
            can_take_other_offers=row.get("can_take_other_offers"),
            cannot_because=("personal" if reason == PERSONAL else "other") if without and reason else None,
            first_offer=row.get("first_offer"),
            caseworker_id=self.people.caseworker_of(row),
        )

    @staticmethod
    def _told(row: SheetRow) -> Iterator[str]:
        """Yield the fields of a referral that the sheet fills in. An optional cell that is empty is skipped."""
        yield from ("goal", "tasks", "minutes_per_week", "weeks", "consulted", "can_take_other_offers")
        yield from (name for name in ("wishes", "mentor_type") if row.get(name))
        if row.get("first_offer") is not None:
            yield "first_offer"
        if row.get("reason") or row.get("can_take_other_offers") is not False:
            yield "cannot_because"
