"""Tests of casework.matching."""
