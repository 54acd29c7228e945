"""Tests of screens.guide."""
