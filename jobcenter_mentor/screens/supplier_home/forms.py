"""The forms about suppliers and their contracts."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoiceField,
    DanishDateField,
    EmailAddress,
    HoursField,
    KronerField,
    WholeNumberField,
    at_most,
)

MUST = "Skal udfyldes."


class SupplierForm(BaseForm):
    """A supplier (leverandør): name, CVR number and whom to call."""

    name = StringField("Navn", [DataRequired(MUST), at_most(120)])
    cvr = StringField("CVR-nr.", [at_most(20)])
    contact_name = StringField("Kontaktperson", [at_most(120)])
    phone = StringField("Telefon", [at_most(30)])
    email = StringField("E-mail", [at_most(200), EmailAddress()])

    def told(self) -> dict[str, str]:
        """Return what was typed, by the names of `NewSupplier`."""
        return {name: self[name].data or "" for name in ("name", "cvr", "contact_name", "phone", "email")}


class FrameContractForm(BaseForm):
    """A frame contract (rammekontrakt): what may be bought in a period, with the first price of an hour."""

    title = StringField("Navn eller nummer", [DataRequired(MUST), at_most(120)])
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til", [InputRequired(MUST)])
    hourly_price = KronerField("Timepris", [InputRequired(MUST)])
    minutes = HoursField("Timer i alt", description="Tom: ingen grænse.")
    amount = KronerField("Kroner i alt", description="Tom: ingen grænse.")
    report_weeks = WholeNumberField("Rapport hver (uger)", description="Tom: ingen aftalt rapport.")
    report_days = WholeNumberField("Frist efter perioden (dage)", default=7)

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `NewFrameContract`."""
        names = ("title", "valid_from", "valid_to", "hourly_price", "minutes", "amount", "report_weeks")
        days = 7 if self.report_days.data is None else self.report_days.data
        return {name: self[name].data for name in names} | {"report_days": days}


class CompanyForm(BaseForm):
    """A company agreement (virksomhedsaftale): released hours and places."""

    company = StringField("Virksomhed", [DataRequired(MUST), at_most(120)])
    cvr = StringField("CVR-nr.", [at_most(20)])
    contact_name = StringField("Kontaktperson", [at_most(120)])
    phone = StringField("Telefon", [at_most(30)])
    email = StringField("E-mail", [at_most(200), EmailAddress()])
    partnership = BooleanField("Partnerskab", description="Fast samarbejde om flere borgere.")
    released_minutes = HoursField("Frikøbte timer/uge", [InputRequired(MUST)])
    places = WholeNumberField("Pladser", [InputRequired(MUST)], default=1)
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of the new agreement."""
        texts = {name: self[name].data or "" for name in ("company", "cvr", "contact_name", "phone", "email")}
        names = ("partnership", "released_minutes", "places", "valid_from", "valid_to")
        return texts | {name: self[name].data for name in names}


class ContractForm(BaseForm):
    """A contract price: the price of one hour in a period, within a frame contract if there is one."""

    hourly_price = KronerField("Timepris", [InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")
    frame = ChoiceField("Rammekontrakt", choices=[("", "Ingen")], default="")

    def offer(self, frames: list[tuple[str, str]]) -> None:
        """Offer the frame contracts (public id, title)."""
        self.frame.choices = [("", "Ingen"), *frames]

    def told(self) -> dict[str, Any]:
        """Return what was typed, the price in øre; the frame contract is left to the view."""
        return {name: self[name].data for name in ("hourly_price", "valid_from", "valid_to")}
