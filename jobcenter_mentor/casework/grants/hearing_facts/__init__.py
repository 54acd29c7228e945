"""The facts a hearing rests on (partshøring), and where each comes from (forvaltningsloven § 19)."""
