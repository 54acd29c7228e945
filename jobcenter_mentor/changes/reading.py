"""Læsning: what the page of a change shows, within the reader's rights; the look is logged."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import may
from jobcenter_mentor.changes import appraising, service, writing
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.grants import heard, limits
from jobcenter_mentor.grants.assessing import Appraisal
from jobcenter_mentor.grants.models import Decision, Grant, Hearing
from jobcenter_mentor.grants.reading import seen
from jobcenter_mentor.letters import service as letters
from jobcenter_mentor.letters.models import Letter


@dataclass(frozen=True)
class ChangePage:
    """Siden om en ændring: as it is now and as it will be, what the law says, the hearing, and who may do what."""

    decision: Decision
    grant: Grant
    kind: str
    verdict: str
    before: str
    appraisal: Appraisal
    burdening: bool
    hearing: Hearing | None
    heard: bool
    gaps: dict[str, str]
    over_limits: list[str]
    proposer: str
    letter: Letter | None
    may_approve: bool
    may_propose: bool
    may_complain: bool


def change(session: Session, public_id: str, *, by: User, on: date, law: Law) -> ChangePage:
    """Siden om ændringen. Raises NotFound outside scope."""
    decision = service.get_change(session, public_id, by=by, on=on, action="letter.read")
    grant = service.grant_of(session, decision)
    appraisal = appraising.appraise(session, grant, decision, law, on=on)
    draft = writing.draft(session, grant, decision, appraisal, on=on, law=law, address_confirmed=True)
    seen(session, "decision", decision, by=by)
    burdening, hearing = writing.is_burdening(grant, decision), heard.find(session, decision)
    day = decision.start or on
    return ChangePage(
        decision=decision,
        grant=grant,
        kind=service.KINDS[decision.kind],
        verdict=writing.verdict(grant, decision),
        before=f"{grant.start:%d.%m.%Y}–{grant.last_day:%d.%m.%Y}, {service.hours_words(grant, day)}",
        appraisal=appraisal,
        burdening=burdening,
        hearing=hearing,
        heard=not burdening or bool(hearing and hearing.is_over(on)),
        gaps=letters.gaps(draft),
        over_limits=limits.over_limits(session, decision, appraisal, on=on, law=law),
        proposer=session.get_one(User, decision.proposed_by_id).full_name,
        letter=session.get(Letter, decision.letter_id) if decision.letter_id else None,
        may_approve=by.id != decision.proposed_by_id and may(by, "grant.approve_small", on=on, subject=decision),
        may_propose=may(by, "grant.propose", on=on, subject=decision),
        may_complain=may(by, "complaint.write", on=on, subject=decision),
    )
