"""Gemte vurderinger: opened as they were, asked again of the law as it was known then, and tried with other facts."""
