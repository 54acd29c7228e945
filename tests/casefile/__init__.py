"""Tests of casefile."""
