"""Tests of accounts.invoices."""
