"""Tests of platform.pages."""
