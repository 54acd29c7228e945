"""Access to files (aktindsigt): a request for the papers of a case, answered within seven working days."""
