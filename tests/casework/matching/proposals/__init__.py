"""Tests of casework.matching.proposals."""
