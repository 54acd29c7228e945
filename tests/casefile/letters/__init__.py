"""Tests of casefile.letters."""
