"""Say who acts and on which day (den, der handler), as one value that the doors give the services."""

from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.platform.access import policy
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.reach import Scoped


@dataclass(frozen=True, slots=True)
class Actor:
    """A user on a day (den, der handler)."""

    user: User
    day: date

    def may(self, action: str, subject: Scoped | None = None) -> bool:
        """Tell whether the user may do an action on the day, to this row or at all."""
        return policy.may(self.user, action, on=self.day, subject=subject)
