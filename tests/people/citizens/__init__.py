"""Tests of people.citizens."""
