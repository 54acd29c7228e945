"""Matching (matchning): mentors ranked for a course, chosen by a person, booked within their hours."""
