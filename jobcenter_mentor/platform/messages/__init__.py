"""Mail (post): handed to the municipality's own mail server."""
