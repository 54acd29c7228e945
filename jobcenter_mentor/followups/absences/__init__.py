"""Fravær og stedfortrædere: the page where one writes one's own, and the team leader the team's."""
