"""Tests of people.suppliers."""
