"""Tests of sheets.undo."""
