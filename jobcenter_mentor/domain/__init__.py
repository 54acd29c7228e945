"""Fagkernen: the trade in plain Python.

Facts go in, an assessment with its reasons comes out. Nothing here knows a database, a page or a file; days, people and
the law are handed in. Caseworkers meet it on the assessment of a referral, lawyers in `rules/cases/`. It proposes and
explains; it never grants, and it never fills in a fact that nobody has given.
"""
