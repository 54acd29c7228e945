"""The status of a decision and of a course, derived from their dates and the day, and the allowed moves."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jobcenter_mentor.domain.kernel.errors import InvalidTransition


class DecisionStatus(StrEnum):
    """The status of a decision (afgørelse); pages show its `label`."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Return the Danish word that pages show."""
        return DECISION_LABELS[self]


class GrantStatus(StrEnum):
    """The status of a course (forløb); pages show its `label`."""

    PLANNED = "planned"
    RUNNING = "running"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """Return the Danish word that pages show."""
        return GRANT_LABELS[self]


class Move(StrEnum):
    """A step of a decision (skridt); a refusal shows its `label`."""

    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> str:
        """Return the Danish word of the refusal."""
        return MOVE_LABELS[self]


DECISION_LABELS = {
    DecisionStatus.DRAFT: "kladde",
    DecisionStatus.WAITING: "afventer godkendelse",
    DecisionStatus.RETURNED: "sendt tilbage",
    DecisionStatus.APPROVED: "godkendt",
    DecisionStatus.WITHDRAWN: "trukket",
}
GRANT_LABELS = {
    GrantStatus.PLANNED: "planlagt",
    GrantStatus.RUNNING: "løbende",
    GrantStatus.EXPIRED: "udløbet",
    GrantStatus.ENDED: "ophørt",
}
MOVE_LABELS = {
    Move.PROPOSE: "indstilles",
    Move.APPROVE: "godkendes",
    Move.SEND_BACK: "sendes tilbage",
    Move.WITHDRAW: "trækkes",
}
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
    """Return the status of a decision from its dates; an approval comes first, because it can't be undone."""
    if approved_on is not None:
        return DecisionStatus.APPROVED
    if withdrawn_on is not None:
        return DecisionStatus.WITHDRAWN
    if returned_on is not None:
        return DecisionStatus.RETURNED
    return DecisionStatus.DRAFT if proposed_on is None else DecisionStatus.WAITING


def moved(status: DecisionStatus, move: Move) -> DecisionStatus:
    """Return the status after a step; raises InvalidTransition when the step can't be taken from here."""
    if status not in _ALLOWED[move]:
        raise InvalidTransition(f"Afgørelsen er {status.label} og kan derfor ikke {move.label}.")
    return _AFTER[move]


def grant_status(*, start: date, last_day: date, ended_on: date | None, on: date) -> GrantStatus:
    """Return the status of a course (forløb) on a day.

    `ended_on` is the last day of a course that was ended early; the course still runs on that day. One ended before it
    began is ended at once.
    """
    if ended_on is not None and (on > ended_on or ended_on < start):
        return GrantStatus.ENDED
    if on < start:
        return GrantStatus.PLANNED
    return GrantStatus.RUNNING if on <= last_day else GrantStatus.EXPIRED
