"""The background job that makes a plan for a long waiting list."""

from typing import Any

from jobcenter_mentor.casework.matching import waiting_plan
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import transaction
from jobcenter_mentor.platform.jobs.queue import JobResult, Progress
from jobcenter_mentor.platform.law_figures import service as rules


def match_plan(arguments: dict[str, Any], actor: Actor, progress: Progress) -> JobResult:
    """Make a plan for the whole waiting list (venteliste)."""
    afresh = bool(arguments.get("afresh"))
    with transaction() as session:
        plan = waiting_plan.make_plan(session, actor=actor, law=rules.law(session), afresh=afresh, tell=progress)
        share = 100 * plan.value // plan.bound if plan.bound else 100
        return JobResult(f"Planen er lagt: {share} % af det bedst mulige.", f"/matchning/planer/{plan.public_id}")
