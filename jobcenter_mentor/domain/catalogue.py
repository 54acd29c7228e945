"""Regelkataloget: every rule of every period by its id."""

from __future__ import annotations

from jobcenter_mentor.domain import (
    rules_2014_to_2019,
    rules_before_2014,
    rules_from_2020,
    rules_of_procedure,
    rules_of_reimbursement,
)
from jobcenter_mentor.domain.rule import Rule, Statement

RULES: dict[str, Rule] = {
    **rules_before_2014.RULES,
    **rules_2014_to_2019.RULES,
    **rules_from_2020.RULES,
    **rules_of_reimbursement.RULES,
    **rules_of_procedure.RULES,
}
GUIDING = frozenset(name for name, rule in RULES.items() if isinstance(rule, Statement))
"""Rules that guide the caseworker and decide nothing."""
