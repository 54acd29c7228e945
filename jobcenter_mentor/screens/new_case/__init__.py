"""A new case (ny sag): the referral form, its assessment and the proposal on one page."""
