"""The catalogue (regelkataloget) with every rule of every period by its id."""

from __future__ import annotations

from jobcenter_mentor.domain.law.rules import before_2014, from_2014_to_2019, from_2020, procedure, refunds
from jobcenter_mentor.domain.law.rules.rule import Rule, Statement

RULES: dict[str, Rule] = {
    **before_2014.RULES,
    **from_2014_to_2019.RULES,
    **from_2020.RULES,
    **refunds.RULES,
    **procedure.RULES,
}
TURNED = {
    "lab2013.s78.education.over30": "lab2013.s78.education",
    "lab2013.refund.none": "lab2013.refunded",
    "lab2014.integration": "lab2014.applies",
    "lab2014.normalwork": "lab2014.released",
    "lab2014.rp.end": "lab2014.rp.goes_on",
    "lab2014.rp.firstoffer": "lab2014.rp.firstoffer_left",
    "lab2014.rp.leaves": "lab2014.rp.stays",
    "lab2014.s121a.none": "lab2014.refunded",
    "lab2016.none": "lab2016.refunded",
    "lab2019.end.kth": "lab2019.refunded",
    "lab2019.end.other": "lab2019.refunded.other",
    "lab2020.bek120": "lab2020.released",
    "lab2020.refund.none": "lab2020.refunded",
    "lab2022.refund.ressource": "lab2022.refunded.ressource",
    "proc.suspend": "proc.effect",
    "ref2026.s203a": "ref2026.citizen",
}
"""Questions asked the other way round until version 0.2: the old rule to the one with the opposite answer.

A yes now always leads towards support. Older assessments are stored and shown as they were asked then.
"""
GUIDING = frozenset(name for name, rule in RULES.items() if isinstance(rule, Statement))
"""Rules that guide the caseworker and decide nothing."""
