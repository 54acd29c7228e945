"""Oplysninger til partshøring: what a hearing rests on, and where each fact comes from (forvaltningsloven § 19)."""
