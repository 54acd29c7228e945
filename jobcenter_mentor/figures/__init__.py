"""Figures of the municipality: reports, data quality, budget and surveys."""
