"""Tests of screens.citizen."""
