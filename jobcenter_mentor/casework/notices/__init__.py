"""Besked om ventetid: the letter a citizen is owed when a decision or a re-assessment takes longer than it may."""
