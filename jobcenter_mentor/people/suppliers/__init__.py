"""Suppliers and companies (leverandører): who sells mentor hours, and at which price on which day."""
