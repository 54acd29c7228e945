"""The form to propose how the municipality reads an open point."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, at_most


class ReadingForm(BaseForm):
    """A reading to propose (kommunens læsning)."""

    point = ChoiceField("Hvad lader loven stå åbent?", [InputRequired("Vælg et punkt.")])
    wording = TextAreaField(
        "Sådan læser kommunen loven",
        [at_most(1000)],
        description="Skriv til borgeren, med »du«. Teksten står som begrundelse i brevet.",
    )
    valid_from = DanishDateField("Gælder fra", [InputRequired("Skriv en dato, dd-mm-åååå.")])
    reason = StringField("Hvem har besluttet det, og hvorfor?", [DataRequired("Skriv begrundelsen."), at_most(400)])
    takes_back = BooleanField("Tag den læsning tilbage, der gælder nu")

    def told(self) -> dict[str, Any]:
        """Return the proposal by the names of `NewReading`."""
        texts = {name: self[name].data or "" for name in ("point", "wording", "reason")}
        return texts | {"valid_from": self.valid_from.data, "takes_back": bool(self.takes_back.data)}
