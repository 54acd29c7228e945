"""The forms for changes of a running course, and for the second check."""

from typing import Any

from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, HoursField, at_most

DATE = InputRequired("Skriv en dato, dd-mm-åååå.")


class ReasonedForm(BaseForm):
    """The fields of every change (ændring): the reasons as the letter prints them."""

    reason = TextAreaField(
        "Begrundelse", [at_most(1000)], description="Står i brevet. Penge kan aldrig være begrundelsen."
    )
    considerations = TextAreaField(
        "Hovedhensyn", [at_most(1000)], description="En linje for hvert forhold, der har vejet tungt."
    )

    def told(self) -> dict[str, Any]:
        """Return the typed values by the names of `NewChange`."""
        given = {field.name: field.data for field in self if field.name != "csrf_token"}
        texts = ("reason", "considerations", "other_help")
        return given | {name: given[name] or "" for name in texts if name in given}


class HoursForm(ReasonedForm):
    """Change the hours (timer) from a day on."""

    minutes_per_week = HoursField("Timer/uge", [InputRequired("Skriv timer om ugen, fx 2,5.")])
    start = DanishDateField("Fra og med", [DATE])


class ExtensionForm(ReasonedForm):
    """Extend the course (forlængelse) to a new last day."""

    last_day = DanishDateField("Ny sidste dag", [DATE])
    minutes_per_week = HoursField("Timer/uge", [InputRequired("Skriv timer om ugen, fx 2,5.")])


class EndingForm(ReasonedForm):
    """End the course (ophør): the last day, a reason the law allows here, and the offer that begins instead."""

    last_day = DanishDateField("Mentorens sidste dag", [DATE])
    end_code = ChoiceField("Grund", [InputRequired("Vælg en grund.")])
    offer_start = DanishDateField("Det ordinære tilbud begynder", [Optional()])
    other_help = TextAreaField("Anden hjælp, der er overvejet", [at_most(500)])


class MentorLetterForm(BaseForm):
    """The letter about a new mentor."""

    reason = TextAreaField("Hvorfor får borgeren en ny mentor?", [DataRequired("Skriv hvorfor."), at_most(500)])
    overlap_reason = TextAreaField("Begrundelse for, at borgeren skal have begge dele", [at_most(500)])
    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")


class ChangeApprovalForm(BaseForm):
    """Approve a change (godkend), with a reason beyond the frame and beside another course."""

    beyond_reason = TextAreaField("Begrundelse for at gå over rammen", [at_most(500)])
    overlap_reason = TextAreaField("Begrundelse for, at borgeren skal have begge dele", [at_most(500)])
    address_confirmed = BooleanField("Brevet må sendes til den beskyttede adresse")


class ChangeReturnForm(BaseForm):
    """Send a change back, with what is to be corrected."""

    comment = TextAreaField("Kommentar til sagsbehandleren", [at_most(500)])


class CheckForm(BaseForm):
    """The result of a second check (stikprøve): right or not, and what was seen."""

    is_right = RadioField(
        "Er afgørelsen rigtig?", choices={"ja": "Ja", "nej": "Nej"}, validators=[InputRequired("Vælg ja eller nej.")]
    )
    note = TextAreaField("Bemærkning", [at_most(500)], description="Kræves ved nej.")
