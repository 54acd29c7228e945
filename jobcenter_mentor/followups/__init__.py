"""Opfølgning."""
