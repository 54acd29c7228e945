"""Danish time (dansk tid): the day and the hour in Denmark, whatever zone the host is in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def danish(moment: datetime) -> datetime:
    """Return a point in time as a Danish clock shows it."""
    return moment.astimezone(COPENHAGEN)


def danish_day() -> date:
    """Return the date in Denmark just now (dags dato)."""
    return danish(datetime.now(UTC)).date()
