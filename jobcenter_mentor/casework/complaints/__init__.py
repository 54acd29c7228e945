"""Klager over afgørelser: received, looked at again within the weeks of the law, sent on, answered."""
