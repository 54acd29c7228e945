"""Rammen: the cost of a year that the state refunds its share of, and what each grant has reserved in it.

Used by grants when they are approved, changed and ended, and by the frame page. Knows amounts and grant ids, never
citizens. Must never let `covered` pass the frame's amount, whoever writes at the same time.
"""
