"""Referrals (henvisninger): what the caseworker asks for on a citizen's behalf; each opens a case with its own number.

A referral holds the facts the law is asked about. It decides nothing: the assessment and the decision come after it.
"""
