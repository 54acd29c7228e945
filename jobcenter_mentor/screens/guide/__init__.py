"""Hjælp: a short guide for each role, opened from the question mark on the page it is about."""
