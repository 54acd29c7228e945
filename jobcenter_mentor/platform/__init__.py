"""What every feature stands on: database, event log, rights, law figures, pages, jobs and mail."""
