"""Export courses (eksport) in the sheet that they can be imported from."""
