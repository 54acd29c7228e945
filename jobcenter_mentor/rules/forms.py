"""Formular til dagen, loven vises for."""

from jobcenter_mentor.web.forms import BaseForm, DanishDateField


class DayForm(BaseForm):
    """Dagen: read from the address, so it needs no CSRF token."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing."""

        csrf = False

    dag = DanishDateField("Dag")
