"""Tests of domain.forecast."""
