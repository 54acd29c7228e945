"""Tests of screens.my_day."""
