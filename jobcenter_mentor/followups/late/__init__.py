"""Hos teamlederen: what is so late, or held by nobody, that the team leader must see it."""
