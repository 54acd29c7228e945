"""Deaths (dødsfald): what can no longer be done for a citizen who is dead."""

from datetime import date

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.people.citizens.models import Citizen


def require_alive(citizen: Citizen, otherwise: str, *, day: date | None = None, field: str = "") -> None:
    """Refuse what is for the living (efter dødsfald): says the day of death and `otherwise`, what holds instead.

    What happened on a `day` is refused only after the death. Raises ValidationFailed, at the field where one is named.
    """
    died_on = citizen.died_on
    if died_on is None or (day is not None and day <= died_on):
        return
    text = f"Borgeren er død {died_on:%d.%m.%Y}. {otherwise}"
    raise ValidationFailed(text, errors={field: [text]} if field else None)
