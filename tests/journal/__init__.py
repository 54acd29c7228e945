"""Journalen."""
