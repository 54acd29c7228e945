"""The citizen's page and the list of citizens (borgere)."""
