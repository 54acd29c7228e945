"""Stored assessments (vurderinger): shown as they were, repeated under the law of then, and tried with other facts."""
