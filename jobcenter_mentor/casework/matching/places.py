"""The places of place mentors (pladsmentorer): how many a mentor's functions have left on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.people.mentors.models import MentorFunction

PLACE = "place"


@dataclass
class Places:
    """The functions and who has a place in them: functions by mentor id, the last days of those who hold a place."""

    functions: dict[int, list[MentorFunction]] = field(default_factory=lambda: defaultdict(list))
    held_until: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))

    def free(self, mentor_id: int, day: date) -> int | None:
        """Return the free places on a day; None where the mentor has no function, so that the hours alone decide."""
        running = [one for one in self.functions[mentor_id] if one.valid_from <= day <= (one.valid_to or day)]
        if not running:
            return None
        used = {one.id: sum(last >= day for last in self.held_until[one.id]) for one in running}
        return sum(max(0, one.places - used[one.id]) for one in running)

    def full(self, day: date) -> dict[int, str]:
        """Return the mentors without a free place on a day, with the sentence that says so."""
        return {
            key: f"alle pladser hos {some[0].workplace} er optaget"
            for key, some in list(self.functions.items())
            if self.free(key, day) == 0
        }


def places_of(session: Session, grants: Sequence[Grant]) -> Places:
    """Read the place functions and who holds a place in them, apart from the courses given; one statement, or none."""
    found = Places()
    if not any(grant.form == PLACE for grant in grants):
        return found
    own = {grant.id for grant in grants}
    statement = select(MentorFunction, Grant.id, func.coalesce(Grant.ended_on, Grant.last_day))
    statement = statement.outerjoin(Grant, Grant.mentor_function_id == MentorFunction.id)
    for function, grant_id, last in session.execute(statement.order_by(MentorFunction.id, Grant.id)):
        if function not in found.functions[function.mentor_id]:
            found.functions[function.mentor_id].append(function)
        if grant_id is not None and grant_id not in own:
            found.held_until[function.id].append(last)
    return found
