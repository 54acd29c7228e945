"""Hændelseslog."""
