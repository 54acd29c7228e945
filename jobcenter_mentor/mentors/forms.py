"""Formularer til mentorregistret: one mentor with contact data, hours, price and skills."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.web.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    DanishDateField,
    HoursField,
    KronerField,
    VersionedForm,
    WholeNumberField,
    at_most,
)

MUST = "Skal udfyldes."


class MentorForm(VersionedForm):
    """Mentor: new or amended; the hours and the price count from »Gælder fra«."""

    first_name = StringField("Fornavn", [DataRequired(MUST), at_most(100)])
    last_name = StringField("Efternavn", [DataRequired(MUST), at_most(100)])
    mentor_type = ChoiceField("Mentortype", choices=[("", "Vælg"), *MENTOR_TYPES.items()], default="")
    phone = StringField("Telefon", [DataRequired(MUST)], description="8 cifre, evt. +45.")
    email = StringField("E-mail", [DataRequired(MUST)])
    employer = StringField("Ansættelsessted", [at_most(120)])
    cvr = StringField("CVR-nr.", [at_most(20)])
    supplier = ChoiceField("Leverandør", choices=[("", "Ingen")], default="")
    minutes_per_week = HoursField("Timer/uge", [InputRequired(MUST)])
    hours_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    hours_to = DanishDateField("Gælder til")
    hourly_price = KronerField("Timepris", description="Tom: leverandørens kontrakt eller standardprisen.")
    languages = StringField("Sprog", [at_most(200)], description="Adskil med komma, fx arabisk, tyrkisk.")
    competences = StringField("Kompetencer", [at_most(300)], description="Adskil med komma, fx misbrug, gæld.")
    area = StringField("Område", [at_most(60)])
    qualification = StringField("Kvalifikationer", [at_most(200)])
    course_hours = WholeNumberField("Kursustimer", [Optional(), NumberRange(0, 5000, "Skriv et tal fra 0 til 5000.")])
    sex = ChoiceField("Køn", choices=[("", "Ikke oplyst"), ("K", "Kvinde"), ("M", "Mand")], default="")
    evenings = BooleanField("Kan mødes om aftenen")
    clearance_on = DanishDateField("Attest set den", description="Kun datoen, aldrig indholdet.")

    def offer(self, suppliers: list[tuple[str, str]]) -> None:
        """Let the suppliers (public id, name) be chosen."""
        self.supplier.choices = [("", "Ingen"), *suppliers]

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


class MentorFilterForm(BaseFilterForm):
    """Filter for mentorlisten."""

    text = StringField("Navn", [at_most(100)])
    mentor_type = ChoiceField("Type", choices=[("", "Alle"), *MENTOR_TYPES.items()], default="")
    free = BooleanField("Med ledige timer")
    flawed = BooleanField("Mangler kontaktoplysninger")


class AbsenceForm(BaseForm):
    """Fravær: both days included."""

    first_day = DanishDateField("Første dag", [InputRequired(MUST)])
    last_day = DanishDateField("Sidste dag", [InputRequired(MUST)])
    reason = StringField("Grund", [at_most(40)], description="Fx orlov, ferie.")

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.service.add_absence`."""
        return {"first_day": self.first_day.data, "last_day": self.last_day.data, "reason": self.reason.data or ""}


class FunctionForm(BaseForm):
    """Pladsmentorfunktion: the hours are those of all places together."""

    workplace = StringField("Arbejdsplads", [DataRequired(MUST), at_most(120)])
    places = WholeNumberField("Pladser", [InputRequired(MUST)])
    minutes_per_week = HoursField("Timer/uge i alt", [InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.service.place_function`."""
        names = ("workplace", "places", "minutes_per_week", "valid_from", "valid_to")
        return {name: self[name].data for name in names}
