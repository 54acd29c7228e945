"""Kladder: what somebody is writing in a form, kept for that person and that case until it is sent."""
