"""Tests of casework.meetings."""
