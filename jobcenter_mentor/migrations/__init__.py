"""Migreringer: the tables, step by step; numbered and named."""
