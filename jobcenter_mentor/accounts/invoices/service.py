"""Invoices (fakturaer): accepts lines from a sheet or by hand, each tied to the course it is for.

A line whose citizen has no course with the mentor is kept and shown as a difference; it can't be paid.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from jobcenter_mentor.accounts.invoices import credits
from jobcenter_mentor.accounts.invoices.invoice_line import CHANGED, NEW, UNCHANGED, Judged, NewInvoiceLine, check_row
from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.people.citizens.cpr_numbers import owners_of
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.suppliers.models import Supplier
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor.platform.database.locks import lock_office

COMPARED = ("first_day", "last_day", "minutes", "hundredths", "hourly_price", "amount", "item")
CHUNK = 500


def take_in(session: Session, rows: Sequence[NewInvoiceLine], *, actor: Actor, source: str = "ark") -> list[Judged]:
    """Store invoice lines, all or none: return one `Judged` a row, in their order, with status new/changed/unchanged.

    Raises ValidationFailed with errors keyed `ROW.FIELD` (rows from 0, fields as in NewInvoiceLine) when a row can't
    be taken in; nothing is written then. Reads in bulk: a handful of statements however many rows. A line already
    matched, released or rejected is never changed. Call `judge` first to show what will happen.
    """
    lock_office(session)
    judged = judge(session, rows, actor=actor)
    errors = {f"{place}.{name}": texts for place, one in enumerate(judged) for name, texts in one.errors.items()}
    if errors:
        raise ValidationFailed("Fakturalinjerne er ikke gemt. Ret det, der er markeret.", errors=errors)
    heads = _heads(session, judged, actor=actor, source=source)
    lines = [_line(one, heads[one.row.cvr, one.row.invoice], actor) for one in judged if one.status == NEW]
    session.add_all(lines)
    changed = [(one.kept, one.changes) for one in judged if one.status == CHANGED and one.kept is not None]
    billed = {line.grant_id for line in [*lines, *(kept for kept, _ in changed)]}
    for kept, changes in changed:
        for name, _, new in changes:
            setattr(kept, name, new)
    billed |= {kept.grant_id for kept, _ in changed}
    session.flush()
    for credited in {one.corrects for one in judged if one.corrects is not None}:
        session.refresh(credited)
    month_sums.keep(session, *(grant_id for grant_id in billed if grant_id))
    touched = [one for one in judged if one.status != UNCHANGED]
    if touched:
        audit.record(
            session,
            by=actor.user,
            action="invoice.enter",
            subject="invoice",
            subject_id=touched[0].row.invoice,
            citizens=sorted({one.citizen.id for one in touched if one.citizen}),
            detail={"lines": len(touched), "source": source},
        )
    return judged


def judge(session: Session, rows: Sequence[NewInvoiceLine], *, actor: Actor) -> list[Judged]:
    """Compare the rows with what is stored; it writes nothing. What is wrong is in `errors` of each."""
    judged = [Judged(row, number) for row, number in _numbered(rows)]
    known = _Known(session, rows, actor=actor)
    for one in judged:
        check_row(one, actor.day)
        known.tie(one)
    credits.tie(session, judged)
    for one in judged:
        _compare(one)
    return judged


def _numbered(rows: Sequence[NewInvoiceLine]) -> Iterable[tuple[NewInvoiceLine, int]]:
    """Give each row its line number: its own, else its place among the rows of the same invoice."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        seen[row.cvr, row.invoice] += 1
        yield row, row.number or seen[row.cvr, row.invoice]


