"""Sum cost and refund of each month by the accounts of the municipality's books (refusion pr. konto).

Every course in the reader's reach counts and no account is joined with another, because a controller posts from it.
Small groups are hidden where persons are counted, never here, where no person and no group is named.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import pandas as pd

from jobcenter_mentor.accounts.claims.service import kind_words
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.refund_ways import Way, account_on
from jobcenter_mentor.figures.reports.month_counts import ReportMonth

COLUMNS = ["month", "account", "cost", "refund"]
UNKNOWN = "Konto ikke bekræftet"


class Counted(NamedTuple):
    """What is summed (grundlag): a course's month, the shown name of its target group and its refund in øre.

    The name is empty where the group is hidden.
    """

    row: ReportMonth
    group: str
    refund: int


def account_name(frame_kind: str, month: date, law: Law) -> str:
    """Return the name of the account (konto): number and frame, or that it is not confirmed for the month."""
    number = account_on(Way(frame_kind, None, ""), law.on(month))
    return f"{number or UNKNOWN} ({kind_words(frame_kind, month.year)})"


def by_account(counted: Iterable[Counted], law: Law) -> pd.DataFrame:
    """Sum cost and refund (udgift og refusion) by month and account."""
    names: dict[tuple[str, date], str] = {}
    sums: dict[tuple[date, str], tuple[int, int]] = {}
    for row, _, refund in counted:
        kind = (row.frame_kind, row.month)
        if kind not in names:
            names[kind] = account_name(*kind, law)
        cost, refunded = sums.get((row.month, names[kind]), (0, 0))
        sums[row.month, names[kind]] = (cost + row.cost, refunded + refund)
    summed = [
        {"month": month, "account": account, "cost": cost, "refund": refund}
        for (month, account), (cost, refund) in sorted(sums.items())
    ]
    return pd.DataFrame(summed, columns=COLUMNS)
