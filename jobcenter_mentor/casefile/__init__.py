"""What a case is made of on paper: journal, letters, documents and deadlines."""
