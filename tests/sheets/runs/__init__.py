"""Tests of sheets.runs."""
