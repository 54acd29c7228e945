"""Forms for documents: the file with its title and day; the service checks what is in the file."""

from wtforms import BooleanField, FileField, StringField
from wtforms.validators import DataRequired, InputRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, at_most

NO_COURSE = {"": "Ingen, kun borgeren"}


class FileForm(BaseForm):
    """A file with its title and day."""

    file = FileField("Fil", description="PDF, JPG, PNG eller DOCX, højst 10 MB")
    title = StringField("Titel", [DataRequired("Skriv en titel."), at_most(200)], description="Ikke CPR-nummer")
    dated = DanishDateField("Dokumentets dato", [InputRequired("Skriv datoen.")])
    party = StringField("Fra eller til", [at_most(200)], description="Fx egen læge eller a-kassen")
    released = BooleanField("Må ses af forløbets mentor i kommunen og af leverandøren")
    is_internal = BooleanField(
        "Internt dokument", description="Skrevet til kommunens eget brug. Kommer ikke med ved aktindsigt."
    )

    def content(self) -> tuple[str, bytes]:
        """Return the file's name and bytes; no file is an empty one."""
        sent = self.file.data
        return (sent.filename or "", sent.read()) if sent else ("", b"")


class DocumentForm(FileForm):
    """A new document."""

    course = ChoiceField("Forløb", choices=NO_COURSE, default="")


class ReplaceForm(FileForm):
    """A new version of a document; it stays on its course."""

    because = StringField("Hvorfor erstattes det?", [DataRequired("Skriv hvorfor."), at_most(200)])


class RemoveForm(BaseForm):
    """The removal of a document."""

    because = StringField("Hvorfor fjernes det?", [DataRequired("Skriv hvorfor."), at_most(200)])
