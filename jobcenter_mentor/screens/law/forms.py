"""The forms of the law pages: the days to show, and a proposal for one of the municipality's own figures."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, at_most


class DayForm(BaseForm):
    """The day, and one to compare with: read from the address, so it needs no CSRF token."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing."""

        csrf = False

    dag = DanishDateField("Dag")
    fra = DanishDateField("Sammenlign med", description="Tom viser kun dagen")


class FigureForm(BaseForm):
    """A proposal for one of the municipality's own figures."""

    name = ChoiceField("Tal", [InputRequired("Vælg et tal.")])
    value = StringField("Ny værdi", [DataRequired("Skriv den nye værdi."), at_most(20)])
    valid_from = DanishDateField("Gælder fra", [InputRequired("Skriv en dato, dd-mm-åååå.")])
    reason = TextAreaField("Hvem har besluttet det, og hvorfor?", [DataRequired("Skriv begrundelsen."), at_most(400)])

    def told(self) -> dict[str, Any]:
        """Return the proposal by the names of `NewFigure`."""
        return {name: self[name].data for name in ("name", "value", "valid_from", "reason")}
