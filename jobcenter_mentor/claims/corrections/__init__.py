"""Rettelser: a released line lowered by the municipality itself, on a page of its own under /refusion."""
