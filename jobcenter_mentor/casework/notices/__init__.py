"""Notices of delay (besked om ventetid): the letter a citizen is owed when a case takes longer than it may."""
