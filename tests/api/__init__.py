"""Tests af API'et."""
