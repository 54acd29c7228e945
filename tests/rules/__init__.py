"""Prøver af loven som tal, eksemplerne og deres vagt over reglerne."""
