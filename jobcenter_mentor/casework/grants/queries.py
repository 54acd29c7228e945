"""What the pages of a proposal and a decision show, gathered within the reader's rights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames import local_budget as budgets
from jobcenter_mentor.casework.frames.local_budget import BudgetEffect
from jobcenter_mentor.casework.grants import approval_limits, case_assessment, hearing_text
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import letters as writing
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.case_assessment import Appraisal, GrantTerms
from jobcenter_mentor.casework.grants.models import Decision, Grant, Hearing
from jobcenter_mentor.casework.grants.overlap import Overlap, overlaps_of
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.kernel.needs import GIVEN_BESIDE, OTHER_SUPPORT, TASKS
from jobcenter_mentor.domain.kernel.periods import is_working_day
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.open_points import PointInCase, rested_on
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.pages.filters import dk_date_long


@dataclass(frozen=True)
class ProposalPage:
    """The page of a new grant: the referral, its facts in words, and the assessment of the terms on the page."""

    referral: Referral
    group: str
    tasks: tuple[str, ...]
    terms: GrantTerms
    appraisal: Appraisal
    budgets: list[BudgetEffect]
    watch: tuple[str, ...]
    points: tuple[PointInCase, ...]
    prices: dict[str, int]
    waiting: Decision | None
    overlaps: list[Overlap]


class WaitingRow(NamedTuple):
    """A proposal that waits, with its assessment, the proposer's name and the days it has waited."""

    decision: Decision
    assessment: Assessment
    proposer: str
    days: int


@dataclass(frozen=True)
class DecisionPage:
    """The page of a decision: as it was proposed, and as the law and the frame answer today."""

    decision: Decision
    referral: Referral
    group: str
    tasks: tuple[str, ...]
    proposed: Assessment
    appraisal: Appraisal
    points: tuple[PointInCase, ...]
    budgets: list[BudgetEffect]
    shown: str
    proposer: str
    may_approve: bool
    over_limits: list[str]
    overlaps: list[Overlap]
    hearing: Hearing | None
    may_withdraw: bool
    may_complain: bool
    gaps: dict[str, str]
    hints: list[str]
    letter: Letter | None
    grant_id: str | None


def proposal(
    session: Session, referral: Referral, *, actor: Actor, law: Law, terms: GrantTerms | None = None
) -> ProposalPage:
    """Return the page of a new grant and its panel; the citizen seen is logged.

    Raises ValidationFailed for impossible terms.
    """
    waiting = proposing.find_open(session, referral)
    before = proposing.terms_of(waiting) if waiting else None
    wanted = proposing.check_terms(
        terms or before or case_assessment.offered_terms(session, referral, law, on=actor.day)
    )
    appraisal = case_assessment.appraise(session, referral, law, on=actor.day, terms=wanted)
    seen(session, "referral", referral, by=actor.user)
    return ProposalPage(
        referral=referral,
        group=writing.group_words(referral, law.on(actor.day)),
        tasks=task_words(referral.tasks),
        terms=wanted,
        appraisal=appraisal,
        budgets=budgets.effects(session, appraisal.lines, team_id=referral.team_id),
        watch=tuple(watch(referral, wanted)),
        points=rested_on(appraisal.assessment.warnings, law.on(actor.day)),
        prices=prices_on(law, actor.day),
        waiting=waiting,
        overlaps=overlaps_of(session, referral.citizen_id, wanted, without=waiting, actor=actor),
    )


def usable(typed: Mapping[str, Any] | None) -> GrantTerms | None:
    """Return the terms that were typed; None where they are incomplete or impossible."""
    try:
        return proposing.check_terms(GrantTerms(**typed)) if typed else None
    except ValidationFailed:
        return None


def proposed_again(page: ProposalPage) -> dict[str, object]:
    """Return the values of the fields: what was proposed and sent back, else the terms the law offers."""
    returned = page.waiting
    texts = ("kind", "reason", "hearing_note", "considerations", "other_help")
    return asdict(page.terms) | ({name: getattr(returned, name) for name in texts} if returned else {})


