"""Tests af leverandører."""
