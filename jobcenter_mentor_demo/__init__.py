"""Demo: Sønderå, a municipality of nobody, drawn so that its tables match the national evaluation of 2015.

A door like the others, but it writes rows directly with SQLAlchemy: it seeds two years of history that no service
would accept today. What the law says in it is answered by the real law, never by the demo.
"""
