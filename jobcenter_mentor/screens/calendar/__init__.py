"""A user's deadlines for the calendar program (kalender), behind a secret address."""