class _Known:
    """The suppliers, citizens, courses and lines that the rows name, read at once."""

    def __init__(self, session: Session, rows: Sequence[NewInvoiceLine], *, actor: Actor) -> None:
        self.all_suppliers = actor.may("invoice.release") or actor.may("invoice.match")
        seen = visible(select(Supplier), Supplier, actor.user, "supplier.read", actor.day)
        self.suppliers = {one.cvr: one for one in session.scalars(seen) if one.cvr}
        self.grants = _grants(session, rows, actor)
        self.citizens = _citizens(session, rows, self.all_suppliers, self.grants)
        self.lines = _lines(session, rows)
        self.mentors = _mentors(session, rows)

    def tie(self, one: Judged) -> None:
        """Tie a row to its supplier, citizen, course and the line kept of it."""
        row = one.row
        one.supplier = self.suppliers.get(row.cvr)
        if one.supplier is None and not self.all_suppliers:
            one.refuse("cvr", "CVR-nummeret er ikke jeres. I kan kun sende fakturaer fra jeres egen virksomhed.")
        courses = self.grants.get(row.cpr or row.case_number, [])
        one.grant = _course_for(courses, row)
        one.mentor_id = _mentor_of(one, self.mentors)
        one.citizen = one.grant.citizen if one.grant else self.citizens.get(row.cpr)
        if one.citizen is None:
            name = "cpr" if row.cpr else "case_number"
            one.refuse(name, UNKNOWN_OWN if not self.all_suppliers else UNKNOWN_CPR if row.cpr else UNKNOWN_CASE)
        one.kept = self.lines.get((row.cvr, row.invoice, one.number))


UNKNOWN_OWN = "Vi kan ikke finde et forløb hos jer til borgeren. Kontrollér nummeret."
UNKNOWN_CPR = "Der er ingen borger med det CPR-nummer. Ret nummeret, eller opret borgeren."
UNKNOWN_CASE = "Der er intet forløb med det sagsnummer. Skriv det som 2014-0873."
ALREADY_TREATED = "Linjen er allerede behandlet og kan ikke ændres. Bed om en kreditnota, og send en ny faktura."


def _compare(one: Judged) -> None:
    """Set the status of a row, or refuse it where what is kept may not change."""
    if one.kept is None:
        return
    one.changes = [
        (name, getattr(one.kept, name), getattr(one.row, name))
        for name in COMPARED
        if getattr(one.kept, name) != getattr(one.row, name)
    ]
    if one.kept.hundredths is None or one.row.hundredths is None:
        one.changes = [change for change in one.changes if change[0] != "hundredths"]
    if one.citizen is not None and one.citizen.id != one.kept.citizen_id:
        one.refuse("cpr", "Linjen er tidligere sendt med en anden borger. Giv fakturaen et nyt nummer.")
    one.status = CHANGED if one.changes else UNCHANGED
    if one.changes and (one.kept.matched_on or one.kept.rejected_on):
        one.refuse("invoice", ALREADY_TREATED)


def _course_for(courses: Sequence[Grant], row: NewInvoiceLine) -> Grant | None:
    """Return the course a line is for: with the mentor and in the days; else with the mentor; else in the days."""

    def fits(grant: Grant) -> tuple[bool, int, date]:
        named = grant.mentor is not None and _folded(grant.mentor.name) == _folded(row.mentor)
        last = grant.ended_on or grant.last_day
        shared = (min(last, row.last_day) - max(grant.start, row.first_day)).days + 1
        return named, shared, grant.start

    best = max(courses, key=fits, default=None)
    return None if best is None or (not fits(best)[0] and fits(best)[1] <= 0) else best


def _grants(session: Session, rows: Sequence[NewInvoiceLine], actor: Actor) -> dict[str, list[Grant]]:
    """Return the courses within the user's reach, by CPR number (now or earlier) or case number as the rows say."""
    found: dict[str, list[Grant]] = defaultdict(list)
    by_index = {blind_index(row.cpr): row.cpr for row in rows if row.cpr}
    whole = visible(select(Grant), Grant, actor.user, "import.invoices", actor.day).options(joinedload(Grant.mentor))
    for some in _chunks(sorted(by_index)):
        owners = owners_of(session, some)
        courses = defaultdict(list)
        for grant in session.scalars(whole.where(Grant.citizen_id.in_(owners.values()))).unique():
            courses[grant.citizen_id].append(grant)
        found |= {by_index[index]: courses[owner] for index, owner in owners.items() if owner in courses}
    for some in _chunks(sorted({row.case_number for row in rows if row.case_number})):
        for grant in session.scalars(whole.where(Grant.case_number.in_(some))).unique():
            found[grant.case_number].append(grant)
    return found


