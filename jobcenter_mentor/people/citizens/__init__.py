"""Citizens (borgere): master data, and the target group and visitation as they change over time.

The CPR number is encrypted and shown masked; a protected name and address are hidden from everybody who doesn't
need them. Caseworkers see their own team; a look outside it is refused and kept in the event log.
"""
