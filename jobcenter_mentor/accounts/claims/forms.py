"""Forms for an invoice with its lines, a decision on a line, and the period of a claim."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from jobcenter_mentor.domain.accounts.settlement import ITEMS
from jobcenter_mentor.domain.kernel.hours import minutes_of
from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoiceField,
    DanishDateField,
    KronerField,
    WrittenHoursField,
    at_most,
)

LINES = 6
"""Empty rows for lines on the form; an invoice with more lines is read from a sheet."""


class InvoiceLineForm(Form):  # type: ignore[misc]
    """A line of an invoice (fakturalinje); a row without case number is left out."""

    case_number = StringField("Sagsnummer", [Optional(), at_most(12)])
    mentor = StringField("Mentor", [at_most(200)])
    first_day = DanishDateField("Periode fra")
    last_day = DanishDateField("Periode til")
    hundredths = WrittenHoursField("Timer")
    hourly_price = KronerField("Timepris, kr.")
    amount = KronerField("Beløb, kr.")
    item = ChoiceField("Art", choices=ITEMS, validate_choice=False)


class InvoiceForm(BaseForm):
    """An invoice (faktura): head and lines."""

    number = StringField("Fakturanr.", [DataRequired("Skriv fakturaens nummer."), at_most(40)])
    sender = StringField("Afsender", [DataRequired("Skriv, hvem fakturaen er fra."), at_most(120)])
    cvr = StringField("CVR-nr.", [DataRequired("Skriv afsenderens CVR-nummer, otte cifre."), at_most(8)])
    credits = StringField(
        "Kreditnota til faktura", [Optional(), at_most(40)], description="Kun på en kreditnota: den fakturas nummer."
    )
    lines = FieldList(FormField(InvoiceLineForm), min_entries=LINES, max_entries=LINES)

    def told(self) -> list[dict[str, Any]]:
        """Return the rows that are filled in, by the names of `claims.invoice_line.NewInvoiceLine`."""
        head = {"invoice": self.number.data, "sender": self.sender.data, "cvr": self.cvr.data}
        head["credits"] = self.credits.data or ""
        return [head | self._row(entry.form) for entry in self._filled()]

    def gaps(self) -> bool:
        """Mark what a row that is begun must also say; True where something is missing."""
        missing = [field for entry in self._filled() for field in entry.form if _is_gap(field)]
        for field in missing:
            field.errors = [*field.errors, f"{field.label.text} mangler."]
        if not self._filled():
            self.form_errors.append("Udfyld mindst én linje.")
        return bool(missing) or not self._filled()

    def place(self, errors: dict[str, list[str]]) -> None:
        """Put the refusals of the rows, keyed `ROW.FIELD`, at their fields; those of the head on the head."""
        heads = {"invoice": self.number, "sender": self.sender, "cvr": self.cvr, "credits": self.credits}
        for key, texts in errors.items():
            row, _, name = key.partition(".")
            form = self._filled()[int(row)].form
            name = {"minutes": "hundredths"}.get(name, name)
            field = heads.get(name) or form[name if name in form else "case_number"]
            field.errors = list(dict.fromkeys([*field.errors, *texts]))

    def _filled(self) -> list[Any]:
        return [entry for entry in self.lines.entries if entry.form.case_number.data]

    def _row(self, form: InvoiceLineForm) -> dict[str, Any]:
        told = {field.short_name: field.data for field in form} | {"mentor": form.mentor.data or ""}
        return told | {"minutes": minutes_of(told["hundredths"])}


def _is_gap(field: Any) -> bool:
    return field.data is None and not field.errors


class InvoiceLineReasonForm(BaseForm):
    """Why a line with differences can be paid (kontrol)."""

    note = StringField("Begrundelse", [at_most(500)])


class RejectForm(BaseForm):
    """Why a line is rejected (afvisning), in words the sender can act on."""

    reason = StringField("Hvorfor afvises linjen?", [at_most(500)])


class ClaimForm(BaseForm):
    """The period of a claim, both days included."""

    first_day = DanishDateField("Fra", [InputRequired("Skriv periodens første dag.")])
    last_day = DanishDateField("Til", [InputRequired("Skriv periodens sidste dag.")])

    def told(self) -> dict[str, Any]:
        """Return the days of a valid form, by the names of `claims.claiming.draft`."""
        return {"first": self.first_day.data, "last": self.last_day.data}
