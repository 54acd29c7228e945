"""The form that says how much a released line is lowered, and why."""

from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, HoursField, KronerField, at_most


class CorrectionForm(BaseForm):
    """The correction of a released line."""

    amount = KronerField("Ret ned med, kr.", [InputRequired("Skriv beløbet, linjen rettes ned med.")])
    minutes = HoursField(
        "Heraf timer",
        description="Skriv 0, hvis kun beløbet er forkert. Er feltet tomt, foreslås timer i forhold til beløbet.",
    )
    note = StringField("Hvorfor?", [at_most(500)])

    def told(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `claims.credits.correct`."""
        return {"amount": self.amount.data, "minutes": self.minutes.data, "reason": self.note.data or ""}
