"""Status of a decision and of a course: derived from who-and-when stamps and the day; the allowed moves."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jobcenter_mentor.domain.errors import InvalidTransition


class DecisionStatus(StrEnum):
    """Afgørelsens status; the value is the Danish word that pages show."""

    DRAFT = "kladde"
    WAITING = "afventer godkendelse"
    RETURNED = "sendt tilbage"
    APPROVED = "godkendt"
    WITHDRAWN = "trukket"


class GrantStatus(StrEnum):
    """Forløbets status; the value is the Danish word that pages show."""

    PLANNED = "planlagt"
    RUNNING = "løbende"
    EXPIRED = "udløbet"
    ENDED = "ophørt"


class Move(StrEnum):
    """Skridt i en afgørelse; the value is the Danish word of the refusal."""

    PROPOSE = "indstilles"
    APPROVE = "godkendes"
    SEND_BACK = "sendes tilbage"
    WITHDRAW = "trækkes"


_AFTER: dict[Move, DecisionStatus] = {
    Move.PROPOSE: DecisionStatus.WAITING,
    Move.APPROVE: DecisionStatus.APPROVED,
    Move.SEND_BACK: DecisionStatus.RETURNED,
    Move.WITHDRAW: DecisionStatus.WITHDRAWN,
}
_ALLOWED: dict[Move, frozenset[DecisionStatus]] = {
    Move.PROPOSE: frozenset({DecisionStatus.DRAFT, DecisionStatus.RETURNED}),
    Move.APPROVE: frozenset({DecisionStatus.WAITING}),
    Move.SEND_BACK: frozenset({DecisionStatus.WAITING}),
    Move.WITHDRAW: frozenset({DecisionStatus.DRAFT, DecisionStatus.WAITING, DecisionStatus.RETURNED}),
}


def decision_status(
    *, proposed_on: date | None, approved_on: date | None, returned_on: date | None, withdrawn_on: date | None
) -> DecisionStatus:
    """Afgørelsens status af dens stempler; an approval can't be undone, so it goes before the others."""
    if approved_on is not None:
        return DecisionStatus.APPROVED
    if withdrawn_on is not None:
        return DecisionStatus.WITHDRAWN
    if returned_on is not None:
        return DecisionStatus.RETURNED
    return DecisionStatus.DRAFT if proposed_on is None else DecisionStatus.WAITING


def moved(status: DecisionStatus, move: Move) -> DecisionStatus:
    """Tag et skridt: the status after it. Raises InvalidTransition when the step can't be taken from here."""
    if status not in _ALLOWED[move]:
        raise InvalidTransition(f"Afgørelsen er {status.value} og kan derfor ikke {move.value}.")
    return _AFTER[move]


def grant_status(*, start: date, last_day: date, ended_on: date | None, on: date) -> GrantStatus:
    """Forløbets status på en dag.

    `ended_on` is the last day of a course that was ended early; the course still runs on that day. One ended before
    it began is ended at once.
    """
    if ended_on is not None and (on > ended_on or ended_on < start):
        return GrantStatus.ENDED
    if on < start:
        return GrantStatus.PLANNED
    return GrantStatus.RUNNING if on <= last_day else GrantStatus.EXPIRED
