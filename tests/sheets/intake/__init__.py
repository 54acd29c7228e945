"""Tests of sheets.intake."""
