"""Formularer: the filter of the due list, and the result that settles a follow-up."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired

from jobcenter_mentor.web.forms import BaseFilterForm, BaseForm, ChoiceField, at_most

DAYS = {"30": 30, "over": None, "alle": None}


class DueFilterForm(BaseFilterForm):
    """Filter for frister; what is not on a list counts as the first choice."""

    hvem = ChoiceField("Hvis", choices={"mine": "Mine sager", "team": "Hele teamet"}, default="mine")
    frist = ChoiceField(
        "Frist", choices={"30": "Inden 30 dage", "over": "Over fristen", "alle": "Alle åbne"}, default="30"
    )
    regel = ChoiceField("Regel", choices={"": "Alle", "law": "Efter loven", "local": "Lokale regler"}, default="")

    def chosen(self) -> dict[str, Any]:
        """Return the choices by the names of the filter."""
        return {
            "mine": self.hvem.data != "team",
            "days": DAYS.get(self.frist.data, DAYS["30"]),
            "overdue": self.frist.data == "over",
            "authority": self.regel.data if self.regel.data in {"law", "local"} else "",
        }


class SettleForm(BaseForm):
    """Resultatet af en opfølgning, i få ord."""

    result = StringField(
        "Resultat",
        [DataRequired("Skriv kort, hvad der blev gjort."), at_most(1000)],
        description="Skriv kort, hvad der blev gjort og aftalt.",
    )
