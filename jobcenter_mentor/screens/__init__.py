"""Pages that show several features at once, and the frame around every page."""
