"""Decisions in a running course (ændringer): other hours, extension, ending, and the letter about a new mentor.

One person proposes and another approves, as for the grant itself; a burdening change waits for the hearing.
"""
