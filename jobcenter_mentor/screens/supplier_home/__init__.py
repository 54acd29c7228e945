"""Suppliers with their contracts, and the suppliers' own home (leverandører)."""
