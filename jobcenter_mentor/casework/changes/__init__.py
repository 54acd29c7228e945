"""Ændringer: decisions in a running course - other hours, extension, ending - and the letter about a new mentor.

Each is proposed by one and approved by another, as the grant itself; a burdening one waits for the hearing.
"""
