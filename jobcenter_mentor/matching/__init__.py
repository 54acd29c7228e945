"""Matchning."""
