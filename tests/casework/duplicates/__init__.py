"""Tests of casework.duplicates."""
