"""The errors of the trade (faglige fejl), each with a Danish message for the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date


class DomainError(Exception):
    """An error of the trade (faglig fejl): a Danish message, a code for machines and the messages of each field."""

    code: str = "domain_error"

    def __init__(
        self, message: str, *, errors: Mapping[str, Sequence[str]] | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.errors: dict[str, list[str]] = {field: list(texts) for field, texts in (errors or {}).items()}
        self.code = code or type(self).code


class NotFound(DomainError):
    """Nothing is found (findes ikke), or nothing that this user may see."""

    code = "not_found"


class NotAllowed(DomainError):
    """The user may see the thing but not do this to it (ikke tilladt)."""

    code = "not_allowed"


class ReasonNeeded(NotAllowed):
    """The user may see the thing only after giving a written reason (begrundelse)."""

    code = "reason_needed"


class NotInForce(DomainError):
    """A figure has no value on a day (ikke i kraft); the error names the figure and the day."""

    code = "not_in_force"

    def __init__(self, parameter: str, day: date, message: str | None = None) -> None:
        super().__init__(message or f"Tallet {parameter} har ingen værdi den {day:%d.%m.%Y}.")
        self.parameter = parameter
        self.day = day


class InvalidTransition(DomainError):
    """The case cannot go from its status to the wanted one (ulovlig statusændring)."""

    code = "invalid_transition"


class Conflict(DomainError):
    """Somebody else has changed the same thing, or it has been done already (konflikt)."""

    code = "conflict"


class ImportRejected(DomainError):
    """A sheet cannot be read or imported (fil afvist)."""

    code = "import_rejected"


class ValidationFailed(DomainError):
    """Fields have wrong or impossible values (ugyldige oplysninger); the messages are by field."""

    code = "validation_failed"
