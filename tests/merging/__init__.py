"""Tests af sammenlægning."""
