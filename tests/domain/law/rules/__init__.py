"""Tests of domain.law.rules."""
