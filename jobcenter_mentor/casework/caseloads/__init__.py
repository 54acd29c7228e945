"""Caseloads (sagsstammer): how many cases each caseworker has, and moving them to another caseworker at once."""
