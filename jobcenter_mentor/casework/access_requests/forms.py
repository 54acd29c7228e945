"""Forms for an access request (aktindsigt), what is left out, and the steps of the answer."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, RadiosField, at_most

CHOOSE = DataRequired("Vælg en af mulighederne.")


class RequestForm(BaseForm):
    """Form for a new request."""

    received_on = DanishDateField("Modtaget den", [InputRequired("Skriv datoen.")])
    asked_by = RadiosField("Hvem spørger?", [CHOOSE], choices={})
    case_number = ChoiceField("Hvilken sag?", choices={}, default="")
    party_name = StringField("Den anden parts navn", [at_most(200)])
    party_address = StringField("Adresse", [at_most(300)], description="Vej, postnummer og by, med komma imellem")
    party_why = StringField("Hvorfor er vedkommende part i sagen?", [at_most(300)])


class OmissionForm(BaseForm):
    """Form to leave out a paper or some of its pages."""

    paper = ChoiceField("Papir", [DataRequired("Vælg et papir.")], choices={})
    pages = StringField("Sider", [at_most(100)], description="Fx 2-3, 5. Tomt: hele papiret. Kun en PDF kan deles.")
    section = ChoiceField("Udelades efter", [DataRequired("Vælg en bestemmelse.")], choices={})
    reason = TextAreaField(
        "Hvorfor?",
        [DataRequired("Skriv kort hvorfor."), at_most(500)],
        description="Den, der har spurgt, kan læse det. Skriv ikke det, der skal holdes hemmeligt.",
    )


class PutBackForm(BaseForm):
    """Form to put back what was left out."""

    omission = StringField("Udeladelse", [at_most(36)])


class AccessReturnForm(BaseForm):
    """Form to send the answer back to the caseworker."""

    comment = TextAreaField("Hvad skal ændres?", [DataRequired("Skriv, hvad der skal ændres."), at_most(500)])


class AccessApprovalForm(BaseForm):
    """Form to approve the answer."""

    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")


class AccessWithdrawalForm(BaseForm):
    """Form to close a request that was withdrawn."""

    because = StringField("Hvem trak den tilbage, og hvordan?", [DataRequired("Skriv hvorfor."), at_most(300)])


class AccessDelayForm(BaseForm):
    """Form for an answer that takes longer."""

    expected_on = DanishDateField("Svaret kommer senest", [InputRequired("Skriv datoen.")])
    reason = TextAreaField(
        "Hvorfor kan det ikke nås?",
        [DataRequired("Skriv grunden."), at_most(500)],
        description="Grunden står i brevet, fx at sagen er meget stor.",
    )
    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")
