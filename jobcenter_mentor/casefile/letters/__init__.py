"""Letters (breve): decisions, refusals and mentor agreements as tagged PDF, stored byte for byte as they were sent.

Grants and agreements gather the values, this feature sets them in type and keeps them. Values are data only: what a
person typed is never read as template text. A letter never gives the reimbursement frame as a reason.
"""
