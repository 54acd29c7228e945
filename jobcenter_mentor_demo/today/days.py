"""Dage i den opdigtede kommune i 2026."""

from jobcenter_mentor.config import DEMO_DAYS

DAY = DEMO_DAYS[2026]
"""The demo's own day: all that is later has not happened yet."""
