"""Aktindsigt."""
