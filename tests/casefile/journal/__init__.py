"""Tests of casefile.journal."""
