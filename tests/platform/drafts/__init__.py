"""Tests of platform.drafts."""
