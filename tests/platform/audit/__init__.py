"""Tests of platform.audit."""
