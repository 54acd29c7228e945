"""Frister, som handlinger i sagen planlægger og afslutter: discharge, hearing answers and monthly reports."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_referral, a_user
from tests.casefile.followups.test_service import a_deadline, planned


def test_what_is_planned_before_the_decision_ends_with_it(session: Session) -> None:
    by, referral = a_user(session), a_referral(session)
    case = CaseRef(referral.citizen_id, referral.case_number, referral.team_id, by.id, referral.id)
    service.plan(session, [a_deadline("hearing"), a_deadline("discharge")], case=case, actor=Actor(by, WORKING_DAY))

    settled = service.settle_of_referral(session, referral.id, "hearing", result="Svaret", actor=Actor(by, WORKING_DAY))
    dropped = service.drop_before_grant(session, referral.id, reason="Afgjort", actor=Actor(by, WORKING_DAY))

    assert (settled, dropped) == (1, 1)
    assert session.scalar(select(FollowUp.dropped_reason).where(FollowUp.kind == "discharge")) == "Afgjort"


def test_a_note_in_the_log_is_the_report_of_its_month(session: Session) -> None:
    by = a_user(session)
    this, following = planned(
        session, by, a_deadline("report", WORKING_DAY), a_deadline("report", WORKING_DAY + timedelta(days=31))
    )
    grant_id = this.grant_id or 0

    too_early = service.settle_reports(
        session, grant_id, met_on=WORKING_DAY - timedelta(days=31), by=by, on=WORKING_DAY
    )
    in_time = service.settle_reports(session, grant_id, met_on=WORKING_DAY - timedelta(days=5), by=by, on=WORKING_DAY)

    assert (too_early, in_time) == (0, 1)
    assert (this.done_on, following.done_on) == (WORKING_DAY, None)
