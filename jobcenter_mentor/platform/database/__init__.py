"""The database: sessions and transactions, locks, and the guards that refuse unlawful changes."""
