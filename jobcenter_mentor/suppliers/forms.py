"""Formularer til leverandører og deres kontrakter."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.web.forms import BaseForm, DanishDateField, KronerField, at_most

MUST = "Skal udfyldes."


class SupplierForm(BaseForm):
    """Leverandør: name, CVR number and whom to call."""

    name = StringField("Navn", [DataRequired(MUST), at_most(120)])
    cvr = StringField("CVR-nr.", [at_most(20)])
    contact_name = StringField("Kontaktperson", [at_most(120)])
    phone = StringField("Telefon", [at_most(30)])
    email = StringField("E-mail", [at_most(200)])

    def told(self) -> dict[str, str]:
        """Return what was typed, by the names of `NewSupplier`."""
        return {name: self[name].data or "" for name in ("name", "cvr", "contact_name", "phone", "email")}


class ContractForm(BaseForm):
    """Kontrakt: the price of one hour in a period."""

    hourly_price = KronerField("Timepris", [InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")

    def told(self) -> dict[str, Any]:
        """Return what was typed, the price in øre."""
        return {name: self[name].data for name in ("hourly_price", "valid_from", "valid_to")}
