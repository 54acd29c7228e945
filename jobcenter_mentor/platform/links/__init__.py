"""Links: signed addresses for one purpose, for people without a log-in; opened often, spent once."""
