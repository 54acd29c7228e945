"""Forms for a citizen's considerations (hensyn): they check shape only; the service checks what each kind needs."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp

from jobcenter_mentor.domain.kernel.consideration_kinds import ACTS_FOR, LETTERS, PHONE
from jobcenter_mentor.platform.pages.forms import BaseForm, DanishDateField, RadiosField, at_most

ACTING = ("name", "address", "phone", "letters")
FIELDS = dict.fromkeys(ACTS_FOR, ACTING) | {"interpreter": ("language", "note"), "no_calls": ("note",)}
"""The fields of each kind; the days and an exemption's note belong to all."""
NOTES = {
    "interpreter": ("Bemærkning", "Fx dialekt eller ønske om tolkens køn"),
    "no_calls": ("Hvornår må der ikke ringes?", "Fx »før kl. 12« eller »onsdag, har barnet«"),
    "post_exempt": ("Bemærkning", "Fx at fritagelsen er oplyst af borgerservice"),
}
"""What the note is called, and an example, by kind."""


class ConsiderationForm(BaseForm):
    """A consideration (hensyn); fields that the kind doesn't use are taken away."""

    name = StringField("Navn", [at_most(200)])
    address = StringField("Adresse", [at_most(300)], description="Vej og nummer, postnummer og by")
    phone = StringField("Telefon", [Optional(), Regexp(PHONE, message="Skriv 8 cifre, evt. +45 foran.")])
    letters = RadiosField("Skal brevene sendes hertil?", choices=LETTERS, default="")
    language = StringField("Sprog", [at_most(40)])
    note = StringField("Bemærkning", [at_most(300)])
    valid_from = DanishDateField("Gælder fra", [InputRequired("Skriv datoen.")])
    valid_to = DanishDateField("Gælder til og med", description="Tom, når det gælder indtil videre")

    def keep_fields_of(self, kind: str) -> None:
        """Keep the fields of the kind."""
        kept = {*FIELDS.get(kind, ("note",)), "valid_from", "valid_to", "csrf_token"}
        for name in set(self._fields) - kept:
            del self[name]
        if kind in NOTES:
            self.note.label.text, self.note.description = NOTES[kind]

    def told(self) -> dict[str, Any]:
        """What was filled in, by field of `NewConsideration`."""
        dates = ("valid_from", "valid_to")
        return {
            name: field.data if name in dates else field.data or ""
            for name, field in self._fields.items()
            if name != "csrf_token"
        }


class EndForm(BaseForm):
    """The last day of a consideration."""

    last_day = DanishDateField("Gjaldt til og med", description="Tom, når det blev skrevet ved en fejl")
    because = StringField("Hvorfor gælder det ikke længere?", [DataRequired("Skriv hvorfor."), at_most(200)])


class NumberForm(BaseForm):
    """A new CPR number."""

    cpr = StringField("Nyt CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="10 cifre")
    replaced_on = DanishDateField("Nummeret gælder fra", [InputRequired("Skriv datoen.")])
    reason = StringField("Hvorfor skiftes det?", [DataRequired("Skriv hvorfor."), at_most(200)])
