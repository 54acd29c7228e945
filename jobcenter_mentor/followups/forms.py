"""Formularen, der afslutter en opfølgning."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from jobcenter_mentor.web.forms import BaseForm


class SettleForm(BaseForm):
    """Resultatet af en opfølgning, i få ord."""

    result = TextAreaField(
        "Resultat",
        description="Skriv kort, hvad der blev gjort og aftalt.",
        validators=[
            InputRequired("Skriv kort, hvad der blev gjort."),
            Length(max=1000, message="Skriv højst 1.000 tegn."),
        ],
    )
