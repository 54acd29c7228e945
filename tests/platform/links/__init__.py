"""Tests of platform.links."""
