"""Formularer til mentorregistret: one mentor with contact data, hours, price and skills."""

from typing import Any

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.web.forms import (
    BaseForm,
    ChoiceField,
    DanishDateField,
    HoursField,
    KronerField,
    WholeNumberField,
)

MUST = "Skal udfyldes."


class MentorForm(BaseForm):
    """Mentor: new or amended; the hours and the price count from »Gælder fra«."""

    first_name = StringField("Fornavn", validators=[InputRequired(MUST), Length(max=100, message="Højst 100 tegn.")])
    last_name = StringField("Efternavn", validators=[InputRequired(MUST), Length(max=100, message="Højst 100 tegn.")])
    mentor_type = ChoiceField("Mentortype", choices=[("", "Vælg"), *MENTOR_TYPES.items()], default="")
    phone = StringField("Telefon", validators=[InputRequired(MUST)], description="8 cifre, evt. +45.")
    email = StringField("E-mail", validators=[InputRequired(MUST)])
    employer = StringField("Ansættelsessted", validators=[Length(max=120, message="Højst 120 tegn.")])
    cvr = StringField("CVR-nr.", validators=[Length(max=20, message="Højst 20 tegn.")])
    supplier = ChoiceField("Leverandør", choices=[("", "Ingen")], default="")
    minutes_per_week = HoursField("Timer pr. uge", validators=[InputRequired(MUST)])
    hours_from = DanishDateField("Gælder fra", validators=[InputRequired(MUST)])
    hours_to = DanishDateField("Gælder til")
    hourly_price = KronerField("Timepris", description="Tom: leverandørens kontrakt eller standardprisen.")
    languages = StringField("Sprog", description="Adskil med komma, fx arabisk, tyrkisk.")
    competences = StringField("Kompetencer", description="Adskil med komma, fx misbrug, gæld.")
    area = StringField("Område", validators=[Length(max=60, message="Højst 60 tegn.")])
    qualification = StringField("Kvalifikationer", validators=[Length(max=200, message="Højst 200 tegn.")])
    course_hours = WholeNumberField(
        "Kursustimer", validators=[Optional(), NumberRange(0, 5000, "Skriv et tal fra 0 til 5000.")]
    )
    sex = ChoiceField("Køn", choices=[("", "Ikke oplyst"), ("K", "Kvinde"), ("M", "Mand")], default="")
    evenings = BooleanField("Kan mødes om aftenen")
    clearance_on = DanishDateField("Attest set den", description="Kun datoen, aldrig indholdet.")
    version = HiddenField()

    def offer(self, suppliers: list[tuple[str, str]]) -> None:
        """Let the suppliers (public id, name) be chosen."""
        self.supplier.choices = [("", "Ingen"), *suppliers]

    def version_shown(self) -> int | None:
        """Return the version of the mentor the form was opened on, None for a new one."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else None

    def told(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it; the supplier is left to the view."""
        words = {name: tuple((getattr(self, name).data or "").split(",")) for name in ("languages", "competences")}
        plain = ("first_name", "last_name", "mentor_type", "phone", "email", "employer", "cvr", "area", "qualification")
        dated = ("minutes_per_week", "hours_from", "hours_to", "hourly_price", "course_hours", "clearance_on")
        return (
            words
            | {name: getattr(self, name).data or "" for name in (*plain, "sex")}
            | {name: getattr(self, name).data for name in (*dated, "evenings")}
        )


class MentorFilterForm(BaseForm):
    """Filter til mentorlisten; sent by GET."""

    class Meta(BaseForm.Meta):
        """A filter changes nothing and needs no token."""

        csrf = False

    text = StringField("Navn", validators=[Length(max=100)])
    mentor_type = ChoiceField("Type", choices=[("", "Alle"), *MENTOR_TYPES.items()], default="")
    free = BooleanField("Med ledige timer")
    flawed = BooleanField("Mangler kontaktoplysninger")


class AbsenceForm(BaseForm):
    """Fravær: both days included."""

    first_day = DanishDateField("Første dag", validators=[InputRequired(MUST)])
    last_day = DanishDateField("Sidste dag", validators=[InputRequired(MUST)])
    reason = StringField("Grund", validators=[Length(max=40, message="Højst 40 tegn.")], description="Fx orlov, ferie.")


class FunctionForm(BaseForm):
    """Pladsmentorfunktion: the hours are those of all places together."""

    workplace = StringField(
        "Arbejdsplads", validators=[InputRequired(MUST), Length(max=120, message="Højst 120 tegn.")]
    )
    places = WholeNumberField("Pladser", validators=[InputRequired(MUST)])
    minutes_per_week = HoursField("Timer pr. uge i alt", validators=[InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", validators=[InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")
