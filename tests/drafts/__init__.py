"""Tests: drafts."""
