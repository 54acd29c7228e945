"""Tests of screens.law."""
