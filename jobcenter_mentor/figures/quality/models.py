"""The table of data quality shares, month by month (datakvalitet)."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base


class QualityMonth(Base):
    """The data quality of a month (datakvalitet): in a team, how many of the courses checked had the flaw.

    Written again each night.
    """

    __tablename__ = "quality_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    flawed: Mapped[int]
    looked_at: Mapped[int]
