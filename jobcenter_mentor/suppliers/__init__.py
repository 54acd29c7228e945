"""Leverandører."""
