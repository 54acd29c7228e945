"""Open a case from one page: need, terms and proposal are judged while written, then stored in one transaction.

What is judged is never stored: referral and decision are outside the session until the case is opened.
"""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.frames import local_budget
from jobcenter_mentor.casework.grants import case_assessment, proposal, queries
from jobcenter_mentor.casework.grants import letters as writing
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.grants.overlap import overlaps_of
from jobcenter_mentor.casework.grants.queries import ProposalPage
from jobcenter_mentor.casework.referrals import service as referrals
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.casework.referrals.referral_check import NewReferral, problems
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import rested_on
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import reader_of
from jobcenter_mentor.platform.access.actor import Actor

TERMS = {"start", "weeks", "minutes_per_week", "mentor_type"}
NO_GOAL_DAY = "Hvornår målet er nået, mangler i brevet."


@dataclass(frozen=True)
class Opening:
    """The case as it is now: what the law and the frame say, the letter, and its gaps by field."""

    page: ProposalPage
    draft: LetterDraft
    gaps: dict[str, str]
    hints: list[str]


def preview(session: Session, citizen: Citizen, new: NewReferral, *, reason: str, actor: Actor, law: Law) -> Opening:
    """Return the case as it becomes, also half written: what the need lacks is among the gaps. Stores nothing.

    Raises ValidationFailed for terms that cannot be right.
    """
    errors = problems(new, born=citizen.birth_date, on=actor.day)
    if errors.keys() & TERMS:
        raise ValidationFailed("Vilkårene har fejl.", errors={name: errors[name] for name in errors.keys() & TERMS})
    referral = _unsaved(citizen, new)
    terms = proposal.check_terms(case_assessment.offered_terms(session, referral, law, on=actor.day))
    appraisal = case_assessment.appraise(session, referral, law, on=actor.day, terms=terms)
    decision = Decision(
        kind=proposal.GRANT,
        case_number="under oprettelse",
        proposed_by_id=actor.user.id,
        reason=reason.strip(),
        hearing_note="",
        considerations="",
        other_help="",
    )
    decision.citizen, decision.referral = citizen, referral
    draft = writing.draft(session, decision, appraisal, on=actor.day, law=law, address_confirmed=True)
    page = ProposalPage(
        referral=referral,
        group=writing.group_words(referral, law.on(actor.day)),
        tasks=queries.task_words(new.tasks),
        terms=terms,
        appraisal=appraisal,
        budgets=local_budget.effects(session, appraisal.lines, team_id=citizen.team_id),
        watch=tuple(queries.watch(referral, terms)),
        points=rested_on(appraisal.assessment.warnings, law.on(actor.day)),
        prices=queries.prices_on(law, actor.day),
        waiting=None,
        overlaps=overlaps_of(session, citizen.id, terms, without=None, actor=actor),
    )
    lacking = {name: texts[0] for name, texts in errors.items()}
    gaps = letters.gaps(draft) | lacking | ({} if new.goal_by else {"goal_by": NO_GOAL_DAY})
    return Opening(
        page, letters.shown_to(draft, citizen, reader_of(actor.user, on=actor.day)), gaps, letters.hints(draft)
    )


def open_case(session: Session, citizen: Citizen, new: NewReferral, *, reason: str, actor: Actor, law: Law) -> Decision:
    """Refer and propose in one: the referral and the proposal on it, or neither.

    Raises ValidationFailed at the field, also for a goal without a day.
    """
    if new.goal_by is None:
        raise ValidationFailed("Sagen kan ikke sendes endnu.", errors={"goal_by": ["Skriv, hvornår målet er nået."]})
    referral = referrals.refer(session, citizen, new, actor=actor, law=law)
    terms = case_assessment.offered_terms(session, referral, law, on=actor.day)
    return proposal.propose(session, referral, kind=proposal.GRANT, terms=terms, reason=reason, actor=actor, law=law)


def _unsaved(citizen: Citizen, new: NewReferral) -> Referral:
    """Return the referral as it would be, outside the session."""
    values = asdict(new) | {"form_key": None}
    referral = Referral(case_number="under oprettelse", citizen_id=citizen.id, team_id=citizen.team_id, **values)
    referral.citizen = citizen
    return referral
