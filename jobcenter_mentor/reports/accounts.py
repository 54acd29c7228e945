"""Refusion pr. konto: cost and refund of each month by the accounts of the municipality's books.

An account is shown for the same groups as the report shows. Where a group that was joined for being small has cost on
two accounts, these are shown as one: an account then is a sum of shown groups and tells nothing more of anybody.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import pandas as pd

from jobcenter_mentor.claims.claiming import KINDS
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.refund_ways import Way, account_on
from jobcenter_mentor.reports.months import CourseMonth

COLUMNS = ["month", "account", "cost", "refund"]
UNKNOWN = "Konto ikke bekræftet"


class Shown(NamedTuple):
    """Det, der vises: a course's month under the name its target group is shown by, and its refund in øre."""

    row: CourseMonth
    group: str
    refund: int


def account_name(frame_kind: str, month: date, law: Law) -> str:
    """Kontoens navn: number and frame; that it is not confirmed where nobody has entered it for the month."""
    number = account_on(Way(frame_kind, None, ""), law.on(month))
    return f"{number or UNKNOWN} ({KINDS.get(frame_kind, frame_kind)})"


def by_account(shown: Iterable[Shown], law: Law) -> pd.DataFrame:
    """Sum udgift og refusion by month and account."""
    names: dict[tuple[str, date], str] = {}
    parts: dict[date, list[tuple[str, str, int, int]]] = {}
    for row, group, refund in shown:
        key = (row.frame_kind, row.month)
        if key not in names:
            names[key] = account_name(*key, law)
        parts.setdefault(row.month, []).append((group, names[key], row.cost, refund))
    summed = [
        {"month": month, "account": account, "cost": cost, "refund": refund}
        for month, found in sorted(parts.items())
        for account, (cost, refund) in sorted(_of_month(found).items())
    ]
    return pd.DataFrame(summed, columns=COLUMNS)


def _of_month(parts: list[tuple[str, str, int, int]]) -> dict[str, tuple[int, int]]:
    """Sum one month; accounts that share a shown group are one."""
    together: list[tuple[set[str], set[str]]] = []
    for group, account, _, _ in parts:
        groups, accounts = {group}, {account}
        apart = []
        for others in together:
            if groups & others[0] or accounts & others[1]:
                groups, accounts = groups | others[0], accounts | others[1]
            else:
                apart.append(others)
        together = [*apart, (groups, accounts)]
    name_of = {account: " og ".join(sorted(accounts)) for _, accounts in together for account in accounts}
    sums: dict[str, tuple[int, int]] = {}
    for _, account, cost, refund in parts:
        before = sums.get(name_of[account], (0, 0))
        sums[name_of[account]] = before[0] + cost, before[1] + refund
    return sums
