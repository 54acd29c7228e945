"""Propose and approve the municipality's own figures (kommunens egne tal) under two keys; all is stored."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.law.law import Law, Parameter
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.law_figures import two_keys
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from jobcenter_mentor.platform.law_figures.service import figure_value

OWN = "Du har selv foreslået tallet. En anden skal godkende."
FIRST_DAY = date(2012, 1, 1)
HIGHEST = {
    "øre": 100_000_000_000,
    "øre/hour": 1_000_000,
    "øre/person": 100_000_000,
    "hours/week": 168,
    "percent": 100,
    "full-time persons": 1_000_000,
}
HIGHEST_OTHER = 999
"""The highest figure of each unit, far above any in use: a slip of the keyboard must not become a rule."""


@dataclass(frozen=True)
class NewFigure:
    """A new local figure (lokalt tal): `value` as typed, in the parameter's unit (kroner for øre), or ja or nej."""

    name: str
    value: str
    valid_from: date
    reason: str


def local_parameters(law: Law) -> list[Parameter]:
    """Return the figures that the municipality sets itself (kommunens egne tal), by their label."""
    local = [law.parameter(name) for name in law.names() if law.parameter(name).authority == "local"]
    return sorted(local, key=lambda parameter: parameter.label)


def propose(session: Session, new: NewFigure, *, actor: Actor, law: Law) -> LocalFigure:
    """Propose a figure (tal); nothing changes before another person has approved it.

    Raises ValidationFailed by field, Conflict where a proposal for the same figure waits already.
    """
    parameter = next((one for one in local_parameters(law) if one.name == new.name), None)
    errors: dict[str, list[str]] = {}
    kept = "" if parameter is None else _kept_text(parameter, new.value)
    if parameter is None:
        errors["name"] = ["Vælg et af kommunens egne tal."]
    elif not kept:
        errors["value"] = [_wanted(parameter)]
    if new.valid_from < FIRST_DAY:
        errors["valid_from"] = [f"Tallet kan tidligst gælde fra {FIRST_DAY:%d.%m.%Y}."]
    if not new.reason.strip():
        errors["reason"] = ["Skriv, hvem der har besluttet det, og hvorfor."]
    if errors:
        raise ValidationFailed("Forslaget er ikke gemt. Ret de markerede felter.", errors=errors)
    if any(row.name == new.name for row in list_waiting(session)):
        raise Conflict("Der venter allerede et forslag til det tal. Godkend eller afvis det først.")
    figure = LocalFigure(
        name=new.name,
        value=kept,
        valid_from=new.valid_from,
        reason=new.reason.strip(),
        proposed_by_id=actor.user.id,
        proposed_on=actor.day,
    )
    session.add(figure)
    session.flush()
    _record(session, figure, "figure.propose", actor.user)
    return figure


def approve(session: Session, figure: LocalFigure, *, actor: Actor) -> LocalFigure:
    """Approve a figure (godkend). Raises NotAllowed for the proposer, InvalidTransition when it is decided already."""
    two_keys.require_approvable(session, figure, OWN, by=actor.user)
    figure.approved_by_id, figure.approved_on = actor.user.id, actor.day
    session.flush()
    _record(session, figure, "figure.approve", actor.user)
    return figure


def reject(session: Session, figure: LocalFigure, *, actor: Actor) -> LocalFigure:
    """Reject or withdraw a proposal (forslag); it is stored with the day.

    Raises InvalidTransition when it is decided already.
    """
    two_keys.reject(session, figure, actor=actor)
    _record(session, figure, "figure.reject", actor.user)
    return figure


def get_figure(session: Session, public_id: str) -> LocalFigure:
    """Return a proposal or a figure in force (tal i kraft). Raises NotFound."""
    found = session.scalar(select(LocalFigure).where(LocalFigure.public_id == public_id))
    if found is None:
        raise NotFound("Forslaget findes ikke.")
    return found


def list_waiting(session: Session) -> list[LocalFigure]:
    """Return the proposals (forslag) that wait, oldest first."""
    return two_keys.waiting(session, LocalFigure)


def list_decided(session: Session) -> list[LocalFigure]:
    """Return the history (historik): what was approved or rejected, newest first."""
    return two_keys.decided(session, LocalFigure)


def _kept_text(parameter: Parameter, typed: str) -> str:
    """Return the text to store, in the parameter's unit; empty where what was typed doesn't fit it."""
    text = typed.strip().lower().replace(" ", "")
    if parameter.unit == "yes/no":
        return text if text in {"ja", "nej"} else ""
    number = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        value = figure_value(parameter, number)
    except ValueError:
        return ""
    return "" if value is None or not 0 <= value <= HIGHEST.get(parameter.unit, HIGHEST_OTHER) else str(value)


def _wanted(parameter: Parameter) -> str:
    if parameter.unit == "yes/no":
        return "Skriv ja eller nej."
    if parameter.unit in {"øre", "øre/hour", "øre/person"}:
        return f"Skriv et beløb i kroner, fx 312,50, højst {format_kroner(HIGHEST[parameter.unit])}."
    return f"Skriv et helt tal fra 0 til {HIGHEST.get(parameter.unit, HIGHEST_OTHER)}."


def _record(session: Session, figure: LocalFigure, action: str, by: User) -> None:
    detail = {"name": figure.name, "value": figure.value, "valid_from": str(figure.valid_from)}
    audit.record(session, by=by, action=action, subject="local_figure", subject_id=figure.public_id, detail=detail)
