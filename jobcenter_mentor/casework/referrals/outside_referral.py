"""Referrals from other systems: finds or registers the citizen, stores the status with its date, and opens the case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.referral_check import NewReferral
from jobcenter_mentor.casework.referrals.service import refer
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.kernel.identity import may_be_same
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import NewCitizen
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import roles_on, teams_on
from jobcenter_mentor.platform.access.service import find_user

SOURCE = "andet system"


def take_in(
    session: Session, citizen: Citizen | None, given: Mapping[str, Any], *, form_key: str, actor: Actor, law: Law
) -> Referral:
    """Take in a referral; `given` holds the values of a `ReferralBody`, `citizen` the one found by its number, if any.

    The same `form_key` again returns the referral it made. Raises Conflict when that was another one and for a citizen
    of another team, and ValidationFailed by field.
    """
    caseworker_id = _caseworker(session, given["caseworker"])
    known = citizen or _register(session, given, caseworker_id, actor=actor, law=law)
    _check_name(known, given)
    _keep_status(session, known, given, actor=actor, law=law)
    kept = {name: given[name] for name in NewReferral.__dataclass_fields__ if name in given}
    kept |= {"start": given["start"] or given["referred_on"], "caseworker_id": caseworker_id, "form_key": form_key}
    referral = refer(session, known, NewReferral(**kept), actor=actor, law=law)
    if (referral.citizen_id, referral.referred_on) != (known.id, given["referred_on"]):
        raise Conflict("Nøglen i Idempotency-Key er brugt til en anden henvisning. Send en ny nøgle.")
    return referral


def _register(
    session: Session, given: Mapping[str, Any], caseworker_id: int | None, *, actor: Actor, law: Law
) -> Citizen:
    teams = teams_on(actor.user, "referral.write", on=actor.day)
    if teams is None or len(set(teams)) != 1:
        text = "Borgeren er ny, og brugeren har flere teams. Opret borgeren først."
        raise ValidationFailed(text, errors={"cpr": [text]})
    is_caseworker = any(role.role == "SB" for role in roles_on(actor.user, actor.day))
    new = NewCitizen(
        cpr=given["cpr"],
        first_name=given["first_name"],
        last_name=given["last_name"],
        team_id=teams[0],
        benefit=given["benefit"],
        visitation=given["visitation"],
        has_education=given["has_education"],
        status_from=given["referred_on"],
        caseworker_id=caseworker_id or (actor.user.id if is_caseworker else None),
        source=SOURCE,
    )
    return citizens.register(session, new, actor=actor, law=law)


def _caseworker(session: Session, username: str) -> int | None:
    """Return the row id of the caseworker with a log-in name; None where none is given."""
    if not username.strip():
        return None
    user = find_user(session, username)
    if user is None or not user.active:
        text = "Sagsbehandleren findes ikke. Skriv brugernavnet."
        raise ValidationFailed(text, errors={"caseworker": [text]})
    return user.id


def _check_name(citizen: Citizen, given: Mapping[str, Any]) -> None:
    if not may_be_same(citizen.name, f"{given['first_name']} {given['last_name']}"):
        text = "CPR-nummeret er registreret med et andet navn. Kontrollér nummeret."
        raise ValidationFailed(text, errors={"cpr": [text]})


def _keep_status(session: Session, citizen: Citizen, given: Mapping[str, Any], *, actor: Actor, law: Law) -> None:
    """Store the given status from the day of referral; an education that isn't given stays as it was."""
    status = citizen.status_on(given["referred_on"])
    education = given["has_education"]
    if education is None and status is not None:
        education = status.has_education
    asked = (given["benefit"], given["visitation"], education)
    if status is not None and (status.benefit, status.visitation, status.has_education) == asked:
        citizens.check_status(CitizenFacts(None, *asked), given["referred_on"], citizen.birth_date, law, on=actor.day)
        return
    citizens.set_status(
        session,
        citizen,
        benefit=given["benefit"],
        visitation=given["visitation"],
        has_education=education,
        valid_from=given["referred_on"],
        actor=actor,
        law=law,
        source=SOURCE,
        note="Rettet med en henvisning fra et andet system",
    )
