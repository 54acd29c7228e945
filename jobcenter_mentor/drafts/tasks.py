"""Background work (baggrundsarbejde): forgets the sent forms of the day before."""

from datetime import date

from jobcenter_mentor.db import transaction
from jobcenter_mentor.drafts import sent


def forget_sent_forms(_on: date) -> None:
    """Delete the sent forms that are too old to be sent again."""
    with transaction() as session:
        sent.forget(session)
