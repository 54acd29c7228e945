"""Surveys (spørgeskemaer) of what citizens and mentors think of the support, asked three times.

Results are shown of groups only.
"""
