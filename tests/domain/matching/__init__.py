"""Tests of domain.matching."""
