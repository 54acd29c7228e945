"""A year's reimbursement frame (mentorramme), and what each grant has reserved in it.

The frame is the cost of a year that the state refunds its share of. Grants use this feature when they are approved,
changed and ended; so does the frame page. It knows amounts and grant ids, never citizens. `covered` must never pass the
frame's amount, whoever writes at the same time.
"""
