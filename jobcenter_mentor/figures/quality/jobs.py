"""Nightly work for the reports (natligt arbejde): recompute and compare the stored courses, store the data quality."""

import logging
from datetime import date

from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.figures.quality import service
from jobcenter_mentor.platform.database.db import transaction

log = logging.getLogger(__name__)


def check_courses(_on: date) -> None:
    """Compare the stored sub-courses with a recomputation (delforløb). Differences are logged and corrected."""
    with transaction() as session:
        differing = subcourses.differing(session)
        subcourses.keep(session, differing)
    if differing:
        log.error("Sub-courses of %s courses differed from the recomputation and were put right", len(differing))


def keep_quality(on: date) -> None:
    """Store the data quality of the month (datakvalitet), and of earlier months that are missing."""
    with transaction() as session:
        service.keep_months(session, on=on)
