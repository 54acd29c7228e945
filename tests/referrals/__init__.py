"""Tests af henvisninger."""
