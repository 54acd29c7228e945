"""Adgang."""
