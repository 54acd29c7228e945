"""Forms of the mentor register: one mentor with contact data, hours, price and skills."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from jobcenter_mentor.domain.kernel import mentor_types, needs
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.platform.pages.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    ChoicesField,
    DanishDateField,
    HoursField,
    KronerField,
    VersionedForm,
    WholeNumberField,
    at_most,
)

MUST = "Skal udfyldes."
ASKED = [("", "Ikke oplyst"), ("ja", "Ja"), ("nej", "Nej")]


class MentorForm(VersionedForm):
    """A mentor, new or changed; hours and price count from »Gælder fra«."""

    first_name = StringField("Fornavn", [DataRequired(MUST), at_most(100)])
    last_name = StringField("Efternavn", [DataRequired(MUST), at_most(100)])
    mentor_type = ChoiceField("Mentortype", choices=[("", "Vælg"), *MENTOR_TYPES.items()], default="")
    phone = StringField("Telefon", [DataRequired(MUST)], description="8 cifre, evt. +45.")
    email = StringField("E-mail", [DataRequired(MUST)])
    employer = StringField("Ansættelsessted", [at_most(120)])
    cvr = StringField("CVR-nr.", [at_most(20)])
    supplier = ChoiceField("Leverandør", choices=[("", "Ingen")], default="")
    minutes_per_week = HoursField("Timer/uge", [InputRequired(MUST)])
    hours_reason = StringField("Hvorfor over 37 timer", [at_most(200)], description="Kun når timerne er over 37.")
    hours_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    hours_to = DanishDateField("Gælder til")
    hourly_price = KronerField("Timepris", description="Tom: leverandørens kontrakt eller standardprisen.")
    languages = StringField("Sprog", [at_most(200)], description="Adskil med komma, fx arabisk, tyrkisk.")
    competences = StringField("Kompetencer", [at_most(300)], description="Adskil med komma, fx misbrug, gæld.")
    experience = ChoicesField("Erfaring med", choices=needs.BARRIERS)
    preferred_themes = ChoicesField("Vil helst have", choices=needs.TASKS)
    refused_themes = ChoicesField("Tager ikke", choices=needs.TASKS)
    transport = ChoiceField("Transport", choices=[("", "Ikke oplyst"), *mentor_types.TRANSPORT.items()], default="")
    area = StringField("Område", [at_most(60)])
    qualification = StringField("Kvalifikationer", [at_most(200)])
    course_hours = WholeNumberField("Kursustimer", [Optional(), NumberRange(0, 5000, "Skriv et tal fra 0 til 5000.")])
    sex = ChoiceField("Køn", choices=[("", "Ikke oplyst"), ("K", "Kvinde"), ("M", "Mand")], default="")
    evenings = BooleanField("Kan mødes om aftenen")
    clearance_on = DanishDateField("Straffeattest set den", description="Kun datoen, aldrig indholdet.")
    children_clearance_on = DanishDateField("Børneattest set den", description="Kun datoen, aldrig indholdet.")
    proof_on = DanishDateField("Bevis for kvalifikationer set den")
    work_area = ChoiceField(
        "Ansættelsesområde", choices=[("", "Som mentortypen"), *mentor_types.WORK_AREAS.items()], default=""
    )
    education = ChoiceField(
        "Erhvervsuddannelse", choices=[("", "Ikke oplyst"), *mentor_types.EDUCATIONS.items()], default=""
    )
    main_occupation = ChoiceField("Mentorarbejdet er hovedbeskæftigelsen", choices=ASKED, default="")
    work_since = WholeNumberField("På arbejdsmarkedet siden", description="Årstal.")
    mentor_since = WholeNumberField("Mentor siden", description="Årstal.")

    def offer(self, suppliers: list[tuple[str, str]]) -> None:
        """Let the suppliers (public id, name) be chosen."""
        self.supplier.choices = [("", "Ingen"), *suppliers]

    def told(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it; the supplier is left to the view."""
        words = {name: tuple((getattr(self, name).data or "").split(",")) for name in ("languages", "competences")}
        plain = ("first_name", "last_name", "mentor_type", "phone", "email", "employer", "cvr", "area", "qualification")
        coded = ("sex", "transport", "work_area", "education", "hours_reason")
        dated = ("minutes_per_week", "hours_from", "hours_to", "hourly_price", "course_hours", "clearance_on")
        more = ("children_clearance_on", "proof_on", "work_since", "mentor_since", "evenings")
        ticked = ("experience", "preferred_themes", "refused_themes")
        return (
            words
            | {name: getattr(self, name).data or "" for name in (*plain, *coded)}
            | {name: getattr(self, name).data for name in (*dated, *more)}
            | {name: tuple(getattr(self, name).data or ()) for name in ticked}
            | {"main_occupation": {"ja": True, "nej": False}.get(self.main_occupation.data)}
        )


