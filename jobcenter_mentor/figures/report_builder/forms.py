"""The forms of the report builder (rapportbygger)."""

from collections.abc import Mapping
from datetime import date

from wtforms import StringField

from jobcenter_mentor.platform.pages.forms import BaseFilterForm, BaseForm, ChoiceField, at_most

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


class BuildForm(BaseFilterForm):
    """Build a report (rapport): measure, split, months and team, in the address."""

    maal = ChoiceField("Tæl", default="courses")
    opdeling = ChoiceField("Opdelt på", default="group")
    fra = ChoiceField("Fra og med")
    til = ChoiceField("Til og med")
    team = ChoiceField("Team", default="")

    def offer(
        self,
        measures: Mapping[str, str],
        splits: Mapping[str, str],
        months: list[date],
        teams: Mapping[int, str],
        all_teams: bool,
    ) -> None:
        """Offer the choices (muligheder)."""
        self.maal.choices, self.opdeling.choices = dict(measures), dict(splits)
        named = {f"{month:%Y-%m}": f"{MONTHS[month.month - 1]} {month.year}" for month in reversed(months)}
        self.fra.choices, self.til.choices = named, named
        everybody = {"": "Alle teams"} if all_teams else {}
        self.team.choices = {**everybody, **{str(key): name for key, name in teams.items()}}

    def told(self) -> tuple[str, str, date, date, int | None]:
        """Return what a valid form asks, in the order of `ReportQuestion`."""
        first, last = (date.fromisoformat(f"{field.data}-01") for field in (self.fra, self.til))
        return self.maal.data, self.opdeling.data, first, last, int(self.team.data) if self.team.data else None


class SaveForm(BaseForm):
    """Save the report under a name (gem)."""

    title = StringField("Navn", [at_most(100)])
