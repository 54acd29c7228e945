"""Rammer."""
