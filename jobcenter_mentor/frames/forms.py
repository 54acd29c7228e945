"""Formular til rammens beløb."""

from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from jobcenter_mentor.web.forms import BaseForm, ChoiceField, KronerField, WholeNumberField


class AmountForm(BaseForm):
    """Rammebeløb: a year's amount in kroner and where it comes from."""

    year = WholeNumberField("År", validators=[InputRequired("Skriv et årstal, fx 2015.")])
    kind = ChoiceField("Ramme", choices={"mentor_2014": "Mentorramme (refusion)"})
    amount = KronerField("Beløb i kr.", validators=[InputRequired("Skriv beløbet, fx 3.200.000,00.")])
    reason = StringField(
        "Hvor kommer beløbet fra?",
        validators=[InputRequired("Skriv, hvor beløbet kommer fra."), Length(max=400, message="Højst 400 tegn.")],
    )

    def filled(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `frames.deciding.propose_change`; the amount in øre."""
        return {name: self[name].data for name in ("year", "kind", "amount", "reason")}