class MentorFilterForm(BaseFilterForm):
    """The filter of the list of mentors."""

    text = StringField("Navn", [at_most(100)])
    mentor_type = ChoiceField("Type", choices=[("", "Alle"), *MENTOR_TYPES.items()], default="")
    free = BooleanField("Med ledige timer")
    flawed = BooleanField("Mangler kontaktoplysninger")


class CorpsFilterForm(BaseFilterForm):
    """The filter of the table of hours."""

    text = StringField("Navn", [at_most(100)])
    mentor_type = ChoiceField("Type", choices=[("", "Alle"), *MENTOR_TYPES.items()], default="")
    skill = StringField("Sprog eller kompetence", [at_most(60)])


class SupervisionForm(BaseForm):
    """A supervision or a course: one date and who is invited."""

    held_on = DanishDateField("Dato", [InputRequired(MUST)])
    kind = ChoiceField("Slags", choices=mentor_types.SUPERVISION)
    title = StringField("Emne", [DataRequired(MUST), at_most(120)])
    minutes = HoursField("Timer", [InputRequired(MUST)])
    led_by = StringField("Ved", [at_most(120)])
    mentors = ChoicesField("Mentorer", choices=[])

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.supervision.NewSupervision`."""
        plain = {name: self[name].data for name in ("held_on", "kind", "title", "minutes")}
        return plain | {"led_by": self.led_by.data or "", "mentors": tuple(self.mentors.data or ())}


class AttendanceForm(BaseForm):
    """The attendance (fremmøde): who of those invited came."""

    came = ChoicesField("Mødte op", choices=[])


class MentorAbsenceForm(BaseForm):
    """An absence; both days are included."""

    first_day = DanishDateField("Første dag", [InputRequired(MUST)])
    last_day = DanishDateField("Sidste dag")
    until_further_notice = BooleanField("Indtil videre", description="Sidste dag kendes ikke endnu.")
    reason = StringField("Grund", [at_most(40)], description="Fx orlov, ferie.")

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.budget.add_absence`."""
        names = ("first_day", "last_day", "until_further_notice")
        return {name: self[name].data for name in names} | {"reason": self.reason.data or ""}


class BackForm(BaseForm):
    """The last day of an absence that was until further notice."""

    ended_on = DanishDateField("Sidste dag med fravær", [InputRequired(MUST)])

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.budget.end_absence`."""
        return {"last_day": self.ended_on.data}


class FunctionForm(BaseForm):
    """A place mentor function (pladsmentorfunktion); the hours are those of all places together."""

    workplace = StringField("Arbejdsplads", [DataRequired(MUST), at_most(120)])
    places = WholeNumberField("Pladser", [InputRequired(MUST)])
    minutes_per_week = HoursField("Timer/uge i alt", [InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", [InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")
    agreement = ChoiceField("Virksomhedsaftale", choices=[("", "Ingen")], default="")

    def offer(self, agreements: list[tuple[str, str]]) -> None:
        """Let the company agreements (public id, company) be chosen."""
        self.agreement.choices = [("", "Ingen"), *agreements]

    def told(self) -> dict[str, Any]:
        """Return what was typed, by the names of `mentors.functions.place_function`; the agreement is the view's."""
        names = ("workplace", "places", "minutes_per_week", "valid_from", "valid_to")
        return {name: self[name].data for name in names}
