"""Tests of accounts.claims."""
