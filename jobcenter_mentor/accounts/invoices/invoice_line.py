"""An invoice line as it is sent: a row of a sheet or a form, its result, and what can't be right in it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jobcenter_mentor.accounts.invoices.models import PayLine
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.accounts.settlement import ITEMS
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.identifiers import check_cvr
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.suppliers.models import Supplier

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
LARGEST = 100_000_000
"""A line above one million kroner (in øre) is a typing error."""
LONGEST_MINUTES = 60_000


@dataclass(frozen=True)
class NewInvoiceLine:
    """A new invoice line. The citizen is named by `cpr` (ten digits) or by `case_number`.

    `number` is the line's own number on the invoice; 0 gives it its place among the rows of the same invoice. Both
    days are included, `minutes` is the time billed, `hundredths` the hours as they were written where that is known,
    `hourly_price` and `amount` are øre. A line of a credit note has minus before both hours and amount; `credits` is
    the number of the invoice it is for, where the sender says. `item` is a key of
    `domain.settlement.ITEMS` (hours, transport, mileage, sickness, course, overhead, prep).
    """

    invoice: str
    sender: str
    cvr: str
    mentor: str
    first_day: date
    last_day: date
    minutes: int
    hourly_price: int
    amount: int
    item: str = "hours"
    cpr: str = ""
    case_number: str = ""
    number: int = 0
    hundredths: int | None = None
    credits: str = ""

    @property
    def is_credit(self) -> bool:
        """Tell whether the row is a line of a credit note (kreditnota)."""
        return self.amount < 0 or self.minutes < 0


@dataclass
class Judged:
    """The result of one row that was compared. `changes` are field, old and new value; `errors` by field."""

    row: NewInvoiceLine
    number: int
    status: str = NEW
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    kept: PayLine | None = None
    citizen: Citizen | None = None
    grant: Grant | None = None
    supplier: Supplier | None = None
    mentor_id: int | None = None
    corrects: PayLine | None = None

    def refuse(self, name: str, message: str) -> None:
        """Note what is wrong at a field."""
        self.errors.setdefault(name, []).append(message)


def check_row(one: Judged, on: date) -> None:
    """Note everything in a row that can't be right, whatever it is tied to."""
    row = one.row
    if not row.invoice.strip() or len(row.invoice) > 40:
        one.refuse("invoice", "Skriv fakturaens nummer, højst 40 tegn.")
    if not row.sender.strip():
        one.refuse("sender", "Skriv, hvem fakturaen er fra.")
    try:
        check_cvr(row.cvr)
    except DomainError as error:
        one.refuse("cvr", error.message)
    if row.last_day < row.first_day:
        one.refuse("last_day", "Periode til ligger før periode fra.")
    if row.first_day > on:
        one.refuse("first_day", "Perioden begynder i fremtiden. Der kan kun faktureres for timer, der er afholdt.")
    if row.item not in ITEMS:
        one.refuse("item", f"Vælg, hvad linjen er for: {', '.join(ITEMS.values())}.")
    _check_amounts(one)


def _check_amounts(one: Judged) -> None:
    row = one.row
    if row.is_credit and (row.amount >= 0 or row.minutes > 0):
        one.refuse("amount", "En kreditnota har minus foran både timer og beløb.")
    if abs(row.minutes) > LONGEST_MINUTES:
        one.refuse("minutes", "Timerne skal være mellem 0 og 1.000.")
    if row.item == "hours" and row.minutes == 0 and not row.is_credit:
        one.refuse("minutes", "Skriv, hvor mange timer linjen er for.")
    if row.hourly_price < 0 or (row.item == "hours" and row.hourly_price == 0 and row.amount):
        one.refuse("hourly_price", "Timeprisen mangler. Skriv prisen for én time, fx 412,50.")
    if abs(row.amount) > LARGEST:
        one.refuse("amount", f"Beløbet kan højst være {format_kroner(LARGEST)} kr.")
    if row.credits and not row.is_credit:
        one.refuse("credits", "Linjen krediterer en faktura, men har ikke minus foran timer og beløb.")
