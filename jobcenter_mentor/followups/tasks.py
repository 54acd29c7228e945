"""Baggrundsarbejde: the mail of the morning. Each mail is noted before it is sent, in a transaction of its own."""

import logging
import smtplib
from datetime import date

from flask import current_app

from jobcenter_mentor.config import MailServer
from jobcenter_mentor.db import reading, transaction
from jobcenter_mentor.followups import mail, reminders
from jobcenter_mentor.followups.reminders import Digest
from jobcenter_mentor.rules import service as rules

log = logging.getLogger(__name__)


def send_reminders(on: date) -> None:
    """Send dagens påmindelser; nothing where no mail server is set up.

    Raises NotSent where the mail server is down or refuses some: the queue tries again, and who has got the mail gets
    no other.
    """
    server: MailServer | None = current_app.config["MAIL"]
    if server is None:
        return
    with reading() as session:
        digests = reminders.list_digests(session, on=on, law=rules.law(session))
    if digests:
        with mail.connection(server) as link:
            refused = [digest for digest in digests if not _sent(link, server, digest, on)]
        if refused:
            raise mail.NotSent(f"{len(refused)} af {len(digests)} mails blev afvist.")


def _sent(link: smtplib.SMTP, server: MailServer, digest: Digest, on: date) -> bool:
    """Send one; a mail that is refused for its receiver is left for the next try, the others go on."""
    with transaction() as session:
        is_first = reminders.begin(session, digest, on=on)
    if not is_first:
        return True
    text = digest.text(current_app.config["PUBLIC_URL"])
    try:
        mail.send(link, server, to=digest.to, subject=reminders.SUBJECT, text=text)
    except mail.NotSent as error:
        log.warning("Reminder to user %s not sent: %s", digest.user_id, error)
        with transaction() as session:
            reminders.forget(session, digest, on=on)
        return False
    with transaction() as session:
        reminders.finish(session, digest, on=on)
    return True
