"""Tests of platform.access."""
