"""Tests of the domain (fagkernen)."""
