"""The table of saved reports (gemte rapporter). Only the question is stored; the figures are made for each reader."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, WithPublicId, now


class SavedReport(Base, WithPublicId):
    """A question to the report builder (gemt rapport), shared in a team, or without a team in the whole municipality.

    `first` and `last` are the first day of the first and of the last month; `filter_team_id` None is all teams.
    """

    __tablename__ = "saved_report"
    scope: ClassVar[dict[str, str]] = {"team": "team_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    measure: Mapped[str] = mapped_column(String(20))
    split: Mapped[str] = mapped_column(String(20))
    first: Mapped[date]
    last: Mapped[date]
    filter_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
