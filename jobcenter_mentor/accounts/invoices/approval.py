"""Approval of invoices: the work list, and each line matched by one person and released for payment by another.

A line is decided by itself: what is wrong with one does not stop the others of its invoice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, lazyload

from jobcenter_mentor.accounts.invoices import credits
from jobcenter_mentor.accounts.invoices.line_check import InvoiceLineCheck, check_lines
from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page
from jobcenter_mentor.platform.database.locks import lock

WAITING, MATCHED, RELEASED, REJECTED = "venter", "kontrolleret", "frigivet", "afvist"
STATUSES = {
    WAITING: "Skal kontrolleres",
    MATCHED: "Skal frigives",
    RELEASED: "Frigivet til betaling",
    REJECTED: "Afvist",
}
"""Where a line is on its way, by the word in the address."""
_WHERE = {
    WAITING: (PayLine.matched_on.is_(None), PayLine.rejected_on.is_(None)),
    MATCHED: (PayLine.matched_on.is_not(None), PayLine.released_on.is_(None), PayLine.rejected_on.is_(None)),
    RELEASED: (PayLine.released_on.is_not(None),),
    REJECTED: (PayLine.rejected_on.is_not(None),),
}


@dataclass(frozen=True)
class InvoiceLineFilter:
    """What to list: a status, and of those only lines with or without differences where `differing` is set."""

    status: str = WAITING
    differing: bool | None = None
    kind: str = ""
    page: int = 1

    @property
    def words(self) -> str:
        """Return the choice in the words of the page's own links."""
        differing = {None: "", True: "med afvigelser", False: "uden afvigelser"}[self.differing]
        kind = {"": "", "invoice": "fakturaer", "wage": "løn"}[self.kind]
        return ", ".join(filter(None, (STATUSES[self.status], differing, kind)))


def chosen_lines(asked: Mapping[str, str]) -> InvoiceLineFilter:
    """Return which lines an address asks for; values without meaning are left out."""
    status, kind, page = asked.get("status", WAITING), asked.get("art", ""), asked.get("page", "")
    return InvoiceLineFilter(
        status if status in STATUSES else WAITING,
        {"ja": True, "nej": False}.get(asked.get("forskel", "")),
        kind if kind in {"invoice", "wage"} else "",
        max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
    )


@dataclass(frozen=True)
class PendingInvoiceLines:
    """The counts of lines and øre by status, for the head of the work list."""

    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)


def list_lines(session: Session, wanted: InvoiceLineFilter, *, actor: Actor) -> Page[InvoiceLineCheck]:
    """Return the work list, oldest first, each line with its differences; the persons shown are logged."""
    if wanted.differing is None:
        statement = _of_filter(wanted, actor=actor, action="invoice.read")
        every = statement.with_only_columns(PayLine.id).subquery()
        count = session.scalar(select(func.count()).select_from(every)) or 0
        number = asked_page(wanted.page, count)
        shown = statement.options(*SHOWN).limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE)
        page = Page(check_lines(session, session.scalars(shown).all()), count, number)
    else:
        page = Page.of(_checked(session, wanted, actor=actor), wanted.page)
    citizens = [one.line.citizen_id for one in page.rows]
    audit.record(session, by=actor.user, action="invoice.read", subject="invoice", citizens=citizens)
    return page


def waiting(session: Session, *, actor: Actor) -> PendingInvoiceLines:
    """Return the lines and amounts of each status within the user's reach."""
    found = PendingInvoiceLines()
    for status, where in _WHERE.items():
        statement = select(func.count(PayLine.id), func.coalesce(func.sum(PayLine.amount), 0)).where(*where)
        count, amount = session.execute(visible(statement, PayLine, actor.user, "invoice.read", actor.day)).one()
        found.counts[status], found.amounts[status] = int(count), int(amount)
    return found


def get_line(session: Session, public_id: str, *, actor: Actor, action: str = "invoice.read") -> PayLine:
    """Return a line. Raises NotFound outside the user's reach."""
    statement = visible(select(PayLine).where(PayLine.public_id == public_id), PayLine, actor.user, action, actor.day)
    found = session.scalar(statement.options(*SHOWN))
    if found is None:
        raise NotFound("Linjen findes ikke.")
    return found


