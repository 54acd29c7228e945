"""Knaphed i den opdigtede kommune: the plan's bottlenecks and the forecast say the same."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.auth.actor import Actor
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.matching import outlook, planning
from jobcenter_mentor.rules import service as rules
from tests.matching.test_scarcity import contradictions


def test_the_bottlenecks_of_the_town_are_scarce_in_its_forecast(town: Session) -> None:
    by = town.scalars(select(User).where(User.username == "amal")).one()
    planning.make_plan(town, actor=Actor(by, DEMO_DAY), law=rules.law(town))

    found = outlook.forecast(town, actor=Actor(by, DEMO_DAY))

    assert found.plan is not None
    assert found.plan.findings["bottlenecks"]
    assert any(part.extra for part in found.parts)
    assert contradictions(found) == []
