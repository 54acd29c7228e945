"""How well a mentor fits a citizen, and the best plan for a whole waiting list (match)."""