def show_line(session: Session, public_id: str, *, actor: Actor) -> InvoiceLineCheck:
    """Return a line with its differences and corrections; the look is logged."""
    line = get_line(session, public_id, actor=actor)
    audit.record(
        session,
        by=actor.user,
        action="invoice.read",
        subject="pay_line",
        subject_id=public_id,
        citizens=[line.citizen_id],
    )
    return replace(check_lines(session, [line])[0], corrections=credits.corrections_of(session, line))


def siblings(session: Session, line: PayLine, *, actor: Actor) -> Sequence[PayLine]:
    """Return the lines of the invoice within the user's reach, by number; the line itself where it is a wage line."""
    if line.invoice_id is None:
        return [line]
    statement = select(PayLine).where(PayLine.invoice_id == line.invoice_id).options(*SHOWN)
    return session.scalars(
        visible(statement, PayLine, actor.user, "invoice.read", actor.day).order_by(PayLine.number)
    ).all()


def match(session: Session, line: PayLine, *, note: str = "", actor: Actor) -> PayLine:
    """Match a line: found right, or with differences that somebody answers for in `note`.

    Raises InvalidTransition once it is treated, ValidationFailed without a course, without a price, or where there
    are differences and no reason.
    """
    lock(session, line)
    _must_be(line, WAITING)
    faults = check_lines(session, [line])[0].faults
    for fault in faults:
        if fault.check in {"no_course", "price_missing"}:
            raise ValidationFailed(fault.words, errors={"note": [fault.words]})
    if faults and not note.strip():
        text = "Linjen har afvigelser. Skriv, hvorfor den alligevel kan betales, eller afvis den."
        raise ValidationFailed(text, errors={"note": [text]})
    if len(note) > 500:
        raise ValidationFailed("Skriv højst 500 tegn.", errors={"note": ["Skriv højst 500 tegn."]})
    line.matched_by_id, line.matched_on, line.note = actor.user.id, actor.day, note.strip()
    return _changed(session, line, "invoice.match", actor.user)


def reject(session: Session, line: PayLine, *, reason: str, actor: Actor) -> PayLine:
    """Reject a line with a reason the sender can read. Raises InvalidTransition once it is released."""
    lock(session, line)
    if line.released_on or line.rejected_on:
        _must_be(line, MATCHED)
    if not reason.strip() or len(reason) > 500:
        text = "Skriv, hvorfor linjen afvises, højst 500 tegn. Afsenderen skal kunne rette den."
        raise ValidationFailed(text, errors={"reason": [text]})
    line.rejected_by_id, line.rejected_on, line.reject_reason = actor.user.id, actor.day, reason.strip()
    if line.grant_id:
        month_sums.keep(session, line.grant_id)
    return _changed(session, line, "invoice.reject", actor.user)


def release(session: Session, line: PayLine, *, actor: Actor) -> PayLine:
    """Release a line for payment.

    Raises NotAllowed for who entered or matched it, InvalidTransition unless it waits for this, ValidationFailed
    where it was matched as right and a difference has come up since.
    """
    lock(session, line)
    _must_be(line, MATCHED)
    if actor.user.id in {line.matched_by_id, line.entered_by_id}:
        raise NotAllowed("Den, der har indtastet eller kontrolleret linjen, kan ikke selv frigive den.")
    if not line.note and check_lines(session, [line])[0].faults:
        raise ValidationFailed(
            "Der er kommet en afvigelse, siden linjen blev kontrolleret. Afvis den, eller ret sagen."
        )
    line.released_by_id, line.released_on = actor.user.id, actor.day
    return _changed(session, line, "invoice.release", actor.user)


