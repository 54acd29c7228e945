"""Tests of figures.reports."""
