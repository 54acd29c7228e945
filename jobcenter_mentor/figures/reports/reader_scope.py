"""Name the part of the municipality that a reader's figures cover (læserens rækkevidde)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import teams_on

ACTION = "statistics.read"


def whose(session: Session, actor: Actor) -> str:
    """Return "Hele kommunen", the names of the reader's teams, or the reader's own courses, as a supplier has them."""
    reach = teams_on(actor.user, ACTION, on=actor.day)
    if reach is None:
        return "Hele kommunen"
    names = session.scalars(select(Team.name).where(Team.id.in_(reach)).order_by(Team.sort_key, Team.id))
    return ", ".join(names) or "Egne forløb"
