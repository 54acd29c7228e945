"""Tests of screens.course."""
