"""Sagsstammer: how many cases each caseworker has, and moving them to another in one act."""
