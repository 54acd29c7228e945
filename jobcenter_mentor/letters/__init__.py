"""Breve."""
