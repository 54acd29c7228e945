"""Formularer: terms and outcome to propose, approval, sending back, change of hours and early end."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.web.forms import BaseForm, ChoiceField, DanishDateField, HoursField, WholeNumberField

KINDS = (("grant", "Bevilling"), ("refusal", "Afslag"))
DATE = InputRequired("Skriv en dato, dd-mm-åååå.")
HOURS = InputRequired("Skriv timer om ugen, fx 2,5.")


def at_most(length: int) -> Length:
    """Højst så mange tegn."""
    return Length(max=length, message=f"Højst {length} tegn.")


class ProposalForm(BaseForm):
    """Indstilling: the terms, the outcome and, for a refusal, what its letter must hold."""

    kind = ChoiceField("Afgørelse", choices=KINDS, default="grant")
    start = DanishDateField("Første dag", validators=[DATE])
    last_day = DanishDateField("Sidste dag", validators=[DATE])
    minutes_per_week = HoursField("Timer/uge", validators=[HOURS])
    mentor_type = ChoiceField("Mentortype", choices=list(MENTOR_TYPES.items()))
    place_share = WholeNumberField("Pladser i funktionen", default=1, validators=[InputRequired("Skriv et helt tal.")])
    reason = TextAreaField("Begrundelse", validators=[at_most(1000)])
    hearing_note = TextAreaField("Partshøring", validators=[at_most(500)])
    considerations = TextAreaField("Hovedhensyn", validators=[at_most(1000)])
    other_help = TextAreaField("Anden hjælp, der er overvejet", validators=[at_most(500)])


class ApprovalForm(BaseForm):
    """Godkendelse: what the approver saw, and what only the approver can add."""

    shown = HiddenField()
    beyond_reason = TextAreaField("Begrundelse for at gå over rammen", validators=[at_most(500)])
    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")


class ReturnForm(BaseForm):
    """Send tilbage: what the caseworker is to mend."""

    comment = TextAreaField("Kommentar til sagsbehandleren", validators=[at_most(500)])


class HoursForm(BaseForm):
    """Ændr timer: from a day on."""

    minutes_per_week = HoursField("Timer/uge", validators=[HOURS])
    from_day = DanishDateField("Fra og med", validators=[DATE])
    reason = StringField("Begrundelse", validators=[at_most(200)])


class EndingForm(BaseForm):
    """Ophør: the last day, one of the reasons the law allows in this course, and the offer that begins instead."""

    last_day = DanishDateField("Mentorens sidste dag", validators=[DATE])
    reason = ChoiceField("Grund")
    offer_start = DanishDateField("Det ordinære tilbud begynder", validators=[Optional()])
    note = StringField("Bemærkning", validators=[at_most(150)])
