"""The forms of the reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from jobcenter_mentor.platform.pages.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    DanishDateField,
    RadiosField,
    at_most,
)


class ReportForm(BaseForm):
    """The municipal report (kommunerapport): the period, and a reason where each course is listed."""

    first = DanishDateField("Fra og med", [InputRequired("Skriv periodens første dag.")])
    last = DanishDateField("Til og med", [InputRequired("Skriv periodens sidste dag.")])
    with_courses = BooleanField("Tag listen over forløb med")
    reason = StringField("Hvad skal listen bruges til?", [at_most(300)])

    def told(self) -> dict[str, Any]:
        """Return the values of a valid form, by the names of `municipal_report`."""
        return {
            "first": self.first.data,
            "last": self.last.data,
            "with_courses": bool(self.with_courses.data),
            "reason": self.reason.data or "",
        }


class ExtractForm(BaseForm):
    """An extract with persons (udtræk): which one, the period, and why."""

    report = RadiosField(
        "Udtræk",
        [InputRequired("Vælg, hvad du vil hente.")],
        choices={
            "statsregistrering": "Registrering til staten",
            "forloeb": "Forløb i importarkets format",
        },
    )
    first = DanishDateField("Fra og med", [InputRequired("Skriv periodens første dag.")])
    last = DanishDateField("Til og med", [InputRequired("Skriv periodens sidste dag.")])
    reason = StringField(
        "Hvad skal udtrækket bruges til?", [InputRequired("Skriv, hvad udtrækket skal bruges til."), at_most(300)]
    )

    def told(self) -> dict[str, Any]:
        """Return the values of a valid form, by the names of the request for an extract."""
        return {"first": self.first.data, "last": self.last.data, "reason": self.reason.data or ""}


class YearForm(BaseFilterForm):
    """The year that the tables are shown for."""

    aar = ChoiceField("Forløb begyndt i", choices={"": "Alle år"}, default="")

    def offer(self, years: Sequence[int], until: date) -> None:
        """Offer the years there are; the last one ends with the last finished half-year."""
        partial = until != date(until.year, 12, 31)
        words = {str(year): str(year) for year in years}
        if partial and years and years[-1] == until.year:
            words[str(until.year)] = f"{until.year} (til og med {until:%d.%m.})"
        self.aar.choices = {"": "Alle år", **words}

    def year_chosen(self) -> int | None:
        """Return the year, None for all."""
        return int(self.aar.data) if self.aar.data else None
