"""The forms of a course: the terms and outcome to propose, approval and sending back."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.platform.pages.forms import (
    BaseFilterForm,
    BaseForm,
    ChoiceField,
    DanishDateField,
    HoursField,
    WholeNumberField,
    at_most,
)

KINDS = {"grant": "Bevilling", "refusal": "Afslag"}
DATE = InputRequired("Skriv en dato, dd-mm-åååå.")
HOURS = InputRequired("Skriv timer om ugen, fx 2,5.")


class GrantFilterForm(BaseFilterForm):
    """The filter of courses (forløb); the names appear in the address."""

    vis = ChoiceField("Vis")
    q = StringField("Navn, sagsnr. eller mentor", [at_most(100)])
    team = HiddenField()
    mentor = HiddenField()


class ProposalForm(BaseForm):
    """A proposal (indstilling): the terms, the outcome and, for a refusal, what its letter must hold."""

    kind = ChoiceField("Afgørelse", [InputRequired("Vælg bevilling eller afslag.")], choices=KINDS, default="grant")
    start = DanishDateField("Første dag", [DATE])
    last_day = DanishDateField("Sidste dag", [DATE])
    minutes_per_week = HoursField("Timer/uge", [HOURS])
    mentor_type = ChoiceField("Mentortype", choices=MENTOR_TYPES)
    place_share = WholeNumberField("Pladser i funktionen", [InputRequired("Skriv et helt tal.")], default=1)
    reason = TextAreaField("Begrundelse", [at_most(1000)])
    hearing_note = TextAreaField("Partshøring", [at_most(500)])
    considerations = TextAreaField("Hovedhensyn", [at_most(1000)])
    other_help = TextAreaField("Anden hjælp, der er overvejet", [at_most(500)])

    def offer(self, prices: Mapping[str, int]) -> None:
        """Offer each type with its standard price of the day, in øre an hour; those without one cannot be chosen."""
        self.mentor_type.choices = {
            code: f"{words}, {format_kroner(prices[code])} kr./t"
            for code, words in MENTOR_TYPES.items()
            if code in prices
        }

    def terms(self) -> dict[str, Any] | None:
        """Return the terms by the names of `Terms`; None where one of them is missing or cannot be read."""
        names = ("start", "last_day", "minutes_per_week", "mentor_type", "place_share")
        typed = {name: self[name].data for name in names}
        return None if None in typed.values() or any(self[name].errors for name in names) else typed

    def refusing(self) -> dict[str, str]:
        """Return what a refusal must hold, by the names of `Refusing`."""
        return {name: self[name].data or "" for name in ("hearing_note", "considerations", "other_help")}


class ApprovalForm(BaseForm):
    """An approval (godkendelse): what the approver saw, and what only the approver can add."""

    shown = HiddenField()
    beyond_reason = TextAreaField("Begrundelse for at gå over rammen", [at_most(500)])
    overlap_reason = TextAreaField("Begrundelse for, at borgeren skal have begge dele", [at_most(500)])
    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")

    def told(self) -> dict[str, str]:
        """Return what the approver saw and added."""
        return {name: self[name].data or "" for name in ("shown", "beyond_reason", "overlap_reason")}


class GrantReturnForm(BaseForm):
    """Send a proposal back, with what the caseworker is to correct."""

    comment = TextAreaField("Kommentar til sagsbehandleren", [at_most(500)])
