"""The mail of the morning as background work; one receiver's failure stops no other."""

import logging
from datetime import date

from flask import current_app

from jobcenter_mentor.casefile.followups import reminders
from jobcenter_mentor.config import MailServer
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.database.db import reading, transaction
from jobcenter_mentor.platform.jobs.queue import JobFailure
from jobcenter_mentor.platform.law_figures import service as rules
from jobcenter_mentor.platform.messages import mail

log = logging.getLogger(__name__)

MOST_AWAY = 3
"""After so many mails in a row that no server took, the rest wait for the next try."""


def send_reminders(on: date) -> None:
    """Send dagens påmindelser; nothing where no mail server is set up.

    Raises Told where some may be sent later: the clock tries again, and who has got the mail gets no other.
    """
    server: MailServer | None = current_app.config["MAIL"]
    if server is None:
        return
    with reading() as session:
        waiting = [user.id for user in reminders.list_receivers(session, on=on)]
    later = away = 0
    for user_id in waiting:
        try:
            _remind(server, user_id, on)
            away = 0
        except mail.NotSent as error:
            later += error.again
            away = away + 1 if isinstance(error, mail.ServerAway) else 0
        if away == MOST_AWAY:
            break
    if later:
        raise JobFailure(f"{later} af {len(waiting)} mails kunne ikke sendes endnu. De prøves igen.")


def _remind(server: MailServer, user_id: int, on: date) -> None:
    """Send one user's mail, noted before it is sent. Raises NotSent; why it failed is kept for the user and Drift."""
    try:
        with reading() as session:
            digest = reminders.make_digest(session, session.get_one(User, user_id), on=on, law=rules.law(session))
    except Exception:
        log.exception("The reminder of user %s could not be made", user_id)
        _fail(user_id, on, "Mailen kunne ikke laves. Programmets log siger hvorfor.")
        return
    if digest.is_empty:
        return
    with transaction() as session:
        if not reminders.begin(session, user_id, on=on):
            return
    text = digest.text(current_app.config["PUBLIC_URL"])
    try:
        mail.send(server, to=digest.to, subject=reminders.SUBJECT, text=text)
    except mail.NotSent as error:
        log.warning("Reminder to user %s not sent: %s", user_id, error)
        _fail(user_id, on, str(error), again=error.again)
        raise
    except mail.Unsure as error:
        log.warning("Reminder to user %s: %s", user_id, error)
        _fail(user_id, on, str(error))
    else:
        with transaction() as session:
            reminders.finish(session, user_id, on=on)


def _fail(user_id: int, on: date, why: str, *, again: bool = False) -> None:
    with transaction() as session:
        reminders.fail(session, user_id, on=on, why=why, again=again)
