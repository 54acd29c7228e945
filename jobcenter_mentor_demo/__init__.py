"""The demo makes Sønderå, an invented municipality whose tables match the national evaluation of 2015.

It is an entry point like the others, but it writes rows directly with SQLAlchemy, because it seeds two years of history
that no service would accept today. The real law answers every question of law, never the demo.
"""