def prices_on(law: Law, on: date) -> dict[str, int]:
    """Return the standard prices of the day, in øre an hour, by the mentor types that have one."""
    prices: dict[str, int] = {}
    for code in MENTOR_TYPES:
        try:
            prices[code] = standard_price(code, law.on(on))
        except DomainError:
            continue
    return prices


def decision(session: Session, shown: Decision, *, actor: Actor, law: Law) -> DecisionPage:
    """Return the page of a decision; the citizen seen is logged."""
    deciding.require_grant(shown)
    referral = writing.referral_of(shown)
    appraisal = case_assessment.appraise(session, referral, law, on=actor.day, terms=proposing.terms_of(shown))
    draft = writing.draft(session, shown, appraisal, on=actor.day, law=law, address_confirmed=True)
    seen(session, "decision", shown, by=actor.user)
    grant = session.get(Grant, shown.grant_id) if shown.grant_id else None
    return DecisionPage(
        decision=shown,
        referral=referral,
        group=writing.group_words(referral, law.on(actor.day)),
        tasks=task_words(referral.tasks),
        proposed=case_assessment.kept(shown.assessment),
        appraisal=appraisal,
        points=rested_on(appraisal.assessment.warnings, law.on(actor.day)),
        budgets=budgets.effects(session, appraisal.lines, team_id=shown.team_id),
        shown=deciding.shown_of(appraisal.assessment),
        proposer=session.get_one(User, shown.proposed_by_id).full_name,
        may_approve=actor.user.id != shown.proposed_by_id and actor.may("grant.approve_small", shown),
        over_limits=approval_limits.over_limits(session, shown, appraisal, on=actor.day, law=law),
        overlaps=deciding.overlaps_now(session, shown, actor=actor),
        hearing=hearing_text.find(session, shown),
        may_withdraw=actor.may("grant.propose", shown),
        may_complain=actor.may("complaint.write", shown),
        gaps=letters.gaps(draft),
        hints=letters.hints(draft),
        letter=session.get(Letter, shown.letter_id) if shown.letter_id else None,
        grant_id=grant.public_id if grant else None,
    )


def waiting(session: Session, *, actor: Actor) -> list[WaitingRow]:
    """Return the proposals that wait for the user's approval, oldest first.

    The citizens shown are logged in one row.
    """
    rows = deciding.list_waiting(session, actor=actor)
    names = {user.id: user.full_name for user in session.scalars(select(User).where(User.id.in_(_proposers(rows))))}
    shown = [
        WaitingRow(
            row, case_assessment.kept(row.assessment), names[row.proposed_by_id], (actor.day - row.proposed_on).days
        )
        for row in rows
    ]
    citizens = [row.citizen_id for row in rows]
    audit.record(session, by=actor.user, action="decision.list", subject="decision", citizens=citizens)
    return shown


def seen(session: Session, subject: str, row: Referral | Decision | Grant, *, by: User) -> None:
    """Log that the citizen was seen: one event, in the transaction of the page."""
    action, citizens = f"{subject}.read", [row.citizen_id]
    audit.record(session, by=by, action=action, subject=subject, subject_id=row.public_id, citizens=citizens)


def task_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the mentor's tasks in words."""
    return tuple(TASKS.get(code, code) for code in codes)


def _proposers(rows: Sequence[Decision]) -> set[int]:
    return {row.proposed_by_id for row in rows}


def watch(referral: Referral, terms: GrantTerms) -> Iterable[str]:
    """Give what to look at twice that the law does not ask about."""
    if referral.other_support in GIVEN_BESIDE:
        words = OTHER_SUPPORT[referral.other_support]
        division = referral.division_of_tasks or "Skriv i henvisningen, hvordan opgaverne er delt."
        yield f"To slags støtte: {words}. {division}"
    if terms.start < referral.referred_on - timedelta(days=1):
        yield "Første dag ligger før henvisningen."
    if not is_working_day(terms.start):
        yield f"Første dag er {dk_date_long(terms.start)} og ikke en arbejdsdag. Ret den, hvis det er en fejl."
