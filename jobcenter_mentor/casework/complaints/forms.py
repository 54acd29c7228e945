"""Forms for the steps of a complaint (klage): received, delayed, reassessed, answered, sent on, decided."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.domain.kernel.complaint_codes import ANSWERS, BOARD_OUTCOMES, OUTCOMES, STATUSES
from jobcenter_mentor.domain.law.complaint_deadlines import SHORT_CASES
from jobcenter_mentor.platform.pages.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    DanishDateField,
    RadiosField,
    WholeNumberField,
    at_most,
)

WHEN = InputRequired("Skriv datoen.")
CHOOSE = DataRequired("Vælg en af mulighederne.")
TO_CHOOSE = {"": "Vælg"}


class ComplaintForm(BaseForm):
    """Form for a complaint that was received (klage modtaget)."""

    received_on = DanishDateField("Modtaget den", [WHEN])
    text = TextAreaField(
        "Hvad klager borgeren over?", [DataRequired("Skriv, hvad borgeren klager over."), at_most(4000)]
    )
    urgent = BooleanField("Klagen haster", description="Efter en konkret vurdering. Så genvurderes den straks.")
    short_case = ChoiceField(
        "Hvad handler afgørelsen om?", choices={"": "Mentorstøtte (LAB kapitel 26)"} | SHORT_CASES, default=""
    )


class ComplaintFilterForm(BaseFilterForm):
    """Filter for the list of complaints."""

    status = ChoiceField("Status", choices={"open": "Åbne"} | STATUSES | {"": "Alle"}, default="open")
    overdue = BooleanField("Kun over fristen")
    mine = BooleanField("Kun mine")
    page = WholeNumberField("Side")


class LetterForm(BaseForm):
    """Form for a step that sends the citizen a letter; a protected address must be confirmed."""

    address_confirmed = BooleanField("Brevet må sendes til borgerens beskyttede adresse")


class ReviewForm(LetterForm):
    """Form for the reassessment (genvurdering)."""

    outcome = ChoiceField("Hvad endte genvurderingen med?", [CHOOSE], choices=TO_CHOOSE | OUTCOMES)
    reviewed_on = DanishDateField("Genvurderet den", [WHEN])
    note = TextAreaField(
        "Hvorfor?",
        [DataRequired("Skriv kort hvorfor."), at_most(4000)],
        description="Det står i brevet til borgeren, medmindre borgeren får fuldt medhold. Skriv »du« og »vi«.",
    )


class TakesLongerForm(LetterForm):
    """Form for a reassessment that takes longer."""

    expected_on = DanishDateField("Hvornår kan borgeren senest vente svar?", [WHEN])
    why = TextAreaField(
        "Hvorfor tager det længere tid?",
        [DataRequired("Skriv til borgeren, hvorfor det tager længere tid."), at_most(1000)],
        description="Det står i brevet til borgeren. Skriv »du« og »vi«.",
    )


class StandForm(BaseForm):
    """Form for the citizen's answer after a partial yes (delvist medhold)."""

    stands = RadiosField("Gælder klagen stadig for resten?", [CHOOSE], choices=ANSWERS)
    stands_on = DanishDateField("Svaret kom den", [WHEN])


class ForwardForm(LetterForm):
    """Form for sending the complaint on."""

    forwarded_on = DanishDateField("Sendt den", [WHEN])


class AppealDecisionForm(BaseForm):
    """Form for the decision of the appeals board (klageinstansens afgørelse)."""

    board_outcome = ChoiceField("Hvad blev afgjort?", [CHOOSE], choices=TO_CHOOSE | BOARD_OUTCOMES)
    board_on = DanishDateField("Afgjort den", [WHEN])
