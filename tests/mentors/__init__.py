"""Tests af mentorregistret."""
