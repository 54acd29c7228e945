"""Forms for letters: how and when a letter was sent."""

from wtforms.validators import InputRequired

from jobcenter_mentor.domain.kernel.consideration_kinds import CHANNELS
from jobcenter_mentor.platform.pages.forms import BaseForm, DanishDateField, RadiosField


class LetterSentForm(BaseForm):
    """How and when the letter was sent."""

    channel = RadiosField(
        "Hvordan er det sendt?", choices=CHANNELS, validators=[InputRequired("Vælg, hvordan brevet er sendt.")]
    )
    sent_on = DanishDateField("Sendt den", [InputRequired("Skriv datoen.")])
