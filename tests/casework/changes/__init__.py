"""Tests of casework.changes."""
