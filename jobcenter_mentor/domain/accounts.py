"""Konti: the account of the municipal accounts that a mentor cost belongs to, by year and kind of reimbursement.

Only confirmed accounts stand here (practice of the ministry's accounting guide); where none is known the answer is
empty, and the claim says so. From the accounts of 2019 the third level follows the target group.
"""

from __future__ import annotations

from typing import NamedTuple

from jobcenter_mentor.domain.reimbursement import MENTOR_FRAME, NO_FRAME, NO_REIMBURSEMENT


class Account(NamedTuple):
    """Konto: kind of reimbursement, first and last accounting year, number and source."""

    kind: str
    first_year: int
    last_year: int
    number: str
    source: str


_GUIDE = "Budget- og konteringsvejledningen"
ACCOUNTS = (
    Account(NO_REIMBURSEMENT, 2014, 2015, "5.68.98.019", f"{_GUIDE}, spørgsmål og svar om mentorordningen"),
    Account(NO_FRAME, 2014, 2018, "5.58.82", f"{_GUIDE}, funktion 5.58.82"),
    Account("unemployment", 2016, 2018, "5.68.90.017", f"{_GUIDE}, funktion 5.68.90"),
    Account(NO_REIMBURSEMENT, 2016, 2018, "5.68.90.018", f"{_GUIDE}, spørgsmål og svar om mentorordningen"),
    Account("other_groups", 2016, 2018, "5.68.90.019", f"{_GUIDE}, funktion 5.68.90"),
    Account(NO_REIMBURSEMENT, 2019, 2100, "5.68.90", f"{_GUIDE}, funktion 5.68.90, tredje niveau efter målgruppe"),
    Account(NO_FRAME, 2020, 2021, "5.68.90.095", f"{_GUIDE} 2021"),
)
UNKNOWN = {MENTOR_FRAME: "Kontoen for mentorrammen 2014-2015 er ikke bekræftet. Følg kommunens egen kontoplan."}
"""What to say where the account of a kind is not known."""


def account_of(kind: str, year: int) -> str:
    """Return the number of the account; empty where nobody has confirmed one."""
    found = [one.number for one in ACCOUNTS if one.kind == kind and one.first_year <= year <= one.last_year]
    return found[0] if found else ""


def source_of(number: str) -> str:
    """Return where an account is described; empty for one that is not known."""
    return next((one.source for one in ACCOUNTS if one.number == number), "")
