"""The form of a referral: three parts on one page; it checks shape only, the service checks what can be right."""

from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.domain.kernel.needs import BARRIERS, OTHER_SUPPORT, TASKS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.platform.pages.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    ChoicesField,
    DanishDateField,
    HoursField,
    VersionedForm,
    WholeNumberField,
    at_most,
)

OTHER_OFFERS = {
    "yes": "Ja",
    "no_personal": "Nej, personlige forhold",
    "no_other": "Nej, anden grund",
    "unknown": "Ved ikke",
}
KNOWN_OR_NOT = {"ja": "Ja", "nej": "Nej", "": "Ved ikke"}
KNOWN = ("first_offer", "refugee_full_refund", "beyond_normal", "decisive")
"""The fields with one of these answers."""
EDUCATIONS = {
    "study_or_job_qualifying": "Ja, en studie- eller erhvervskompetencegivende",
    "other": "Ja, en anden",
    "": "Nej eller ved ikke",
}
ALL = {"": "Alle"}
TRUTH = {"ja": True, "nej": False, "": None}
OFFERS = {
    "yes": (True, None),
    "no_personal": (False, "personal"),
    "no_other": (False, "other"),
    "unknown": (None, None),
}


class ReferralCitizenForm(BaseForm):
    """Find the citizen by CPR number; sent by POST only."""

    cpr = StringField(
        "CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)], description="Hele nummeret, 10 cifre"
    )


class ReferralFilterForm(BaseFilterForm):
    """The filter of the waiting list."""

    mine = BooleanField("Kun mine")
    closed = BooleanField("Vis også afsluttede")
    mentor_type = ChoiceField("Mentortype", choices=ALL | MENTOR_TYPES, default="")
    page = WholeNumberField("Side", default=1)


class ReferralWithdrawalForm(BaseForm):
    """Withdraw a referral."""

    reason = StringField("Hvorfor trækkes henvisningen tilbage?", [DataRequired("Skriv hvorfor."), at_most(180)])


