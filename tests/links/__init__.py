"""Tests: links."""
