"""Indlæsning."""
