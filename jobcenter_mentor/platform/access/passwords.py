"""Hash and check passwords (adgangskoder) with Argon2id; an unknown user takes as long as a wrong password."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from jobcenter_mentor.domain.kernel.errors import ValidationFailed

SHORTEST = 10
LONGEST = 200
HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """Return the Argon2id hash. Raises ValidationFailed for a password under 10 or over 200 characters."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"Adgangskoden skal have mellem {SHORTEST} og {LONGEST} tegn."
        raise ValidationFailed(message, errors={"password": [message]})
    return HASHER.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Tell whether a password fits its hash; an empty hash (nobody, no password yet) takes as long and never fits."""
    try:
        HASHER.verify(password_hash or _nobodys_hash(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def renewed(password_hash: str, password: str) -> str | None:
    """Return a new hash where the parameters of the old one are out of date, None where it may stay."""
    return HASHER.hash(password) if HASHER.check_needs_rehash(password_hash) else None


@cache
def _nobodys_hash() -> str:
    """Return a hash to compare with when there is no user."""
    return HASHER.hash("ingen har denne adgangskode")
