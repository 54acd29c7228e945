"""Logbog: mentors log each contact, held or not; the log proves the contact the law asks for.

Used by mentors on a phone and by caseworkers. It shows no CPR number, no address and no health facts, and a saved
text is never overwritten.
"""
