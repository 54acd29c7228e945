"""The filter of the log page."""

from typing import Any

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField


class EventFilterForm(BaseForm):
    """The filter of the event log (hændelseslog); sent in the address, so it needs no CSRF token."""

    class Meta(BaseForm.Meta):
        """A filter changes nothing."""

        csrf = False

    first_day = DanishDateField("Fra", [Optional()])
    last_day = DanishDateField("Til og med", [Optional()])
    username = StringField("Brugernavn", [Optional(), Length(max=80)])
    action = ChoiceField("Område", default="")
    refused_only = BooleanField("Kun afviste")
    page = IntegerField("Side", [Optional(), NumberRange(1, 100000)])

    def offer(self, areas: dict[str, str]) -> None:
        """Fill the list of areas."""
        self.action.choices = [("", "Alle"), *areas.items()]

    def chosen(self) -> dict[str, Any]:
        """Return the fields of the filter."""
        return {
            "first_day": self.first_day.data,
            "last_day": self.last_day.data,
            "username": self.username.data or "",
            "action": self.action.data or "",
            "refused_only": self.refused_only.data,
            "page": self.page.data or 1,
        }
