"""Background jobs (opgaver): ordered by a person or the clock, done by a worker, their progress shown."""
