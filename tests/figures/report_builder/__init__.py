"""Tests of figures.report_builder."""
