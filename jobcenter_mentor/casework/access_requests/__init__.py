"""Aktindsigt: a request for the papers of a case, answered in seven working days with one PDF and a letter."""
