"""Rapportbyggeren: choose what is counted, how it is split, when and where; saved and shared in the team."""
