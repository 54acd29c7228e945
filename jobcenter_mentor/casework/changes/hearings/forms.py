"""The forms of a hearing (partshøring): its facts, the letter, why there is none, and the answer."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, DanishDateField, at_most

DATE = InputRequired("Skriv en dato, dd-mm-åååå.")


class FactForm(BaseForm):
    """A new fact (oplysning): what is known, where it comes from, and the day."""

    fact = TextAreaField("Hvad ved kommunen?", [DataRequired("Skriv, hvad kommunen ved."), at_most(500)])
    source = StringField(
        "Hvor kommer det fra?", [DataRequired("Skriv, hvem eller hvad kommunen har det fra."), at_most(100)]
    )
    known_on = DanishDateField("Kommunen fik det den", [DATE])


class TakeBackForm(BaseForm):
    """Remove a fact again."""

    known = StringField("Oplysning")


class SendForm(BaseForm):
    """Send the hearing letter (høringsbrev)."""

    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")


class LeaveOutForm(BaseForm):
    """Leave the hearing out, with the reason."""

    left_out_reason = StringField("Hvorfor høres borgeren ikke?", [at_most(500)])


class HearingAnswerForm(BaseForm):
    """The citizen's answer to the hearing."""

    answered_on = DanishDateField("Svaret kom den", [DATE])
    answer = TextAreaField("Borgerens svar", [at_most(2000)])
