"""Tests af match og kapacitet."""
