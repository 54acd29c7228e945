"""Courses out again (eksport), in the sheet they can be taken in from."""
