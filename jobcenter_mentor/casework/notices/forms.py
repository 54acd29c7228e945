"""The form of a notice of delay: the new day, and why."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, DanishDateField, at_most


class WaitingNoticeForm(BaseForm):
    """A notice of delay (besked om ventetid)."""

    expected_on = DanishDateField("Hvornår kan borgeren senest vente svar?", [InputRequired("Skriv datoen.")])
    why = TextAreaField(
        "Hvorfor tager det længere tid?",
        [DataRequired("Skriv til borgeren, hvorfor det tager længere tid."), at_most(1000)],
        description="Det står i brevet til borgeren. Skriv »du« og »vi«.",
    )
    address_confirmed = BooleanField("Brevet må sendes til borgerens beskyttede adresse")
