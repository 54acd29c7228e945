"""Follow-ups (opfølgning): what is due in a case, by which rule, and how it was done; a case is known by its ids only.

The acts of other features plan, settle and drop; caseworkers settle by hand. Lists, counts and export share one
statement. It must never decide anything in the case itself.
"""
