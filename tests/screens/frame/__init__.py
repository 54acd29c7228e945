"""Tests of screens.frame."""
