"""Give the base form (formular) and the Danish fields for dates, hours and money.

A form checks shape only; the law is checked by the service. What was typed is shown again when a field is wrong.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, RadioInput, TextInput

from jobcenter_mentor.domain.kernel.errors import Conflict, DomainError, InvalidTransition, ValidationFailed
from jobcenter_mentor.domain.kernel.money import format_kroner, parse_kroner
from jobcenter_mentor.domain.kernel.text import readable, written
from jobcenter_mentor.platform.pages.contact_details import normal_email

DATE_SHAPES = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d%m%Y")


class EmailAddress:
    """Check a typed e-mail address as sheets and the API do, and store it in its normal form."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Refuse what is no address; an empty field is another validator's matter."""
        if not field.data:
            return
        try:
            field.data = normal_email(field.data)
        except ValidationFailed as error:
            raise StopValidation(error.message) from error


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form (formular), CSRF-protected, with Danish messages; text is stripped and made NFC."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Danish messages and the clean-up of text."""

        locales = ("da",)

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Strip spaces and compose letters such as Å in every text field; refuse signs that no text may hold."""
            filters = unbound_field.kwargs.get("filters", [])
            if not issubclass(unbound_field.field_class, StringField):
                return unbound_field.bind(form=form, filters=filters, **options)
            field = unbound_field.bind(form=form, filters=[*filters, clean_text], **options)
            field.validators = [only_lawful_signs, *field.validators]
            return field

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            """Leave the id off what nobody sees, as two forms on a page would share it."""
            if isinstance(field.widget, HiddenInput):
                render_kw.setdefault("id", False)
            return super().render_field(field, render_kw)

    def apart(self, mark: str) -> Self:
        """Return the form with ids of its own, to stand on a page with other forms that have the same names."""
        for field in self:
            field.id = f"{mark}-{field.name}"
        return self

    def add_errors(self, error: DomainError) -> None:
        """Put a service's refusal at the fields it names, the rest on top of the form."""
        placed = False
        for name, messages in error.errors.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, *messages]
                placed = True
        if not placed:
            self.form_errors.append(error.message)

    @contextmanager
    def refusals_shown(self) -> Iterator[None]:
        """Show a service's refusal on the form; what isn't found or allowed stays a page of its own."""
        try:
            yield
        except (ValidationFailed, Conflict, InvalidTransition) as error:
            self.add_errors(error)


class BaseFilterForm(BaseForm):
    """A filter, sent by GET so that a list has an address; it changes nothing and needs no token."""

    class Meta(BaseForm.Meta):
        """As any form, without CSRF."""

        csrf = False


def at_most(characters: int) -> Length:
    """Return the validator of a text of at most so many characters."""
    return Length(max=characters, message=f"Højst {characters} tegn.")


def clean_text(value: str | None) -> str | None:
    """Compose letters (NFC), leave out what may not stand, strip the ends."""
    return None if value is None else readable(value).strip()


def only_lawful_signs(_form: Any, field: Any) -> None:
    """Refuse a text with signs that no text may hold; the field shows it again without them."""
    try:
        written(str(field.raw_data[0]) if field.raw_data else "")
    except ValidationFailed as error:
        raise StopValidation(error.message) from error


