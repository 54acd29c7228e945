"""Gemte vurderinger."""
