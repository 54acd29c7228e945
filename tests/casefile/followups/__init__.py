"""Tests of casefile.followups."""
