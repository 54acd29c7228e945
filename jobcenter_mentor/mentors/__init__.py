"""Mentorer."""
