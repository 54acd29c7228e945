"""Tests of platform.jobs."""
