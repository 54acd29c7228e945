"""Bevillinger."""
