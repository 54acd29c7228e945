"""Rammen."""
