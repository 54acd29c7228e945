"""Sammenlægning: a person who was registered twice becomes one citizen, in one transaction over every table.

It can't be undone, so it is shown first and confirmed after. The other's CPR number still finds the citizen.
"""
