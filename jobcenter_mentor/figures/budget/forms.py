"""The form that asks what one more grant would cost the frame or the team's budget (virkning)."""

from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired, Optional, Regexp

from jobcenter_mentor.platform.pages.forms import BaseFilterForm, DanishDateField

LINE = r"\d{4}:\w{1,20}:\d{1,3}:\d{1,12}"
"""Year, frame kind, rate in per cent and øre."""


class EffectForm(BaseFilterForm):
    """The days of a course and its cost by year (virkning), such as `2014:mentor_2014:50:625714`."""

    first_day = DanishDateField("Fra", [InputRequired("Skriv den første dag.")])
    last_day = DanishDateField("Til", [InputRequired("Skriv den sidste dag.")])
    team = StringField("Team", [Optional(), Regexp(r"^[0-9a-f-]{36}$", message="Vælg et team.")])
    lines = StringField("Udgift", [Regexp(rf"^{LINE}(,{LINE})*$", message="Udgiften kan ikke læses.")])

    def validate_last_day(self, field: DanishDateField) -> None:
        """Refuse an end before the beginning, and more than ten years."""
        first, last = self.first_day.data, field.data
        if first and last and not 0 <= (last - first).days <= 3660:
            raise ValidationError("Den sidste dag skal ligge efter den første.")

    def told(self) -> dict[str, Any]:
        """Return what a valid form says; `lines` are (year, øre, frame kind, rate)."""
        lines = [line.split(":") for line in self.lines.data.split(",")]
        costs = [(int(year), int(cost), kind, int(rate)) for year, kind, rate, cost in lines]
        days = {"first_day": self.first_day.data, "last_day": self.last_day.data}
        return days | {"lines": costs, "team": self.team.data or ""}