class _TextField(Field):  # type: ignore[misc]
    """A field shown as text; `raw_data` is shown again when it can't be read."""

    widget = TextInput()

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.show(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; an empty field, or one of spaces only, is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = self.read(valuelist[0].strip())
        else:
            self.raw_data: list[str] = []

    def read(self, text: str) -> Any:
        """Turn text into a value; raise ValueError with a Danish message."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Turn a value into the text of the field."""
        raise NotImplementedError


class DanishDateField(_TextField):
    """A date field (datofelt): dd-mm-åååå, also with dots or as ISO; gives a `date`."""

    def read(self, text: str) -> date:
        """Read a date between 1900 and 2100."""
        for shape in DATE_SHAPES:
            try:
                read = datetime.strptime(text, shape).date()
            except ValueError:
                continue
            if 1900 <= read.year <= 2100:
                return read
        raise ValueError("Ikke en gyldig dato. Skriv dd-mm-åååå, fx 15-10-2014.")

    def show(self, value: date | None) -> str:
        """Write dd-mm-åååå."""
        return value.strftime("%d-%m-%Y") if value else ""


class HoursField(_TextField):
    """A field of hours (timefelt) such as 2,5, given as whole minutes."""

    def read(self, text: str) -> int:
        """Read hours with comma or point, rounded half up to whole minutes."""
        try:
            hours = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise ValueError("Skriv timer som tal, fx 2,5.") from error
        if not hours.is_finite() or abs(hours) > 1000:
            raise ValueError("Skriv timer som tal, fx 2,5.")
        return int((hours * 60).quantize(Decimal(1), rounding="ROUND_HALF_UP"))

    def show(self, value: int | None) -> str:
        """Write hours with a comma and no needless decimals."""
        if value is None:
            return ""
        return f"{(Decimal(value) / 60).quantize(Decimal('0.01')).normalize():f}".replace(".", ",")


class WrittenHoursField(_TextField):
    """A field of hours on an invoice (timefelt på en faktura), as they are written, given as hundredths."""

    def read(self, text: str) -> int:
        """Read hours with comma or point and at most two decimals."""
        try:
            hours = Decimal(text.replace("−", "-").replace(",", "."))
        except InvalidOperation as error:
            raise ValueError("Skriv timer som på fakturaen, fx 0,67.") from error
        if not hours.is_finite() or abs(hours) > 1000 or hours * 100 != int(hours * 100):
            raise ValueError("Skriv timer som på fakturaen, højst to decimaler, fx 0,67.")
        return int(hours * 100)

    def show(self, value: int | None) -> str:
        """Write hours with a comma and no needless decimals."""
        return "" if value is None else f"{(Decimal(value) / 100).normalize():f}".replace(".", ",")


class WholeNumberField(_TextField):
    """A field of a whole number (talfelt)."""

    def read(self, text: str) -> int:
        """Read ASCII digits, with a sign if any."""
        if not text.lstrip("-").isdecimal() or not text.isascii() or len(text) > 9:
            raise ValueError("Skriv et helt tal.")
        return int(text)

    def show(self, value: int | None) -> str:
        """Write the number."""
        return "" if value is None else str(value)


class KronerField(_TextField):
    """A field of an amount (beløbsfelt) such as 1.234,50, given as whole øre."""

    def read(self, text: str) -> int:
        """Read an amount."""
        try:
            return parse_kroner(text)
        except DomainError as error:
            raise ValueError(error.message) from error

    def show(self, value: int | None) -> str:
        """Write the amount with two decimals."""
        return "" if value is None else format_kroner(value)


class ChoiceField(SelectField):  # type: ignore[misc]
    """A field of one choice (valgfelt), refused in Danish when it is none of them."""

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        """Take pairs of value and label; WTForms asks for objects of its own in the call, but not afterwards."""
        refused = "Vælg en af mulighederne."
        super().__init__(*args, invalid_choice_message=refused, invalid_value_message=refused, **kwargs)
        self.choices = choices


class RadiosField(ChoiceField):
    """A choice whose options are shown one by one (valgknapper)."""

    option_widget = RadioInput()


class ChoicesField(SelectMultipleField):  # type: ignore[misc]
    """A field of any of the choices (afkrydsning), refused in Danish when it is none of them."""

    option_widget = CheckboxInput()

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        """Take pairs of value and label, as `ChoiceField` does."""
        refused = "Vælg blandt mulighederne."
        super().__init__(*args, invalid_choice_message=refused, invalid_value_message=refused, **kwargs)
        self.choices = choices


class VersionedForm(BaseForm):
    """A form with the version of its row (formular med version), so that nobody's change is overwritten unseen."""

    version = WholeNumberField("Version", widget=HiddenInput())
    is_stale = False

    def add_errors(self, error: DomainError) -> None:
        """Put the refusal at the fields, and know when it was somebody else's change."""
        super().add_errors(error)
        self.is_stale = isinstance(error, Conflict)

    def renew(self, version: int) -> None:
        """Hold the version of today where somebody else was first, so that the form may be saved once that is seen."""
        if self.is_stale:
            self.version.raw_data, self.version.data = [], version
