"""The commands (kommandoer): `jobcenter-mentor` and what its commands share."""
