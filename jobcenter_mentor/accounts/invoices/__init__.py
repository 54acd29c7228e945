"""Invoices (fakturaer): lines received, checked against what was delivered, approved by another and credited."""
