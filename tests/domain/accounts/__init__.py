"""Tests of domain.accounts."""
