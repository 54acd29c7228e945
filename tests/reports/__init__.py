"""Rapporter."""
