"""Møder."""
