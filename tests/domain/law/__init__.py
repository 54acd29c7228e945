"""Tests of domain.law."""
