"""Tests af borgere."""
