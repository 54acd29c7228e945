"""Forms of the journal: the filter and a note."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from jobcenter_mentor.platform.pages.forms import BaseFilterForm, BaseForm, ChoiceField, WholeNumberField, at_most


class JournalFilterForm(BaseFilterForm):
    """The filter of the journal: kind and course."""

    kind = ChoiceField("Slags", choices={"": "Alt"}, default="")
    grant = ChoiceField("Sag", choices={"": "Alle sager"}, default="")
    page = WholeNumberField("Side", default=1)


class NoteForm(BaseForm):
    """A note."""

    title = StringField("Hvad handler det om?", [DataRequired("Skriv, hvad notatet handler om."), at_most(200)])
    text = TextAreaField("Notat", [DataRequired("Skriv notatet."), at_most(4000)])
    grant = ChoiceField("Sag", choices={"": "Borgeren, ingen bestemt sag"}, default="")
    is_health = BooleanField("Handler om helbred")
    is_internal = BooleanField(
        "Internt notat", description="Kun overvejelser. Notater om fakta, der betyder noget for sagen, er ikke interne."
    )

    def told(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        return {
            "title": self.title.data or "",
            "text": self.text.data or "",
            "grant": self.grant.data or "",
            "is_health": bool(self.is_health.data),
            "is_internal": bool(self.is_internal.data),
        }
