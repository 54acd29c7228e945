"""Score how well a mentor fits a citizen (match), and find the best plan for a whole waiting list."""
