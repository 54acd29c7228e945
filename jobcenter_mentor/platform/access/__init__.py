"""Users, their dated roles and what they may do (adgang)."""
