"""Tests of casework.frames."""
