"""Formularer til en klage: received, looked at again, sent on, answered."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.web.forms import BaseForm, ChoiceField, DanishDateField, at_most

WHEN = InputRequired("Skriv datoen.")


class ComplaintForm(BaseForm):
    """Klage modtaget."""

    received_on = DanishDateField("Modtaget den", [WHEN])
    text = TextAreaField(
        "Hvad klager borgeren over?", [DataRequired("Skriv, hvad borgeren klager over."), at_most(4000)]
    )


class ReviewForm(BaseForm):
    """Genvurdering."""

    outcome = ChoiceField("Hvad endte genvurderingen med?", [DataRequired("Vælg en af mulighederne.")], choices={})
    reviewed_on = DanishDateField("Genvurderet den", [WHEN])
    note = TextAreaField("Hvorfor?", [DataRequired("Skriv kort hvorfor."), at_most(4000)])


class ForwardForm(BaseForm):
    """Send til Ankestyrelsen."""

    forwarded_on = DanishDateField("Sendt den", [WHEN])


class AnswerForm(BaseForm):
    """Ankestyrelsens afgørelse."""

    board_outcome = ChoiceField("Ankestyrelsens afgørelse", [DataRequired("Vælg en af mulighederne.")], choices={})
    board_on = DanishDateField("Afgjort den", [WHEN])
