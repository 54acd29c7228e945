"""Complaints about decisions (klager): received, reassessed within the weeks of the law, sent on, decided."""
