"""Tests that the plan's bottlenecks and the forecast agree on scarcity in the made-up municipality."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.matching import corps_forecast, waiting_plan
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import service as rules
from tests.casework.matching.test_scarcity import contradictions


def test_the_bottlenecks_of_the_town_are_scarce_in_its_forecast(town: Session) -> None:
    by = town.scalars(select(User).where(User.username == "amal")).one()
    waiting_plan.make_plan(town, actor=Actor(by, DEMO_DAY), law=rules.law(town))

    found = corps_forecast.forecast(town, actor=Actor(by, DEMO_DAY))

    assert found.plan is not None
    assert found.plan.findings["bottlenecks"]
    assert any(part.extra for part in found.parts)
    assert contradictions(found) == []
