"""Hovedopgaven i en rigtig browser, mod den kørende demo."""
