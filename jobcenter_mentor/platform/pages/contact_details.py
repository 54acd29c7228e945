"""Check a typed telephone number or e-mail, and give it in the one form it is stored in.

Sheets, forms and the API ask here, so that what the one takes the others take too.
"""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from jobcenter_mentor.domain.kernel.contacts import is_placeholder_email, is_placeholder_phone
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.text import mixes_alphabets

PHONE_RULE = "Telefonnummer: 8 cifre, evt. +45."
DIGITS_RULE = "Telefonnummeret har cifre fra et andet tegnsæt. Skriv det med tallene 0-9."
EMAIL_RULE = "Ikke en gyldig e-mailadresse."
ALPHABETS_RULE = (
    "E-mailadressen blander bogstaver fra flere alfabeter (et bogstav, der ligner et andet). Skriv den igen."
)
_EIGHT_DIGITS = re.compile(r"(?:(?:\+|00)45)?([0-9]{8})")


def normal_phone(text: str) -> str:
    """Return a telephone number as it is stored: eight digits of the Danish plan, without spaces and country code.

    Raises ValidationFailed (code phone) with the rule. Whether it is anybody's number is not judged.
    """
    typed = "".join(text.split())
    if found := _EIGHT_DIGITS.fullmatch(typed):
        return found[1]
    if any(sign.isdigit() and not sign.isascii() for sign in typed):
        raise _refused("phone", DIGITS_RULE)
    if not typed or len(typed) > 20:
        raise _refused("phone", PHONE_RULE)
    try:
        number = phonenumbers.parse(f"+45{typed}" if len(typed) == 8 else typed, "DK")
    except phonenumbers.NumberParseException as error:
        raise _refused("phone", PHONE_RULE) from error
    digits = phonenumbers.national_significant_number(number)
    if number.country_code != 45 or len(digits) != 8 or number.extension or any(c.isalpha() for c in typed):
        raise _refused("phone", PHONE_RULE)
    return digits


def checked_phone(text: str) -> str:
    """Return a telephone number as `normal_phone` does, checked that it may be somebody's."""
    digits = normal_phone(text)
    if is_placeholder_phone(digits):
        raise _refused("phone", f"Telefonnummeret {digits} ligner ikke et rigtigt nummer. Skriv mentorens eget nummer.")
    return digits


def normal_email(text: str) -> str:
    """Return an e-mail address as it is stored: in small letters, its domain in letters and not in code.

    Only its shape is checked and that no word of it mixes alphabets. Raises ValidationFailed (code email).
    """
    typed = text.strip()
    if not typed or len(typed) > 200:
        raise _refused("email", EMAIL_RULE)
    if mixes_alphabets(typed):
        raise _refused("email", ALPHABETS_RULE)
    try:
        address = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise _refused("email", EMAIL_RULE) from error
    return address.casefold()


def checked_email(text: str) -> str:
    """Return an e-mail address as `normal_email` does, checked that it may be somebody's (not ikke@opgivet.dk)."""
    address = normal_email(text)
    if is_placeholder_email(address):
        told = f"E-mailadressen {address} ligner ikke en rigtig adresse. Skriv mentorens egen adresse."
        raise _refused("email", told)
    return address


def _refused(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(message, errors={field: [message]}, code=field)
