"""Formular til rammens beløb."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.web.forms import BaseForm, ChoiceField, KronerField, WholeNumberField, at_most


class AmountForm(BaseForm):
    """Rammebeløb: a year's amount in kroner and where it comes from."""

    year = WholeNumberField("År", [InputRequired("Skriv et årstal, fx 2015.")])
    kind = ChoiceField("Ramme", choices={"mentor_2014": "Mentorramme (refusion)"})
    amount = KronerField("Beløb i kr.", [InputRequired("Skriv beløbet, fx 3.200.000,00.")])
    reason = StringField(
        "Hvor kommer beløbet fra?",
        [DataRequired("Skriv, hvor beløbet kommer fra."), at_most(400)],
    )

    def told(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `frames.deciding.propose_change`; the amount in øre."""
        return {name: self[name].data for name in ("year", "kind", "amount", "reason")}
