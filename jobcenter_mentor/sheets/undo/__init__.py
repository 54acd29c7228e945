"""What an import wrote, and how it is taken back (fortryd)."""
