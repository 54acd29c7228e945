"""Kapløb: what two and four people do at once."""
