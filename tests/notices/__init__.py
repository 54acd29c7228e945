"""Besked om ventetid."""
