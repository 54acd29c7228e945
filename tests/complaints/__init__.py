"""Klager."""
