"""The forms about citizens: they check shape only; the service checks CPR, scope, group and visitation."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp

from jobcenter_mentor.domain.kernel.consideration_kinds import PHONE
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, VISITATIONS
from jobcenter_mentor.domain.law.benefits import ADULT, education_decides, offered, visitations_offered
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.platform.pages.forms import (
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
KNOWN_OR_NOT = {"": "Ved ikke", "ja": "Ja", "nej": "Nej"}
TRUTH = {"": None, "ja": True, "nej": False}
SORTS = {"name": "Navn", "-birth": "Yngste først", "-since": "Senest ændret", "caseworker": "Sagsbehandler"}


class CitizenSearchForm(BaseForm):
    """Find a citizen by CPR number; sent by POST only."""

    cpr = StringField(
        "CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="Hele nummeret, 10 cifre"
    )


class CitizenFilterForm(BaseFilterForm):
    """The filter of the list of citizens."""

    text = StringField("Navn", [at_most(100)])
    benefit = ChoiceField("Målgruppe", choices=ALL | BENEFITS, default="")
    visitation = ChoiceField("Visitation", choices=ALL | VISITATIONS, default="")
    mine = BooleanField("Kun mine borgere")
    sort = ChoiceField("Sortering", choices=SORTS, default="name")
    page = WholeNumberField("Side", default=1)


class SearchForm(BaseFilterForm):
    """The search (søgning) as the box on every page sends it."""

    q = StringField("Søg efter navn, sagsnummer eller mentor", id="q-again", render_kw={"maxlength": 100})


class ContactForm(BaseForm):
    """The master data (stamdata) that can be corrected."""

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
        """Return the values of these fields, of those the form has; a text that was not sent is empty."""
        return {name: "" if self[name].data is None else self[name].data for name in names if name in self}


class AmendForm(ContactForm, VersionedForm):
    """Correct master data, unless somebody else has changed them meanwhile."""

    released_contact = BooleanField(
        "Kontaktoplysninger frigivet", description="Mentorer uden for kommunen må se telefon, e-mail og adresse."
    )
    died_on = DanishDateField(
        "Død den", [Optional()], description="Kun ved dødsfald. Der sendes ikke flere breve til borgeren."
    )

    def told(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the values of these fields; without a day the citizen is alive."""
        return super().told(names) | {"died_on": self.died_on.data}


class TargetGroupForm(BaseForm):
    """Benefit, visitation and education; the choices are those of the day."""

    benefit = ChoiceField("Målgruppe", choices=BENEFITS)
    visitation = ChoiceField("Visitation", choices=NONE | VISITATIONS, default="")
    has_education = ChoiceField(
        "Har borgeren en erhvervskompetencegivende uddannelse?",
        choices=KNOWN_OR_NOT,
        default="",
        description="En uddannelse, man kan få job med. Den afgør målgruppen under 30 år.",
    )

    def offer(self, law: LawOfDay, age: int | None = None) -> None:
        """Offer the benefits of the day, and the education where it can decide; what was sent stays a choice."""
        sent = self.benefit.data
        self.benefit.choices = offered(law) | ({sent: BENEFITS[sent]} if sent in BENEFITS else {})
        visited = {self.visitation.data, *visitations_offered(law)}
        self.visitation.choices = NONE | {code: name for code, name in VISITATIONS.items() if code in visited}
        asked = education_decides(law) and (age is None or age < ADULT)
        self.asks_education = asked or bool(self.has_education.data or self.has_education.errors)

    def group(self) -> dict[str, Any]:
        """Return the target group of the form."""
        education = TRUTH[self.has_education.data]
        told = {"benefit": self.benefit.data, "visitation": self.visitation.data or None}
        return told | {"has_education": education}


def as_chosen(status: Any) -> dict[str, Any]:
    """Return what the form shows of a status."""
    back = {truth: word for word, truth in TRUTH.items()}
    told = {"benefit": status.benefit, "visitation": status.visitation or ""}
    return told | {"has_education": back[status.has_education]}


class CitizenForm(ContactForm, TargetGroupForm):
    """A new citizen (ny borger), with the first target group and visitation."""

    cpr = StringField("CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="10 cifre")
    team = ChoiceField("Team", coerce=int)
    status_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])


class CitizenStatusForm(TargetGroupForm):
    """A new target group (målgruppe) or visitation from a day on."""

    valid_from = DanishDateField("Gældende fra", [InputRequired("Skriv datoen.")])
    source = StringField("Oplyst af", [at_most(80)], description="Fx ydelsessystem")
    note = TextAreaField(
        "Hvorfor rettes den?",
        [at_most(300)],
        description="Kun når der allerede er en registrering fra samme dag.",
    )

    def told(self) -> dict[str, Any]:
        """Return the values of the form, by the names of `set_status`."""
        texts = {name: self[name].data or "" for name in ("source", "note")}
        return self.group() | texts | {"valid_from": self.valid_from.data}

    def says(self, status: Any) -> bool:
        """Tell whether a status holds the same values."""
        told = self.told()
        return all(getattr(status, name) == told[name] for name in (*self.group(), "valid_from"))


class HiddenFactReasonForm(BaseForm):
    """The reason to see a fact that is otherwise hidden."""

    reason = StringField("Hvorfor skal du se oplysningen?", [at_most(200)])

    def add_errors(self, error: DomainError) -> None:
        """Ask first; only a reason that is not good enough is an error."""
        if self.reason.data:
            super().add_errors(error)
