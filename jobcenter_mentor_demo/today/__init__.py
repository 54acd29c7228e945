"""Make Sønderå in 2026 by the services themselves, so that everything is lawful on its day.

It is a small town under today's law: every number of § 6, local budgets, no right and duty, no frame. Only the town of
2014 matches the national evaluation.
"""
