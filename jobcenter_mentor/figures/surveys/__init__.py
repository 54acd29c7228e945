"""Spørgeskemaer: what citizens and mentors think of the support, asked three times and told of groups only."""
