"""Invoices (fakturaer): lines taken in, checked against what was delivered, approved by another and credited."""
