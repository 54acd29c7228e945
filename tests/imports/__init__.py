"""Prøver af indlæsning."""
