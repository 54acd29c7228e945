"""Formular til kommunerapporten."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from jobcenter_mentor.web.forms import BaseForm, DanishDateField


class ReportForm(BaseForm):
    """Kommunerapport: the period, and a reason where each course is listed."""

    first = DanishDateField("Fra og med", validators=[InputRequired("Skriv periodens første dag.")])
    last = DanishDateField("Til og med", validators=[InputRequired("Skriv periodens sidste dag.")])
    with_courses = BooleanField("Tag listen over forløb med")
    reason = StringField("Hvad skal listen bruges til?", validators=[Length(max=300, message="Højst 300 tegn.")])

    def filled(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `reports.service.municipal_report`."""
        return {
            "first": self.first.data,
            "last": self.last.data,
            "with_courses": bool(self.with_courses.data),
            "reason": self.reason.data or "",
        }
