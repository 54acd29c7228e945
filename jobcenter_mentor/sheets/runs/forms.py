"""Formularer til indlæsning: the kind and the file; what is in the file is checked by the service."""

from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField

KIND_LABELS = {
    "referrals": "Henvisninger",
    "courses": "Forløb, der løber",
    "mentors": "Mentorer",
    "meetings": "Møder",
    "citizens": "Borgere",
    "invoices": "Fakturalinjer",
}


class UploadForm(BaseForm):
    """Læg et ark op."""

    kind = ChoiceField("Hvad er der i arket?", choices=KIND_LABELS, validators=[InputRequired("Vælg slags.")])
    file = FileField("Ark", description="Excel (.xlsx) eller CSV med semikolon, højst 10 MB og 10.000 rækker")

    def content(self) -> tuple[str, bytes]:
        """Return the file's name and bytes; no file is an empty one."""
        sent = self.file.data
        return (sent.filename or "", sent.read()) if sent else ("", b"")


class ApplyForm(BaseForm):
    """Indlæs det, der er vist."""

    valid_rows_only = BooleanField("Importér rækkerne uden fejl, og lad de andre ligge")
    caseworker = ChoiceField("Sagsbehandler for nye rækker uden", choices=[("", "Ingen endnu")], default="")
