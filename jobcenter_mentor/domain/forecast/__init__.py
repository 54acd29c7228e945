"""Forecast mentor hours some weeks ahead, and the cost of the year (prognose)."""
