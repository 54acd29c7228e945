"""Baggrundsjob: a plan for a long waiting list."""

from datetime import date
from typing import Any

from jobcenter_mentor.auth.actor import Actor
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.db import transaction
from jobcenter_mentor.jobs import JobResult, Progress
from jobcenter_mentor.matching import planning
from jobcenter_mentor.rules import service as rules


def match_plan(arguments: dict[str, Any], by: User, on: date, progress: Progress) -> JobResult:
    """Læg en plan for hele ventelisten."""
    afresh = bool(arguments.get("afresh"))
    with transaction() as session:
        plan = planning.make_plan(session, actor=Actor(by, on), law=rules.law(session), afresh=afresh, tell=progress)
        share = 100 * plan.value // plan.bound if plan.bound else 100
        return JobResult(f"Planen er lagt: {share} % af det bedst mulige.", f"/matchning/planer/{plan.public_id}")
