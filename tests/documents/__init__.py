"""Tests af dokumenter."""
