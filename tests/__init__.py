"""Prøverne."""
