"""Extend a course (forlængelse): a new course follows the next day, in the same case and with the same mentor."""

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.grants import case_assessment, subcourses
from jobcenter_mentor.casework.grants.case_assessment import Appraisal
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.letters import deadlines_of
from jobcenter_mentor.casework.grants.models import Grant, GrantPeriod
from jobcenter_mentor.casework.grants.report_duty import plan_reports
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor

KEPT = (
    "case_number",
    "citizen_id",
    "team_id",
    "caseworker_id",
    "referral_id",
    "mentor_id",
    "mentor_function_id",
    "form",
    "place_share",
    "mentor_type",
    "hourly_price",
    "approved_price",
    "goal",
    "tasks",
)
"""What the new course takes over unchanged."""
ANSWERED = {"end_review", "new_offer", "period_end"}
"""Deadlines of the old course that the extension answers."""


def extend(
    session: Session, grant: Grant, appraisal: Appraisal, *, actor: Actor, law: Law, may_go_beyond: bool
) -> Grant:
    """Extend a course (forlængelse): the new one has its own group, rate, frame, reservation and deadlines.

    A mentor who goes on owes no first contact; the deadlines that asked about the end of the old course are dropped.
    """
    assessment, terms, first = appraisal.assessment, appraisal.terms, appraisal.years[0]
    status = grant.citizen.status_on(actor.day)
    extended = Grant(
        **{name: getattr(grant, name) for name in KEPT},
        previous_grant_id=grant.id,
        start=terms.start,
        last_day=terms.last_day,
        benefit=status.benefit if status else grant.benefit,
        visitation=status.visitation if status else grant.visitation,
        group_number=appraisal.facts.citizen.group,
        legal_basis=assessment.legal_basis,
        right=assessment.right,
        discharge_right=assessment.discharge_right,
        right_and_duty=assessment.right_and_duty,
        contact_interval_days=assessment.min_contact_interval_days,
        rate_percent=first.rate_percent,
        frame_kind=first.frame_kind,
        decided_on=actor.day,
    )
    extended.periods.append(
        GrantPeriod(first_day=terms.start, last_day=terms.last_day, minutes_per_week=terms.minutes_per_week)
    )
    extended.assessment_id = case_assessment.keep(session, appraisal, referral_id=grant.referral_id, by=actor.user).id
    session.add(extended)
    session.flush()
    frames.reserve(session, grant_id=extended.id, lines=appraisal.lines, may_go_beyond=may_go_beyond)
    month_sums.keep(session, extended.id)
    subcourses.keep(session, [extended.id])
    followups.drop_open(session, grant.id, reason="Forløbet er forlænget", actor=actor, kinds=ANSWERED)
    planned = deadlines_of(appraisal, actor.day, law)
    if grant.mentor_id is not None:
        planned = [deadline for deadline in planned if deadline.kind != "first_contact"]
    followups.plan(session, planned, case=case_of(extended), actor=actor)
    plan_reports(session, extended, actor=actor, law=law)
    return extended
