"""Absence and deputies (fravær og stedfortrædere): one's own, and the team's for its leader."""
