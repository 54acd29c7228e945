"""Agreements with mentors (aftaler): written, accepted by the parties and followed by goals."""
