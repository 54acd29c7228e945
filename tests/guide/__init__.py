"""Hjælp."""