class ReferralForm(VersionedForm):
    """A referral (henvisning): citizen, need, terms. `form_key` opens one case however often the form is sent."""

    form_key = HiddenField()
    other_offers = ChoiceField("Kan borgeren deltage i andre tilbud nu?", choices=OTHER_OFFERS, default="unknown")
    first_offer = ChoiceField(
        "Er det borgerens første tilbud i perioden?",
        choices=KNOWN_OR_NOT,
        default="",
        description="En mentor bruger ikke det første tilbud, et andet tilbud gør. Se jobplanen, eller spørg borgeren.",
    )
    education_kind = ChoiceField("Er borgeren optaget på en uddannelse?", choices=EDUCATIONS, default="")
    education_admission_date = DanishDateField("Optaget den")
    refugee_full_refund = ChoiceField(
        "Er borgeren flygtning i døgnophold eller kommet som mindreårig asylansøger?", choices=KNOWN_OR_NOT, default=""
    )
    psychiatric_inpatient = BooleanField("Indlagt på psykiatrisk afdeling")
    discharge_date = DanishDateField("Forventet udskrivning")
    barriers = ChoicesField("Hvad står i vejen?", choices=BARRIERS)
    tasks = ChoicesField(
        "Hvad skal mentoren hjælpe med?",
        choices=TASKS,
        description="Støtte til at gøre det selv. Behandling, rengøring og myndighedsopgaver kan ikke vælges.",
    )
    goal = TextAreaField(
        "Et konkret mål, der kan måles",
        [DataRequired("Skriv et konkret mål, der kan måles."), at_most(1000)],
        description="Hvad gør borgeren selv, hvor tit og inden hvornår?",
    )
    goal_by = DanishDateField("Målet er nået senest")
    wishes = StringField("Borgerens ønsker til mentoren", [at_most(500)])
    wished_language = StringField("Ønsket sprog", [at_most(40)])
    consulted_on = DanishDateField(
        "Borgeren er spurgt den", description="Lad feltet stå tomt, hvis borgeren ikke er spurgt endnu"
    )
    other_support = ChoiceField(
        "Får borgeren bostøtte eller støtte- og kontaktperson?", choices=OTHER_SUPPORT, default=""
    )
    division_of_tasks = StringField(
        "Hvordan er opgaverne delt?", [at_most(500)], description="Kun ved bostøtte eller kontaktperson"
    )
    beyond_normal = ChoiceField(
        "Går hjælpen ud over det, virksomheden eller skolen normalt gør?", choices=KNOWN_OR_NOT, default=""
    )
    decisive = ChoiceField(
        "Er støtten afgørende for aktiviteten, tilbuddet eller ansættelsen?", choices=KNOWN_OR_NOT, default=""
    )
    start = DanishDateField("Første dag", [InputRequired("Skriv første dag.")])
    weeks = WholeNumberField("Uger", [InputRequired("Skriv antal uger.")])
    minutes_per_week = HoursField("Timer/uge", [InputRequired("Skriv timer om ugen.")])
    mentor_type = ChoiceField("Mentortype", choices=MENTOR_TYPES, default="INT")
    direct_minutes_per_week = HoursField(
        "Heraf direkte kontakt, timer/uge",
        description="Kun hvis nogle af timerne er forberedelse. Forberedelse kan ikke betales som mentortimer.",
    )
    hours_reason = StringField("Begrundelse for mere end 37 timer om ugen", [at_most(300)])
    reason = TextAreaField(
        "Begrundelse",
        [at_most(1000)],
        description="Kræves, når vilkårene afviger fra Lovvurderingen. Penge kan aldrig være begrundelsen.",
    )

    TERMS = ("start", "weeks", "minutes_per_week", "mentor_type")

    def has_terms(self) -> bool:
        """Tell whether the terms can be read; the rest may still be half written."""
        return not any(self[name].errors for name in self.TERMS)

    def told(self, on: date) -> dict[str, Any]:
        """Return the values by the names of `NewReferral`; the referral is of the working day."""
        can_take, because = OFFERS[self.other_offers.data]
        same = (
            "start",
            "weeks",
            "minutes_per_week",
            "mentor_type",
            "tasks",
            "barriers",
            "consulted_on",
            "psychiatric_inpatient",
            "discharge_date",
            "other_support",
            "goal_by",
            "education_admission_date",
            "direct_minutes_per_week",
        )
        given: dict[str, Any] = {name: self[name].data for name in same}
        texts = ("goal", "wishes", "wished_language", "division_of_tasks", "hours_reason")
        given |= {name: self[name].data or "" for name in texts}
        return given | {
            "referred_on": on,
            "consulted": self.consulted_on.data is not None,
            "can_take_other_offers": can_take,
            "cannot_because": because,
            "education_kind": self.education_kind.data or None,
            **{name: TRUTH[self[name].data] for name in KNOWN},
            "form_key": (self.form_key.data or "")[:36],
        }


def answers_of(referral: Any) -> dict[str, Any]:
    """Return what the form shows of a referral: every field it has, the tri-state answers in the form's words."""
    plain = (
        "version",
        "psychiatric_inpatient",
        "discharge_date",
        "barriers",
        "tasks",
        "goal",
        "wishes",
        "wished_language",
        "consulted_on",
        "other_support",
        "division_of_tasks",
        "start",
        "weeks",
        "minutes_per_week",
        "mentor_type",
        "hours_reason",
        "goal_by",
        "education_admission_date",
        "direct_minutes_per_week",
    )
    back = {truth: word for word, truth in TRUTH.items()}
    offers = {pair: word for word, pair in OFFERS.items()}
    pair = (referral.can_take_other_offers, referral.cannot_because)
    return {
        **{name: getattr(referral, name) for name in plain},
        "other_offers": offers.get(pair, "no_other" if referral.can_take_other_offers is False else "unknown"),
        "education_kind": referral.education_kind or "",
        **{name: back[getattr(referral, name)] for name in KNOWN},
    }
