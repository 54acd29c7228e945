"""Tests of casework.grants."""
