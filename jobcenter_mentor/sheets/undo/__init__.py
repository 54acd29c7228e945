"""What an import wrote, and how it is undone (fortryd)."""
