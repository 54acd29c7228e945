"""Forms for the agreement (mentoraftale), the parties' answers, goals and progression."""

from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from jobcenter_mentor.domain.kernel.needs import GOAL_STATUSES, POINTS, RATERS, SCORES, TASKS
from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoiceField,
    ChoicesField,
    DanishDateField,
    HoursField,
    RadiosField,
    WholeNumberField,
    at_most,
)

FURTHER = (
    "plan",
    "not_tasks",
    "beyond_normal",
    "payment",
    "training",
    "reporting",
    "absence",
    "secrecy",
    "follow_up",
    "ending",
)
"""The further points, in the order of the page."""


class AgreementForm(BaseForm):
    """Form for the agreement (aftale); the service names everything that is missing at once."""

    goal = TextAreaField("1. Mål", [at_most(1000)])
    mentor_name = StringField("2. Mentors navn", [at_most(200)])
    mentor_contact = StringField("2. Mentors telefon og e-mail", [at_most(250)])
    tasks = ChoicesField("3. Opgaver", choices=list(TASKS.items()))
    start = DanishDateField("4. Første dag")
    last_day = DanishDateField("4. Sidste dag")
    minutes_per_week = HoursField("5. Timer om ugen")
    complaint_guidance = TextAreaField("6. Klagevejledning", [at_most(2000)])
    meeting_place = StringField("Mødested", [at_most(200)])
    contact_interval_days = WholeNumberField("Kontakt mindst hver … dag")
    plan = TextAreaField("Sammenhæng med jobplan, uddannelsespålæg eller Min Plan", [at_most(1000)])
    not_tasks = TextAreaField("Hvad der ikke er mentorens opgave", [at_most(1000)])
    beyond_normal = TextAreaField("Virksomhed eller skole: hvorfor støtten går ud over det sædvanlige", [at_most(1000)])
    payment = TextAreaField("Hvem der betaler", [at_most(1000)])
    training = TextAreaField("Oplæring af mentoren", [at_most(1000)])
    reporting = TextAreaField("Rapportering: hvor tit, hvordan og til hvem", [at_most(1000)])
    absence = TextAreaField("Fravær og hændelser", [at_most(1000)])
    secrecy = TextAreaField("Tavshedspligt, samtykke og underretning", [at_most(1000)])
    follow_up = TextAreaField("Opfølgning", [at_most(1000)])
    ending = TextAreaField("Ændring og ophør", [at_most(1000)])
    based_on = WholeNumberField("Aftalen, der rettes", widget=HiddenInput())
    address_confirmed = BooleanField("Aftalen må sendes til den beskyttede adresse")

    def told(self) -> dict[str, Any]:
        """Return what was typed, in the form the service takes."""
        texts = ("goal", "mentor_name", "mentor_contact", "complaint_guidance", "meeting_place")
        values = ("start", "last_day", "minutes_per_week", "contact_interval_days")
        return (
            {name: getattr(self, name).data or "" for name in texts}
            | {name: getattr(self, name).data for name in values}
            | {"tasks": tuple(self.tasks.data or ())}
            | {"terms": {name: self[name].data for name in FURTHER if self[name].data}}
        )


class AgreementAnswerForm(BaseForm):
    """Form for an answer to the agreement (svar på aftalen): who answers what, how and when."""

    party = ChoiceField(
        "Hvem svarer?", choices=[("jobcentre", "Jobcentret"), ("citizen", "Borgeren"), ("mentor", "Mentor")]
    )
    answer = ChoiceField(
        "Svar",
        [Optional()],
        choices={"": "Vælg", "accepted": "Accepteret", "declined": "Sagt nej", "not_reached": "Ikke fået fat i"},
    )
    how = ChoiceField(
        "Hvordan",
        [Optional()],
        choices={
            "": "Vælg",
            "in_person": "Ved et møde",
            "signed": "Underskrevet på papir",
            "phone": "I telefonen",
            "digital": "Digital Post",
            "letter": "Brev",
        },
    )
    answered_on = DanishDateField("Hvornår")
    given_by = ChoiceField(
        "Hvem gav svaret?",
        [Optional()],
        choices={
            "": "Vælg",
            "self": "Borgeren selv",
            "guardian": "Værgen",
            "representative": "Partsrepræsentanten",
        },
    )
    reason = StringField("Hvorfor ikke", [at_most(300)], description="Når svaret ikke er ja.")


class AbsentForm(BaseForm):
    """Form for a start without the citizen's acceptance, allowed only for a right-and-duty offer (ret og pligt)."""

    absent_reason = StringField(
        "Hvorfor begynder støtten uden borgerens accept?", [DataRequired("Skriv hvorfor."), at_most(300)]
    )


class GoalForm(BaseForm):
    """Form for a goal (mål) with an area and a day."""

    text = TextAreaField(
        "Et konkret mål, der kan måles",
        [DataRequired("Skriv et mål, fx »Tager selv bussen til praktikstedet«."), at_most(1000)],
    )
    area = ChoiceField("Område", [Optional()], choices={"": "Vælg"} | TASKS)
    target_on = DanishDateField("Skal være nået den")


class GoalStatusForm(BaseForm):
    """Form for the status of a goal; `seen` is the status that the form was opened on."""

    seen = HiddenField()
    status = ChoiceField("Status", choices=GOAL_STATUSES)
    status_note = StringField("Bemærkning", [at_most(300)])


class RatingForm(BaseForm):
    """Form for a rating (progression): one party's answer at one point of the course."""

    party = ChoiceField("Hvem svarer?", choices=RATERS)
    point = ChoiceField("Hvornår?", choices=POINTS)
    score = RadiosField(
        "Hvor langt er borgeren fra målet?",
        [InputRequired("Vælg et tal fra 1 til 5.")],
        choices={str(score): f"{score}. {words}" for score, words in SCORES.items()},
    )
    rating_note = StringField("Hvorfor?", [at_most(300)])

    def offer(self, parties: list[str]) -> None:
        """Offer only the parties that the user may answer for."""
        self.party.choices = {party: RATERS[party] for party in parties}
