"""Tests of casework.notices."""
