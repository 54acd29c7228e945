"""Henvisninger."""
