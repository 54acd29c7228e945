"""Target group of a citizen (målgruppe): benefit, visitation and education, each in force from a day."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.periods import A_YEAR_AHEAD, is_a_year_ahead
from jobcenter_mentor.domain.law.benefit_errors import refusal_of
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, CitizenStatus
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit


def set_status(
    session: Session,
    citizen: Citizen,
    *,
    benefit: str,
    visitation: str | None,
    valid_from: date,
    actor: Actor,
    law: Law,
    source: str = "",
    match_group: int | None = None,
    has_education: bool | None = None,
    note: str = "",
) -> CitizenStatus:
    """Register benefit and visitation from a day (målgruppe og visitation): a new row; earlier rows stay.

    A row of the same day is replaced only with a `note`, which is kept in the event log with the old codes.
    Raises ValidationFailed by field for what doesn't fit that day and for a missing note.
    """
    if not any(actor.may(action, citizen) for action in ("citizen.status.write", "import.cases")):
        raise NotAllowed("Du har ikke adgang til at ændre borgerens målgruppe.")
    told = CitizenFacts(benefit=benefit, visitation=visitation, has_education=has_education)
    check_status(told, valid_from, citizen.birth_date, law, on=actor.day)
    status = next((row for row in citizen.statuses if row.valid_from == valid_from), None)
    if status is None:
        status = CitizenStatus(valid_from=valid_from, benefit=benefit)
        citizen.statuses.append(status)
    elif status.told == (benefit, visitation, match_group, has_education):
        return status
    elif not note:
        text = f"Der er allerede registreret en målgruppe fra {valid_from:%d.%m.%Y}. Skriv, hvorfor den rettes."
        raise ValidationFailed(text, errors={"note": [text]})
    replaced = [status.benefit, status.visitation, status.has_education] if status.id else []
    status.benefit, status.visitation, status.match_group, status.source = benefit, visitation, match_group, source
    status.has_education = has_education
    citizen.statuses.sort(key=lambda row: row.valid_from)
    session.flush()
    detail = {"valid_from": valid_from.isoformat(), "replaced": replaced, "note": note}
    audit.record(
        session,
        by=actor.user,
        action="citizen.status",
        subject="citizen",
        subject_id=citizen.public_id,
        citizens=[citizen.id],
        detail=detail,
    )
    return status


def check_status(told: CitizenFacts, valid_from: date, born: date, law: Law, *, on: date) -> None:
    """Check that a benefit can be registered from a day. Raises ValidationFailed by field."""
    if valid_from < born or is_a_year_ahead(valid_from, on):
        text = "Datoen ligger før borgerens fødsel." if valid_from < born else A_YEAR_AHEAD
        raise ValidationFailed(text, errors={"valid_from": [text], "status_from": [text]})
    refused = refusal_of(replace(told, age=age_on(born, valid_from)), law.on(valid_from))
    if refused is not None:
        raise ValidationFailed(refused.text, errors={refused.field: [refused.text]})
