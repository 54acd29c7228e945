"""Tests of screens.new_case."""