def match_all(session: Session, *, actor: Actor) -> int:
    """Match all lines without differences; return how many. Those with differences are not changed."""
    found = _checked(session, InvoiceLineFilter(WAITING, differing=False), actor=actor, action="invoice.match")
    for one in found:
        one.line.matched_by_id, one.line.matched_on = actor.user.id, actor.day
    return _all_changed(session, [one.line for one in found], "invoice.match", actor.user)


def release_all(session: Session, *, actor: Actor) -> int:
    """Release all lines that others have entered and matched, and that are still right or answered for."""
    found = _checked(session, InvoiceLineFilter(MATCHED), actor=actor, action="invoice.release")
    free = [one.line for one in found if not one.faults or one.line.note]
    free = [line for line in free if actor.user.id not in {line.matched_by_id, line.entered_by_id}]
    for line in free:
        line.released_by_id, line.released_on = actor.user.id, actor.day
    return _all_changed(session, free, "invoice.release", actor.user)


SHOWN = (
    joinedload(PayLine.citizen),
    joinedload(PayLine.mentor),
    joinedload(PayLine.grant).options(lazyload(Grant.citizen), lazyload(Grant.mentor), lazyload(Grant.periods)),
)


def _checked(
    session: Session, wanted: InvoiceLineFilter, *, actor: Actor, action: str = "invoice.read"
) -> list[InvoiceLineCheck]:
    """Return the chosen lines with their differences, the oldest first; locked where they are to be changed."""
    statement = _of_filter(wanted, actor=actor, action=action).options(*SHOWN)
    if action != "invoice.read":
        statement = statement.with_for_update(of=PayLine).execution_options(populate_existing=True)
    found = check_lines(session, session.scalars(statement).all())
    return [one for one in found if wanted.differing in {None, bool(one.faults)}]


def _of_filter(wanted: InvoiceLineFilter, *, actor: Actor, action: str) -> Select[PayLine]:
    """Return the query of the chosen lines in the user's reach, the oldest first."""
    statement: Select[PayLine] = select(PayLine).where(*_WHERE[wanted.status])
    if wanted.kind:
        statement = statement.where(PayLine.kind == wanted.kind)
    return visible(statement, PayLine, actor.user, action, actor.day).order_by(PayLine.first_day, PayLine.id)


def _must_be(line: PayLine, status: str) -> None:
    """Raise InvalidTransition unless the line is where it has to be."""
    told = status_of(line)
    if told != status:
        raise InvalidTransition(f"Linjen er allerede behandlet: {STATUSES[told].lower()}. Hent siden igen.")


def status_of(line: PayLine) -> str:
    """Return the status of a line by its stamps."""
    if line.rejected_on:
        return REJECTED
    return RELEASED if line.released_on else MATCHED if line.matched_on else WAITING


def _changed(session: Session, line: PayLine, action: str, by: User) -> PayLine:
    _all_changed(session, [line], action, by)
    return line


def _all_changed(session: Session, lines: Sequence[PayLine], action: str, by: User) -> int:
    """Write the lines and the event that names them; returns how many."""
    session.flush()
    if lines:
        audit.record(
            session,
            by=by,
            action=action,
            subject="pay_line",
            subject_id=lines[0].public_id if len(lines) == 1 else "",
            citizens=[line.citizen_id for line in lines],
            detail={"lines": [line.id for line in lines]},
        )
    return len(lines)


def list_of_invoice(session: Session, public_id: str, *, actor: Actor) -> tuple[Invoice, list[InvoiceLineCheck]]:
    """Return an invoice with the lines that the user may see. Raises NotFound where none can be seen."""
    statement = select(PayLine).join(PayLine.invoice).where(Invoice.public_id == public_id).options(*SHOWN)
    lines = session.scalars(
        visible(statement, PayLine, actor.user, "invoice.read", actor.day).order_by(PayLine.number)
    ).all()
    if not lines or lines[0].invoice is None:
        raise NotFound("Fakturaen findes ikke.")
    citizens = [line.citizen_id for line in lines]
    audit.record(
        session, by=actor.user, action="invoice.read", subject="invoice", subject_id=public_id, citizens=citizens
    )
    return lines[0].invoice, check_lines(session, lines)
