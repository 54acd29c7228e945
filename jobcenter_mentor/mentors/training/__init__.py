"""Supervision og kurser: the pages."""
