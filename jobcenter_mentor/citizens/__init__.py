"""Borgere."""
