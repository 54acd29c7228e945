"""The days of the made-up municipality in 2026."""

from jobcenter_mentor.config import DEMO_DAYS

DAY = DEMO_DAYS[2026]
"""The demo's own day; nothing later has happened yet."""
