"""Background work (baggrundsarbejde): forgets the sent forms of the day before."""

from datetime import date

from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.drafts import sent_forms


def forget_sent_forms(_on: date) -> None:
    """Delete the sent forms that are too old to be sent again."""
    with transaction() as session:
        sent_forms.forget(session)
