"""Tests of figures.budget."""
