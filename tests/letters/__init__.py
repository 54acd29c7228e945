"""Tests af breve."""
