"""Tests of figures.surveys."""
