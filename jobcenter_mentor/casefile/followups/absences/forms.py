"""Forms for an absence with its deputy, and for another deputy."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import DataRequired

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField

NOBODY = {"": "Ingen endnu"}


class UserAbsenceForm(BaseForm):
    """An absence (fravær): who, from when to when, and who takes over. Nobody is asked why."""

    user = ChoiceField("Hvem", choices={})
    first_day = DanishDateField("Første dag", [DataRequired("Skriv første dag.")])
    last_day = DanishDateField("Sidste dag", [DataRequired("Skriv sidste dag.")])
    deputy = ChoiceField(
        "Stedfortræder",
        choices=NOBODY,
        description="En kollega i samme team. Uden stedfortræder ser teamlederen sagerne.",
    )

    def offer(self, who: Sequence[tuple[str, str]], deputies: Sequence[tuple[str, str]]) -> None:
        """Offer who may be away and who may take over, by public id and name."""
        self.user.choices, self.deputy.choices = dict(who), NOBODY | dict(deputies)

    def told(self) -> dict[str, Any]:
        """Return the absence by the names of the service."""
        return {
            "user": self.user.data,
            "first_day": self.first_day.data,
            "last_day": self.last_day.data,
            "deputy": self.deputy.data or "",
        }


class DeputyForm(BaseForm):
    """The deputy of an absence (stedfortræder)."""

    deputy = ChoiceField("Stedfortræder", choices=NOBODY)

    def offer(self, deputies: Sequence[tuple[str, str]]) -> None:
        """Offer who may take over, by public id and name."""
        self.deputy.choices = NOBODY | dict(deputies)
