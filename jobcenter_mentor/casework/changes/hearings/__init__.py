"""Partshøring: what the case rests on is written, sent to the citizen, and answered, or left out for a reason."""
