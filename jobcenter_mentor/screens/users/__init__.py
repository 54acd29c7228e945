"""Log-in, the way home, users and API keys (brugere)."""
