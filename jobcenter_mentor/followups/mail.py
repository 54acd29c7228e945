"""Post: hands mails to the municipality's mail server, encrypted (STARTTLS) wherever that is another machine."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from jobcenter_mentor.config import MailServer

SECONDS = 20
"""How long to wait for the mail server's answer."""


class NotSent(Exception):
    """Ikke sendt: the mail server has surely not taken the mail, so that it may be tried again."""


@contextmanager
def connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Forbindelse til postserveren. Raises NotSent where it is down, refuses the log-in or can't encrypt."""
    try:
        link = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"Postserveren svarer ikke: {type(error).__name__}") from error
    with link:
        try:
            if not server.is_here:
                link.starttls(context=ssl.create_default_context())
            if server.user:
                link.login(server.user, server.password)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"Postserveren afviser: {type(error).__name__}") from error
        yield link


def send(link: smtplib.SMTP, server: MailServer, *, to: str, subject: str, text: str) -> None:
    """Send én mail. Raises NotSent where it was surely not taken; any other error leaves that open."""
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = server.sender, to, subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        link.send_message(mail)
    except (ValueError, smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        raise NotSent(f"Mailen blev afvist: {type(error).__name__}") from error
