"""Tests of platform.database."""
