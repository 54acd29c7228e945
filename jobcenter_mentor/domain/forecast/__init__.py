"""What is likely to come (prognose): mentor hours weeks ahead, and the cost of the year."""
