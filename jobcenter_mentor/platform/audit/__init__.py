"""The event log (hændelsesloggen): who did or saw what, when, to whom."""
