"""Telefon og e-mail: checks what was typed and gives it in the one form it is kept in."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from jobcenter_mentor.domain.contacts import is_placeholder_email, is_placeholder_phone
from jobcenter_mentor.domain.errors import ValidationFailed

PHONE_RULE = "Telefonnummer: 8 cifre, evt. +45."
EMAIL_RULE = "Ikke en gyldig e-mailadresse."


def checked_phone(text: str) -> str:
    """Kontrollér et telefonnummer: eight digits of the Danish plan, given without spaces and country code.

    Raises ValidationFailed (code phone) with the rule, or saying that the number is a placeholder.
    """
    typed = "".join(text.split())
    if not typed or len(typed) > 20:
        raise _refused("phone", PHONE_RULE)
    try:
        number = phonenumbers.parse(f"+45{typed}" if len(typed) == 8 else typed, "DK")
    except phonenumbers.NumberParseException as error:
        raise _refused("phone", PHONE_RULE) from error
    digits = phonenumbers.national_significant_number(number)
    if number.country_code != 45 or len(digits) != 8 or number.extension or any(c.isalpha() for c in typed):
        raise _refused("phone", PHONE_RULE)
    if is_placeholder_phone(digits):
        raise _refused("phone", f"Telefonnummeret {digits} er ikke mentors eget. Skriv det rigtige nummer.")
    return digits


def checked_email(text: str) -> str:
    """Kontrollér en e-mailadresse: its shape only, nothing is sent; gives it in normal form.

    Raises ValidationFailed (code email), also for a placeholder such as ikke@opgivet.dk.
    """
    typed = text.strip()
    if not typed or len(typed) > 200:
        raise _refused("email", EMAIL_RULE)
    try:
        address = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise _refused("email", EMAIL_RULE) from error
    if is_placeholder_email(address):
        raise _refused("email", f"E-mailadressen {address} er ikke mentors egen. Skriv den rigtige adresse.")
    return address


def _refused(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]}, code=field)
