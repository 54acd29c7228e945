"""Formular til kommunerapporten."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from jobcenter_mentor.web.forms import BaseForm, DanishDateField, at_most


class ReportForm(BaseForm):
    """Kommunerapport: the period, and a reason where each course is listed."""

    first = DanishDateField("Fra og med", [InputRequired("Skriv periodens første dag.")])
    last = DanishDateField("Til og med", [InputRequired("Skriv periodens sidste dag.")])
    with_courses = BooleanField("Tag listen over forløb med")
    reason = StringField("Hvad skal listen bruges til?", [at_most(300)])

    def told(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `reports.service.municipal_report`."""
        return {
            "first": self.first.data,
            "last": self.last.data,
            "with_courses": bool(self.with_courses.data),
            "reason": self.reason.data or "",
        }
