"""My day (Min dag) and the list of deadlines."""
