"""Forms for imports (formularer): the kind and the file. The service checks what is in the file."""

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
    """Upload a sheet (upload)."""

    kind = ChoiceField("Hvad er der i arket?", choices=KIND_LABELS, validators=[InputRequired("Vælg slags.")])
    file = FileField("Ark", description="Excel (.xlsx) eller CSV med semikolon, højst 10 MB og 10.000 rækker")

    def content(self) -> tuple[str, bytes]:
        """Return the name and bytes of the file, both empty where there is none."""
        sent = self.file.data
        return (sent.filename or "", sent.read()) if sent else ("", b"")


class ApplyForm(BaseForm):
    """Import what is shown (import)."""

    valid_rows_only = BooleanField("Importér rækkerne uden fejl, og lad de andre ligge")
    caseworker = ChoiceField("Sagsbehandler for nye rækker uden", choices=[("", "Ingen endnu")], default="")