def _citizens(
    session: Session, rows: Sequence[NewInvoiceLine], whole_town: bool, grants: dict[str, list[Grant]]
) -> dict[str, Citizen]:
    """Return citizens by CPR number: all of them for the municipality's own, a supplier's only through courses."""
    found = {cpr: courses[0].citizen for cpr, courses in grants.items() if courses}
    if not whole_town:
        return found
    by_index = {blind_index(row.cpr): row.cpr for row in rows if row.cpr and row.cpr not in found}
    for some in _chunks(sorted(by_index)):
        owners = owners_of(session, some)
        citizens = {one.id: one for one in session.scalars(select(Citizen).where(Citizen.id.in_(owners.values())))}
        found |= {by_index[index]: citizens[owner] for index, owner in owners.items()}
    return found


def _mentors(session: Session, rows: Sequence[NewInvoiceLine]) -> dict[str, list[int]]:
    """Return row ids of the mentors of each name, as one writes it without capitals."""
    found: dict[str, list[int]] = defaultdict(list)
    for some in _chunks(sorted({_folded(row.mentor) for row in rows})):
        for key, name in session.execute(select(Mentor.id, Mentor.search_name).where(Mentor.search_name.in_(some))):
            found[name].append(key)
    return found


def _mentor_of(one: Judged, mentors: dict[str, list[int]]) -> int | None:
    """Return the mentor a row names: the course's own where the name fits, else the only one of that name."""
    named = mentors.get(_folded(one.row.mentor), [])
    own = one.grant.mentor_id if one.grant else None
    return own if own in named else named[0] if len(named) == 1 else None


def _lines(session: Session, rows: Sequence[NewInvoiceLine]) -> dict[tuple[str, str, int], PayLine]:
    """Return the lines kept of the invoices named, by CVR number, invoice number and line number."""
    found: dict[tuple[str, str, int], PayLine] = {}
    for some in _chunks(sorted({row.invoice for row in rows})):
        for line in session.scalars(select(PayLine).join(PayLine.invoice).where(Invoice.number.in_(some))):
            if line.invoice is not None:
                found[line.invoice.cvr, line.invoice.number, line.number] = line
    return found


def _heads(session: Session, judged: Sequence[Judged], *, actor: Actor, source: str) -> dict[tuple[str, str], Invoice]:
    """Return the head of each invoice that gets new lines, made where it isn't there."""
    wanted = {(one.row.cvr, one.row.invoice): one for one in reversed(judged) if one.status == NEW}
    found: dict[tuple[str, str], Invoice] = {}
    for some in _chunks(sorted({number for _, number in wanted})):
        found |= {
            (one.cvr, one.number): one for one in session.scalars(select(Invoice).where(Invoice.number.in_(some)))
        }
    for key, one in wanted.items():
        if key not in found:
            found[key] = Invoice(
                supplier_id=one.supplier.id if one.supplier else None,
                sender=one.supplier.name if one.supplier else one.row.sender.strip(),
                cvr=one.row.cvr,
                number=one.row.invoice,
                received_on=actor.day,
                source=source,
                entered_by_id=actor.user.id,
            )
            session.add(found[key])
    session.flush()
    return found


def _line(one: Judged, head: Invoice, actor: Actor) -> PayLine:
    row = one.row
    return PayLine(
        kind="invoice",
        invoice_id=head.id,
        number=one.number,
        supplier_id=head.supplier_id,
        grant_id=one.grant.id if one.grant else None,
        citizen_id=one.citizen.id if one.citizen else None,
        mentor_id=one.mentor_id,
        corrects_id=one.corrects.id if one.corrects else None,
        entered_by_id=actor.user.id,
        entered_on=actor.day,
        **{name: getattr(row, name) for name in COMPARED},
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _chunks(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[first : first + CHUNK] for first in range(0, len(keys), CHUNK))
