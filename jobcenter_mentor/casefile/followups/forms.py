"""Forms for the filter of the due list, the result that settles a follow-up, and the day it is put off to."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired

from jobcenter_mentor.domain.law.radar import Lateness
from jobcenter_mentor.platform.pages.forms import BaseFilterForm, BaseForm, ChoiceField, DanishDateField, at_most

DAYS = {"30": 30, "over": None, "alle": None, "udsat": None, "leder": None}
RULES = {"law", "local", "agreement"}


class DueFilterForm(BaseFilterForm):
    """The filter of deadlines; an unknown value counts as the first choice."""

    hvem = ChoiceField("Hvis", choices={"mine": "Mine sager", "team": "Hele teamet"}, default="mine")
    frist = ChoiceField(
        "Frist",
        choices={
            "30": "Inden 30 dage",
            "over": "Over fristen",
            "alle": "Alle åbne",
            "udsat": "Udsatte",
            "leder": "Hos teamlederen",
        },
        default="30",
    )
    regel = ChoiceField(
        "Regel",
        choices={"": "Alle", "law": "Efter loven", "local": "Lokale regler", "agreement": "Efter aftalen"},
        default="",
    )

    def chosen(self, late: Lateness) -> dict[str, Any]:
        """Return the choices by the names of the filter; `late` is the limit of what is the team leader's."""
        return {
            "mine": self.hvem.data != "team",
            "days": DAYS.get(self.frist.data, DAYS["30"]),
            "overdue": self.frist.data == "over",
            "snoozed": self.frist.data == "udsat",
            "late": late if self.frist.data == "leder" else None,
            "authority": self.regel.data if self.regel.data in RULES else "",
        }


class SettleForm(BaseForm):
    """The result of a follow-up, in a few words."""

    result = StringField(
        "Resultat",
        [DataRequired("Skriv kort, hvad der blev gjort."), at_most(1000)],
        description="Skriv kort, hvad der blev gjort og aftalt.",
    )


class SnoozeForm(BaseForm):
    """The day a deadline is shown again, and why (udsættelse)."""

    until = DanishDateField("Vis den igen den", [DataRequired("Vælg den dag, fristen skal vises igen.")])
    reason = StringField("Hvorfor", [DataRequired("Skriv, hvorfor fristen udsættes."), at_most(200)])

    def told(self) -> dict[str, Any]:
        """Return the day and the reason by the names of the service."""
        return {"until": self.until.data, "reason": self.reason.data}
