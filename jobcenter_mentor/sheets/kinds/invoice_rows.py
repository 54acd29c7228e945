"""Compare the invoice lines of a sheet (fakturalinjer) with the accounts, by line and invoice, and import them."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices import service
from jobcenter_mentor.accounts.invoices.invoice_line import Judged, NewInvoiceLine
from jobcenter_mentor.domain.kernel.errors import ImportRejected, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import minutes_of
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.sheets.intake.row_check import SheetRow, capital, tell
from jobcenter_mentor.sheets.undo.trace import Trace

FIELDS = {"first_day": "start", "sender": "supplier", "minutes": "hundredths"}
"""Names of fields in the sheet that differ from those of an invoice line."""
CODES = {"cvr": "cross_field", "cpr": "cross_field", "invoice": "cross_field", "last_day": "date_order"}
"""The contract's code for an error in a field; all other fields use number_range."""


class Invoices:
    """The invoice lines of a sheet (fakturalinjer)."""

    def __init__(self, session: Session, rows: Sequence[SheetRow], *, actor: Actor, law: Law) -> None:
        self.session, self.by, self.on = session, actor.user, actor.day
        judged = service.judge(session, [_line(row) for row in rows], actor=actor)
        self.judged: dict[int | str, Judged] = {row.place: one for row, one in zip(rows, judged, strict=True)}

    def compare(self, row: SheetRow) -> None:
        """Set the status of a row as the accounts judge the line. A line they refuse is refused here."""
        one = self.judged[row.place]
        for name, messages in one.errors.items():
            field = FIELDS.get(name, name)
            code = "date_range" if name == "first_day" else CODES.get(name, "number_range")
            for message in messages:
                row.refuse(field if row.profile.has(field) else "cpr", code, message)
        row.status = one.status
        columns = {column.field: column for column in row.profile.columns}
        for name, old, new in one.changes:
            if name == "minutes":
                continue
            column = columns[FIELDS.get(name, name)]
            row.changes.append((column.heading, tell(old, column), tell(new, column)))

    def take_new(self, rows: list[SheetRow], trace: Trace, progress: Callable[[int, int], None] | None) -> None:
        """Import the new lines (fakturalinjer) in one call of the accounts."""
        self._take(rows)

    def take(self, row: SheetRow) -> None:
        """Import a changed line (fakturalinje)."""
        self._take([row])

    def _take(self, rows: list[SheetRow]) -> None:
        if not rows:
            return
        lines = [self.judged[row.place] for row in rows]
        numbered = [_line(row, one.number) for row, one in zip(rows, lines, strict=True)]
        try:
            service.take_in(self.session, numbered, actor=Actor(self.by, self.on))
        except ValidationFailed as error:
            place, texts = next(iter(error.errors.items()))
            called = capital(rows[int(place.partition(".")[0])].called)
            raise ImportRejected(f"{called}: {' '.join(texts)} Intet er importeret.") from error


def _line(row: SheetRow, number: int = 0) -> NewInvoiceLine:
    return NewInvoiceLine(
        invoice=row.get("invoice"),
        sender=row.get("supplier"),
        cvr=row.get("cvr"),
        cpr=row.get("cpr"),
        mentor=row.get("mentor"),
        first_day=row.get("start"),
        last_day=row.get("last_day"),
        minutes=minutes_of(row.get("hundredths")),
        hundredths=row.get("hundredths"),
        hourly_price=row.get("hourly_price"),
        amount=row.get("amount"),
        item=row.get("item", "hours"),
        number=number,
        credits=row.get("credits", ""),
    )
