"""Merging of duplicates (sammenlægning): a person registered twice becomes one citizen, in one transaction.

It can't be undone, so it is shown first and confirmed after. The other's CPR number still finds the citizen.
"""
