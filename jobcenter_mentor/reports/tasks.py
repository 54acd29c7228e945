"""Natligt arbejde for rapporterne: the kept courses are recomputed and compared, and the data quality is kept."""

import logging
from datetime import date

from jobcenter_mentor.db import transaction
from jobcenter_mentor.grants import subcourses
from jobcenter_mentor.reports import quality

log = logging.getLogger(__name__)


def check_courses(_on: date) -> None:
    """Natlig kontrol af delforløbene: what differs from a recomputation is logged and put right."""
    with transaction() as session:
        differing = subcourses.differing(session)
        subcourses.keep(session, differing)
    if differing:
        log.error("Sub-courses of %s courses differed from the recomputation and were put right", len(differing))


def keep_quality(on: date) -> None:
    """Gem månedens datakvalitet, and that of the months before that were never kept."""
    with transaction() as session:
        quality.keep_months(session, on=on)
