"""Local budgets (lokale budgetter): what a team may use in a year without a frame, and what it has granted, in øre.

A budget is the municipality's own and binds no grant: nothing is reserved in it, and a grant beyond it gives a warning.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import Frame, MonthSum
from jobcenter_mentor.casework.frames.service import CostLine, kinds_of
from jobcenter_mentor.platform.access.models import Team


@dataclass(frozen=True)
class TeamBudget:
    """A team's budget for a year: the amount in force, None where nobody has set it, and what is granted of it."""

    year: int
    team: str
    team_public_id: str
    amount: int | None
    granted: int

    @property
    def left(self) -> int | None:
        """Return what is left, negative where more is granted than the budget holds; None without a budget."""
        return None if self.amount is None else self.amount - self.granted


@dataclass(frozen=True)
class BudgetEffect:
    """A team's budget of a year before one more grant, and what that grant costs in the year."""

    budget: TeamBudget
    cost: int

    @property
    def over(self) -> int:
        """Return how far the budget is exceeded with this grant, in øre; 0 without a budget or where enough is left."""
        return 0 if self.budget.left is None else max(0, self.cost - max(0, self.budget.left))


def list_budgets(session: Session, *, year: int, team_id: int | None = None) -> list[TeamBudget]:
    """Return all teams, or the one given, with the year's budget, by name; also teams with neither budget nor cost."""
    granted = (
        select(MonthSum.team_id, func.sum(MonthSum.granted).label("granted"))
        .where(MonthSum.year == year)
        .group_by(MonthSum.team_id)
        .subquery()
    )
    statement = (
        select(Team.name, Team.public_id, Frame.amount, func.coalesce(granted.c.granted, 0))
        .outerjoin(Frame, (Frame.team_id == Team.id) & (Frame.year == year))
        .outerjoin(granted, granted.c.team_id == Team.id)
        .order_by(Team.sort_key, Team.id)
    )
    if team_id is not None:
        statement = statement.where(Team.id == team_id)
    return [
        TeamBudget(year, team, public_id, amount, int(sums))
        for team, public_id, amount, sums in session.execute(statement)
    ]


def effects(session: Session, lines: Iterable[CostLine], *, team_id: int) -> list[BudgetEffect]:
    """Return the budgets a grant draws on: one for each year of its cost that has no frame."""
    costs: Counter[int] = Counter()
    for line in lines:
        costs[line.year] += line.cost
    return [
        BudgetEffect(one, costs[year])
        for year in sorted(costs)
        if not kinds_of(year)
        for one in list_budgets(session, year=year, team_id=team_id)
    ]
