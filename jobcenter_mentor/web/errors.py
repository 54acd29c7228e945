"""Fejlsider: the one place where an error becomes a page."""

from flask import Flask


def register(app: Flask) -> None:
    """Register the handlers."""
