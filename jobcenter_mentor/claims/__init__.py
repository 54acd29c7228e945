"""Rammens side."""
