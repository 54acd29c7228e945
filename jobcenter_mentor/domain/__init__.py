"""The rules of the trade in plain Python (fagkernen).

Facts go in, and an assessment with its reasons comes out. Nothing here knows a database, a page or a file; days, people
and the law are parameters. Caseworkers see it on the assessment of a referral, lawyers in `rules/cases/`. It proposes
and explains; it never grants, and it never fills in a fact that nobody has given.
"""
