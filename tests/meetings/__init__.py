"""Tests af logbogen."""
