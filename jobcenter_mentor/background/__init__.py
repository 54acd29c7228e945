"""Baggrundsjob: what takes too long for a page; ordered by a person, done by `jobs.py`, waiting in Mine opgaver."""
