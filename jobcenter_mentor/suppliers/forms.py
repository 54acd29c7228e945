"""Formularer til leverandører og deres kontrakter."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from jobcenter_mentor.web.forms import BaseForm, DanishDateField, KronerField

MUST = "Skal udfyldes."


class SupplierForm(BaseForm):
    """Leverandør: name, CVR number and whom to call."""

    name = StringField("Navn", validators=[InputRequired(MUST), Length(max=120, message="Højst 120 tegn.")])
    cvr = StringField("CVR-nr.", validators=[Length(max=20, message="Højst 20 tegn.")])
    contact_name = StringField("Kontaktperson", validators=[Length(max=120, message="Højst 120 tegn.")])
    phone = StringField("Telefon", validators=[Length(max=30, message="Højst 30 tegn.")])
    email = StringField("E-mail", validators=[Length(max=200, message="Højst 200 tegn.")])


class ContractForm(BaseForm):
    """Kontrakt: the price of one hour in a period."""

    hourly_price = KronerField("Timepris", validators=[InputRequired(MUST)])
    valid_from = DanishDateField("Gælder fra", validators=[InputRequired(MUST)])
    valid_to = DanishDateField("Gælder til")
