"""The forms of a merge (sammenlægning): the other's CPR number, then the confirmation."""

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, at_most


class OtherForm(BaseForm):
    """Find the other registration; sent by POST only."""

    cpr = StringField("Den anden registrerings CPR-nummer", [DataRequired("Skriv CPR-nummeret."), at_most(20)])


class MergeConfirmationForm(BaseForm):
    """Confirm the merge of what is shown."""

    other = HiddenField()
    seal = HiddenField()
    reason = StringField("Hvordan ved I, at det er samme person?", [DataRequired("Skriv hvordan."), at_most(150)])
    sure = BooleanField(
        "Jeg har set, hvad der flyttes, og ved, at det ikke kan fortrydes",
        [InputRequired("Sæt kryds for at bekræfte.")],
    )
