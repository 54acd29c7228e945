"""Prøver af fagkernen."""
