"""Send mails (post) by the municipality's mail server, encrypted (STARTTLS) where it is another machine.

Each mail goes over a connection of its own, so that one that fails holds up no other.
"""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from jobcenter_mentor.config import MailServer

SECONDS = 20
"""How long to wait for the mail server's answer."""
TEMPORARY = range(400, 500)
NO_ADDRESS = "Adressen kan ikke bruges. Den skal rettes."
NO_LETTERS = "Postserveren kan ikke sende til bogstaver som æ, ø og å før @ i adressen."
BROKEN = "Forbindelsen til postserveren faldt ud, mens mailen blev sendt. Den kan være kommet frem."


class NotSent(Exception):
    """The mail server has certainly not taken the mail (ikke sendt); `again` tells whether it may later."""

    def __init__(self, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.again = again


class ServerAway(NotSent):
    """The mail server (postserver) is down, refuses the log-in or can't encrypt; no mail goes through now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, again=True)


class Unsure(Exception):
    """The connection broke while the mail was sent (uvist); it may have arrived."""


def send(server: MailServer, *, to: str, subject: str, text: str) -> None:
    """Send one mail. Raises NotSent, ServerAway or Unsure, each with a reason in Danish."""
    mail = _written(server, to, subject, text)
    link = _connected(server)
    try:
        link.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refused(code, said) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(NO_LETTERS) from error
    except ValueError as error:
        raise NotSent(NO_ADDRESS) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure(BROKEN) from error
    finally:
        link.close()


def _written(server: MailServer, to: str, subject: str, text: str) -> EmailMessage:
    """Write the mail; a domain with Danish letters goes in the code that every mail server knows."""
    local, _, domain = to.strip().rpartition("@")
    try:
        address = Address(username=local, domain=domain.encode("idna").decode("ascii"))
        mail = EmailMessage(policy=SMTP if local.isascii() else SMTPUTF8)
        mail["From"], mail["To"], mail["Subject"] = server.sender, address, subject
    except (ValueError, IndexError) as error:
        raise NotSent(NO_ADDRESS) from error
    if not local or not domain:
        raise NotSent(NO_ADDRESS)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def _connected(server: MailServer) -> smtplib.SMTP:
    try:
        link = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway("Postserveren svarer ikke.") from error
    try:
        if not server.is_here:
            link.starttls(context=ssl.create_default_context())
        if server.user:
            link.login(server.user, server.password)
    except (OSError, smtplib.SMTPException) as error:
        link.close()
        raise ServerAway("Postserveren afviser login eller kryptering.") from error
    return link


def _refused(code: int, said: bytes | str) -> NotSent:
    words = (said.decode(errors="replace") if isinstance(said, bytes) else said)[:120]
    return NotSent(f"Postserveren afviste mailen: {code} {words.rstrip('.')}.", again=code in TEMPORARY)
