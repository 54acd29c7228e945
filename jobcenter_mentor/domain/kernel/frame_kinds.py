"""The kinds of reimbursement frames (rammer): their codes, Danish names and the years with an amount."""

from __future__ import annotations

MENTOR_FRAME = "mentor_2014"
UNEMPLOYMENT = "unemployment"
OTHER_GROUPS = "other_groups"
NO_FRAME = "none_unlimited"
NO_REIMBURSEMENT = "no_reimbursement"
FRAME_NAMES = {
    MENTOR_FRAME: "Mentorramme (refusion)",
    UNEMPLOYMENT: "Ramme for ledige",
    OTHER_GROUPS: "Ramme for øvrige grupper",
}
"""Frames with an amount; costs beyond it are the municipality's own. Other kinds have no frame."""
FIRST_YEAR = {MENTOR_FRAME: 2014, UNEMPLOYMENT: 2016, OTHER_GROUPS: 2016}
LAST_YEAR = {MENTOR_FRAME: 2015, UNEMPLOYMENT: 2019, OTHER_GROUPS: 2019}
"""The first and last accounting year of each frame."""
