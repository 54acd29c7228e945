"""Tests af mentoraftaler."""
