"""What all pages share: the acting user and the day, form fields and Danish formats."""
