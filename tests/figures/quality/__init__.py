"""Tests of figures.quality."""
