"""Fejl: what can go wrong in the trade, each with a Danish message for the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date


class DomainError(Exception):
    """Faglig fejl: a Danish message, a code for machines and the messages of each field."""

    code: str = "domain_error"

    def __init__(
        self, message: str, *, errors: Mapping[str, Sequence[str]] | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.errors: dict[str, list[str]] = {field: list(texts) for field, texts in (errors or {}).items()}
        self.code = code or type(self).code


class NotFound(DomainError):
    """Findes ikke: no such thing, or none that this user may see."""

    code = "not_found"


class NotAllowed(DomainError):
    """Ikke tilladt: the user may see the thing but not do this to it."""

    code = "not_allowed"


class ReasonNeeded(NotAllowed):
    """Begrundelse mangler: the user may see the thing when a written reason is given first."""

    code = "reason_needed"


class NotInForce(DomainError):
    """Ikke i kraft: a figure has no value on a day; names the figure and the day."""

    code = "not_in_force"

    def __init__(self, parameter: str, day: date, message: str | None = None) -> None:
        super().__init__(message or f"Tallet {parameter} har ingen værdi den {day:%d.%m.%Y}.")
        self.parameter = parameter
        self.day = day


class InvalidTransition(DomainError):
    """Ulovlig statusændring: the case cannot go from where it is to where it is asked to go."""

    code = "invalid_transition"


class Conflict(DomainError):
    """Konflikt: somebody else has changed the same thing, or it has been done already."""

    code = "conflict"


class ImportRejected(DomainError):
    """Fil afvist: a sheet cannot be read or taken in."""

    code = "import_rejected"


class ValidationFailed(DomainError):
    """Ugyldige oplysninger: fields with wrong or impossible values, by field."""

    code = "validation_failed"
