"""The forms of a year's amounts: one for a frame, one for a team's local budget."""

from collections.abc import Mapping
from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, KronerField, WholeNumberField, at_most


class AmountForm(BaseForm):
    """A frame's amount for a year (rammebeløb) in kroner, or rate and full-year persons, and where it comes from."""

    year = WholeNumberField("År", [InputRequired("Skriv et årstal, fx 2015.")])
    kind = ChoiceField(
        "Ramme",
        choices={
            "mentor_2014": "Mentorramme (refusion), 2014-2015",
            "unemployment": "Ramme for ledige, fra 2016",
            "other_groups": "Ramme for øvrige grupper, fra 2016",
        },
    )
    amount = KronerField("Beløb i kr.")
    rate = KronerField("Takst for én helårsperson, kr.")
    persons = WholeNumberField("Antal helårspersoner")
    reason = StringField(
        "Hvor kommer beløbet fra?",
        [DataRequired("Skriv, hvor beløbet kommer fra."), at_most(400)],
    )

    def values(self) -> Mapping[str, Any]:
        """Return the values of a valid form, by the names of `amount_decision.propose_change`; amounts in øre."""
        return {name: self[name].data for name in ("year", "kind", "amount", "rate", "persons", "reason")}


class BudgetForm(BaseForm):
    """A local budget (lokalt budget): what one team may use in a year without a frame, and who has decided it."""

    year = WholeNumberField("År", [InputRequired("Skriv et årstal, fx 2026.")])
    team = ChoiceField("Team")
    amount = KronerField("Budget i kr.", [InputRequired("Skriv budgettet i kroner.")])
    reason = StringField(
        "Hvor kommer beløbet fra?",
        [DataRequired("Skriv, hvor beløbet kommer fra."), at_most(400)],
    )

    def values(self) -> Mapping[str, Any]:
        """Return the values of a valid form, by the names of `amount_decision.propose_change`; the amount in øre."""
        return {name: self[name].data for name in ("year", "team", "amount", "reason")}
