"""A short guide for each role (hjælp), opened from the question mark on the page it is about."""
