"""Dagens kommune: Sønderå in 2026, made by the services themselves, so that all in it is lawful on its day.

A small town under today's law: every number of § 6, local budgets, no right and duty, no frame. Only the town of 2014
is drawn after the national evaluation.
"""
