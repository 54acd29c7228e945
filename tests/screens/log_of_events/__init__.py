"""Tests of screens.log_of_events."""
