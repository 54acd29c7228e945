"""Ændringer."""
