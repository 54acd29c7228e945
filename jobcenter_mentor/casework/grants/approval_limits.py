"""The limits of an approval: what a colleague may approve, what needs the team leader, what gets a second check.

The limits are the municipality's own dated figures (`office.approval_*`).
"""

import hashlib
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.models import Decision, SecondCheck
from jobcenter_mentor.domain.kernel.errors import NotAllowed
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.law.assessment import Outcome
from jobcenter_mentor.domain.law.law import Law, LawOfDay
from jobcenter_mentor.platform.access.actor import Actor

EXTENSION, REFUSAL = "extension", "refusal"
MOST_POINTS = 10


def over_limits(session: Session, decision: Decision, appraisal: Appraisal, *, on: date, law: Law) -> list[str]:
    """Return in words what is beyond a colleague's limits of approval; empty where a colleague may approve."""
    of_day = law.on(on)
    found = [*_terms_over(appraisal, of_day)] if decision.kind != REFUSAL else ["Afslag godkendes af en teamleder."]
    most = of_day.whole("office.approval_extensions")
    if decision.kind == EXTENSION and (number := extension_number(session, decision)) > most:
        found.append(f"Det er forlængelse nr. {number}; grænsen er {most}.")
    if appraisal.assessment.outcome is Outcome.MUST_NOT:
        found.append("Indstillingen fraviger Lovvurderingen.")
    return found


def check_approver(session: Session, decision: Decision, appraisal: Appraisal, *, actor: Actor, law: Law) -> None:
    """Check that the user may approve: never their own proposal, and a colleague only up to the limits.

    Raises NotAllowed with what is over the limits.
    """
    if actor.user.id == decision.proposed_by_id:
        raise NotAllowed("Du har selv indstillet. En anden skal godkende.")
    if actor.may("grant.approve", decision):
        return
    if not actor.may("grant.approve_small", decision):
        raise NotAllowed("Du kan ikke godkende denne indstilling.")
    over = over_limits(session, decision, appraisal, on=actor.day, law=law)
    if over:
        raise NotAllowed(f"En teamleder skal godkende. {' '.join(over)}")


def extension_number(session: Session, decision: Decision) -> int:
    """Return the number of the extension in the case (forlængelse); the first is 1."""
    earlier = select(func.count(Decision.id)).where(
        Decision.case_number == decision.case_number,
        Decision.kind == EXTENSION,
        Decision.approved_on.is_not(None),
        Decision.id != decision.id,
    )
    return 1 + (session.scalar(earlier) or 0)


def draw(session: Session, decision: Decision, appraisal: Appraisal, *, on: date, law: Law) -> SecondCheck | None:
    """Select the decision for a second check (stikprøve), by the municipality's share and the risk.

    None where not selected. The random id of the decision decides. Each point of risk counts the share once more, so
    that ten per cent is half at four points.
    """
    why = over_limits(session, decision, appraisal, on=on, law=law)
    if decision.beyond_reason:
        why.append("Bevillingen går over rammen.")
    if decision.kind in {"ending", "hours"}:
        why.append("Et løbende forløb er ændret.")
    risk = min(len(why), MOST_POINTS)
    share = law.on(on).whole("office.second_check_percent") * (1 + risk)
    if int.from_bytes(hashlib.sha256(decision.public_id.encode()).digest()[:4]) % 100 >= share:
        return None
    words = " ".join(why) or "Tilfældigt udtaget."
    check = SecondCheck(decision_id=decision.id, team_id=decision.team_id, drawn_on=on, risk=risk, why=words[:300])
    session.add(check)
    return check


def _terms_over(appraisal: Appraisal, law: LawOfDay) -> list[str]:
    found = []
    amount, minutes = law.whole("office.approval_ore"), law.whole("office.approval_hours_week") * 60
    if appraisal.cost > amount:
        cost = format_kroner(appraisal.cost)
        found.append(f"Udgiften er {cost} kr.; grænsen er {format_kroner(amount)} kr.")
    if appraisal.terms.minutes_per_week > minutes:
        found.append(f"{hours_words(appraisal.terms.minutes_per_week)} om ugen; grænsen er {hours_words(minutes)}.")
    return found
