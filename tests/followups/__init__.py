"""Tests af opfølgning og Min dag."""
