"""Formularer til borgere: check shape only; the service checks CPR, scope and whether group and visitation fit."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp

from jobcenter_mentor.domain.considerations import PHONE
from jobcenter_mentor.domain.errors import DomainError
from jobcenter_mentor.domain.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.web.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    DanishDateField,
    EmailAddress,
    VersionedForm,
    WholeNumberField,
    at_most,
)

ALL = {"": "Alle"}
NONE = {"": "Ingen"}
SORTS = {"name": "Navn", "-birth": "Yngste først", "-since": "Senest ændret", "caseworker": "Sagsbehandler"}


class CprForm(BaseForm):
    """Find på CPR-nummer; sent by POST only."""

    cpr = StringField(
        "CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="Hele nummeret, 10 cifre"
    )


class FilterForm(BaseFilterForm):
    """Filter for borgerlisten."""

    text = StringField("Navn", [at_most(100)])
    benefit = ChoiceField("Målgruppe", choices=ALL | BENEFITS, default="")
    visitation = ChoiceField("Visitation", choices=ALL | VISITATIONS, default="")
    mine = BooleanField("Kun mine borgere")
    sort = ChoiceField("Sortering", choices=SORTS, default="name")
    page = WholeNumberField("Side", default=1)


class SearchForm(BaseFilterForm):
    """Søgning, as the box on every page sends it."""

    q = StringField("Søg efter navn, sagsnummer eller mentor", id="q-again", render_kw={"maxlength": 100})


class ContactForm(BaseForm):
    """Stamdata, der kan rettes."""

    first_name = StringField("Fornavn", [DataRequired("Skriv fornavnet."), at_most(100)])
    last_name = StringField("Efternavn", [DataRequired("Skriv efternavnet."), at_most(100)])
    address = StringField("Adresse", [at_most(300)], description="Vej og nummer, postnummer og by")
    phone = StringField("Telefon", [Optional(), Regexp(PHONE, message="Skriv 8 cifre, evt. +45 foran.")])
    email = StringField("E-mail", [Optional(), at_most(200), EmailAddress()])
    language = StringField("Sprog", [at_most(40)], default="dansk")
    protected = BooleanField(
        "Navne- og adressebeskyttelse", description="Navn og adresse skjules, også for mentoren og leverandøren."
    )
    integration_programme = BooleanField("Er i integrationsprogram", description="Følger integrationslovens regler.")

    def told(self, names: Iterable[str]) -> dict[str, Any]:
        """What the form says of these fields, those it has; a text that wasn't sent is empty."""
        return {name: "" if self[name].data is None else self[name].data for name in names if name in self}


class AmendForm(ContactForm, VersionedForm):
    """Ret stamdata, unless somebody else has changed them meanwhile."""

    released_contact = BooleanField(
        "Kontaktoplysninger frigivet", description="Mentorer uden for kommunen må se telefon, e-mail og adresse."
    )
    died_on = DanishDateField(
        "Død den", [Optional()], description="Kun ved dødsfald. Der sendes ikke flere breve til borgeren."
    )

    def told(self, names: Iterable[str]) -> dict[str, Any]:
        """What the form says of these fields; without a day the citizen lives."""
        return super().told(names) | {"died_on": self.died_on.data}


class CitizenForm(ContactForm):
    """Ny borger, with the first target group and visitation."""

    cpr = StringField("CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="10 cifre")
    team = ChoiceField("Team", coerce=int)
    benefit = ChoiceField("Målgruppe", choices=BENEFITS)
    visitation = ChoiceField("Visitation", choices=NONE | VISITATIONS, default="")
    status_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])


class StatusForm(BaseForm):
    """Ny målgruppe eller visitation fra en dag."""

    benefit = ChoiceField("Målgruppe", choices=BENEFITS)
    visitation = ChoiceField("Visitation", choices=NONE | VISITATIONS, default="")
    valid_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])
    source = StringField("Oplyst af", [at_most(80)], description="Fx ydelsessystem")
    note = TextAreaField(
        "Hvorfor rettes den?",
        [at_most(300)],
        description="Kun når der allerede er en registrering fra samme dag.",
    )


class ReasonForm(BaseForm):
    """Grunden til at se en oplysning, der ellers er skjult."""

    reason = StringField("Hvorfor skal du se oplysningen?", [at_most(200)])

    def add_errors(self, error: DomainError) -> None:
        """Ask first; only a reason that doesn't do is an error."""
        if self.reason.data:
            super().add_errors(error)
