"""Formularer til borgere: check shape only; the service checks CPR, scope and whether group and visitation fit."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from jobcenter_mentor.domain.errors import Conflict, DomainError
from jobcenter_mentor.domain.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.web.forms import BaseForm, ChoiceField, DanishDateField, WholeNumberField

ALL = {"": "Alle"}
NONE = {"": "Ingen"}
PHONE = r"^(\+45 ?)?([0-9] ?){8}$"
SORTS = {"name": "Navn", "-birth": "Yngste først", "-since": "Senest ændret", "caseworker": "Sagsbehandler"}


class CprForm(BaseForm):
    """Find på CPR-nummer; sent by POST only."""

    cpr = StringField(
        "CPR-nummer", [DataRequired("Skriv CPR-nummeret."), Length(max=20)], description="Hele nummeret, 10 cifre"
    )


class FilterForm(BaseForm):
    """Filter for borgerlisten; sent by GET."""

    class Meta(BaseForm.Meta):
        """A filter changes nothing and needs no token."""

        csrf = False

    text = StringField("Navn", [Length(max=100)])
    benefit = ChoiceField("Målgruppe", choices=ALL | BENEFITS, default="")
    visitation = ChoiceField("Visitation", choices=ALL | VISITATIONS, default="")
    mine = BooleanField("Kun mine borgere")
    sort = ChoiceField("Sortering", choices=SORTS, default="name")
    page = WholeNumberField("Side", default=1)


class SearchForm(BaseForm):
    """Søgning, as the box on every page sends it."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = StringField("Søg efter navn, sagsnummer eller mentor", id="q-again", render_kw={"maxlength": 100})


class ContactForm(BaseForm):
    """Stamdata, der kan rettes."""

    first_name = StringField("Fornavn", [DataRequired("Skriv fornavnet."), Length(max=100, message="Højst 100 tegn.")])
    last_name = StringField(
        "Efternavn", [DataRequired("Skriv efternavnet."), Length(max=100, message="Højst 100 tegn.")]
    )
    address = StringField(
        "Adresse", [Length(max=300, message="Højst 300 tegn.")], description="Vej og nummer, postnummer og by"
    )
    phone = StringField("Telefon", [Optional(), Regexp(PHONE, message="Skriv 8 cifre, evt. +45 foran.")])
    email = StringField("E-mail", [Optional(), Length(max=200), Email(message="Ikke en gyldig e-mailadresse.")])
    language = StringField("Sprog", [Length(max=40, message="Højst 40 tegn.")], default="dansk")
    protected = BooleanField(
        "Navne- og adressebeskyttelse", description="Navn og adresse skjules, også for mentor og leverandør."
    )
    integration_programme = BooleanField("Er i integrationsprogram", description="Følger integrationslovens regler.")

    def told(self, names: Iterable[str]) -> dict[str, Any]:
        """What the form says of these fields, those it has; a text that wasn't sent is empty."""
        return {name: "" if self[name].data is None else self[name].data for name in names if name in self}


class AmendForm(ContactForm):
    """Ret stamdata; `version` is the one the page was opened with."""

    released_contact = BooleanField(
        "Kontaktoplysninger frigivet", description="Mentorer uden for kommunen må se telefon, e-mail og adresse."
    )
    version = WholeNumberField("Version", widget=HiddenInput())
    is_stale = False

    def take(self, error: DomainError, version: int) -> None:
        """Take a refusal; after a conflict the form holds the version of today, so that it may be saved once seen."""
        self.add_errors(error)
        self.is_stale = isinstance(error, Conflict)
        self.version.raw_data, self.version.data = [], version


class CitizenForm(ContactForm):
    """Ny borger, with the first target group and visitation."""

    cpr = StringField("CPR-nummer", [DataRequired("Skriv CPR-nummeret."), Length(max=20)], description="10 cifre")
    team = ChoiceField("Team", coerce=int)
    benefit = ChoiceField("Målgruppe", choices=BENEFITS)
    visitation = ChoiceField("Visitation", choices=NONE | VISITATIONS, default="")
    status_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])


class StatusForm(BaseForm):
    """Ny målgruppe eller visitation fra en dag."""

    benefit = ChoiceField("Målgruppe", choices=BENEFITS)
    visitation = ChoiceField("Visitation", choices=NONE | VISITATIONS, default="")
    valid_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])
    source = StringField("Oplyst af", [Length(max=80, message="Højst 80 tegn.")], description="Fx ydelsessystem")
    note = TextAreaField(
        "Hvorfor rettes den?",
        [Length(max=300, message="Højst 300 tegn.")],
        description="Kun når der allerede er en registrering fra samme dag.",
    )


class ReasonForm(BaseForm):
    """Grunden til at se en oplysning, der ellers er skjult."""

    reason = StringField("Hvorfor skal du se oplysningen?", [Length(max=200, message="Højst 200 tegn.")])
