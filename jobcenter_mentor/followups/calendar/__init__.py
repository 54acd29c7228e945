"""Kalenderen: a user's deadlines for the calendar program, behind a secret address."""
