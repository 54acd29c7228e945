"""Tests of screens.users."""
