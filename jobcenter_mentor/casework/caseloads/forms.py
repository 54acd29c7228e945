"""The form to move cases: which cases, to whom, and why."""

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, ChoicesField, at_most


class MoveForm(BaseForm):
    """Move cases: shown once to choose, and once more to confirm what was chosen."""

    to = ChoiceField("Ny sagsbehandler", [DataRequired("Vælg en sagsbehandler.")], choices={})
    reason = TextAreaField("Hvorfor?", [DataRequired("Skriv hvorfor."), at_most(500)])
    everything = BooleanField("Alle sager på listen")
    cases = ChoicesField("Sager", choices={})
    confirmed = HiddenField()

    def offer(self, colleagues: Mapping[str, str], cases: Sequence[str]) -> None:
        """Set the choices of the day; the service refuses a case that is gone."""
        self.to.choices = {"": "Vælg"} | dict(colleagues)
        self.cases.choices = {key: key for key in [*cases, *(self.cases.data or [])]}

    def chosen(self, cases: Sequence[str]) -> list[str]:
        """Return the cases chosen, all of the list where that is ticked."""
        return list(cases) if self.everything.data else list(self.cases.data or [])
