"""A stored assessment: exactly as it was, repeated under the law as it was known that day, and with other facts.

Nothing here changes a case. A repeat uses the municipality's figures that were approved by the day of the assessment,
so that a figure put in force later, even for an earlier day, changes no old answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.casework.grants.queries import seen
from jobcenter_mentor.domain.kernel.errors import DomainError, NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.domain.law.assessment import Assessment, Finding
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.rules.catalogue import TURNED
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible

CITIZEN = frozenset(
    {
        "group",
        "visitation",
        "can_take_other_offers",
        "cannot_because",
        "first_offer",
        "age",
        "situation",
        "refugee_full_refund",
        "integration_programme",
        "psychiatric_inpatient",
        "discharge_date",
        "education_admission_date",
        "education_kind",
    }
)
REQUEST = frozenset({"start", "end", "minutes_per_week", "mentor_type", "beyond_normal", "decisive"})


@dataclass(frozen=True)
class AssessmentDifference:
    """A difference in one question: the answer as stored and as given now; None where the question was not asked."""

    question: str
    section: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class StoredAssessment:
    """A stored assessment: as it was, the facts behind it, and what a repeat answers differently."""

    record: AssessmentRecord
    case_number: str
    initials: str
    assessment: Assessment
    facts: CaseFacts
    changes: tuple[AssessmentDifference, ...] = ()
    refused: str = ""


def get_kept(session: Session, public_id: str, *, actor: Actor) -> StoredAssessment:
    """Return a stored assessment; the look is logged. Raises NotFound outside the user's scope."""
    record = session.scalar(select(AssessmentRecord).where(AssessmentRecord.public_id == public_id))
    case = _case_of(session, record, actor=actor) if record else None
    if record is None or case is None:
        raise NotFound("Vurderingen findes ikke.")
    seen(session, "decision" if isinstance(case, Decision) else "grant", case, by=actor.user)
    facts = facts_from_dict(record.facts)
    return StoredAssessment(record, case.case_number, case.citizen.initials, case_assessment.kept(record), facts)


def replayed(kept: StoredAssessment, known: Law) -> StoredAssessment:
    """Return the assessment with what the law as it was known that day answers differently, or why it can't answer."""
    try:
        return replace(kept, changes=differences(kept.assessment, case_assessment.replay(kept.record, known)))
    except DomainError as error:
        return replace(kept, refused=str(error))


def differences(before: Assessment, after: Assessment) -> tuple[AssessmentDifference, ...]:
    """Return the differences between two assessments by question, the outcome first."""
    changes = []
    if before.outcome is not after.outcome:
        changes.append(AssessmentDifference("Udfald", "", before.verdict, after.verdict))
    old, new = ({finding.rule: finding for finding in found.findings} for found in (before, after))
    turned = {rule for rule, now in TURNED.items() if _is_turned_round(old.get(rule), new.get(now))}
    asked_now = {TURNED[rule] for rule in turned}
    for rule in [*old, *(rule for rule in new if rule not in old and rule not in asked_now)]:
        was, now = old.get(rule), new.get(rule)
        if rule not in turned and (was and was.answer_text) != (now and now.answer_text):
            changes.append(_change(was, now))
    return tuple(changes)


def _is_turned_round(was: Finding | None, now: Finding | None) -> bool:
    """Tell whether a question stored the other way round has the same meaning now: the opposite answer, or none."""
    if was is None or now is None:
        return False
    both = (was.answer, now.answer)
    return both in ((True, False), (False, True), (None, None))


def what_if(facts: CaseFacts, changed: Mapping[str, Any], law: Law) -> Assessment:
    """Return the assessment with other facts ("hvad nu hvis"); nothing is stored. A given group replaces the benefit.

    Raises ValidationFailed, by the names of the facts, for what no case may contain and for a day whose law is not
    entered.
    """
    citizen = {name: value for name, value in changed.items() if name in CITIZEN}
    request = {name: value for name, value in changed.items() if name in REQUEST}
    if citizen.get("group") is not None:
        citizen["benefit"] = None
    if "end" in request:
        request["weeks"] = None
    tried = replace(
        facts,
        date=changed.get("date", facts.date),
        citizen=replace(facts.citizen, **citizen),
        request=replace(facts.request, **request),
    )
    try:
        return assess(facts_from_dict(facts_to_dict(tried)), law)
    except NotInForce as error:
        raise ValidationFailed(str(error), errors={"date": [str(error)]}) from error
    except ValidationFailed as error:
        named = {path.rpartition(".")[2]: texts for path, texts in error.errors.items()}
        errors = {"minutes_per_week" if name == "hours_per_week" else name: named[name] for name in named}
        raise ValidationFailed(error.message, errors=errors) from error


def _case_of(session: Session, record: AssessmentRecord, *, actor: Actor) -> Decision | Grant | None:
    """Return the decision or else the course that a record belongs to, within the user's scope."""
    decision = select(Decision).where(Decision.assessment_id == record.id)
    found = session.scalars(visible(decision, Decision, actor.user, "letter.read", actor.day)).first()
    if found is not None:
        return found
    grant = select(Grant).where(Grant.assessment_id == record.id)
    return session.scalars(visible(grant, Grant, actor.user, "citizen.status.read", actor.day)).first()


def _change(was: Finding | None, now: Finding | None) -> AssessmentDifference:
    question = next((finding.question, finding.section) for finding in (was, now) if finding is not None)
    return AssessmentDifference(*question, was.answer_text if was else None, now.answer_text if now else None)
