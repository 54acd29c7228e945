"""The log (logbog): mentors log each contact, held or not, which proves the contact that the law requires.

Mentors use it on a phone, and caseworkers read it. It shows no CPR number, no address and no health facts, and a saved
text is never overwritten.
"""
