"""The page of a course (forløb), with its proposal and decision."""
